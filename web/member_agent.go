package web

import "strings"

// browsers and systems are told by the first of their marks in a User-Agent, in
// this order: most of them also pretend to be another that comes later.
var (
	browsers = [...]struct{ mark, name string }{
		{"MicroMessenger/", "WeChat"}, {"KAKAOTALK", "KakaoTalk"}, {"NAVER(", "NAVER"}, {"Line/", "LINE"}, {"QQBrowser/", "QQ"},
		{"SamsungBrowser/", "Samsung Internet"}, {"Whale/", "Whale"}, {"Edg", "Edge"}, {"OPR/", "Opera"},
		{"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systems = [...]struct{ mark, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"OpenHarmony", "HarmonyOS"}, {"Android", "Android"}, {"Windows", "Windows"},
		{"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"},
	}
)

// agentOf is a browser as its owner would name it, "Firefox · Windows"; empty when
// nothing is known of it. Nothing else of what the browser says is kept.
func agentOf(userAgent string) string {
	var parts []string
	for _, b := range browsers {
		if strings.Contains(userAgent, b.mark) {
			parts = append(parts, b.name)
			break
		}
	}
	for _, s := range systems {
		if strings.Contains(userAgent, s.mark) {
			parts = append(parts, s.name)
			break
		}
	}
	return strings.Join(parts, " · ")
}
