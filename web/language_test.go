package web_test

import (
	"net/http"
	"strings"
	"testing"

	"ecms/portal/internal/config"
	"ecms/portal/web/webtest"
)

func TestLanguageOfAPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	tests := []struct{ path, cookie, accept, want string }{
		{"/", "", "", "en"},
		{"/", "", "ko-KR,ko;q=0.9,en;q=0.5", "ko"},
		{"/", "", "fr, zh-HK;q=0.8", "zh-Hant"},
		{"/", "", "zh-CN", "zh-Hans"},
		{"/", "zh-Hans", "ko", "zh-Hans"},
		{"/", "xx", "ko", "ko"},
		{"/zh-Hant", "ko", "en", "zh-Hant"},
		{"/zh-Hant/", "", "", "zh-Hant"},
		{"/en/track/NOBODY-1234", "ko", "ko", "en"},
		{"/ko/nowhere", "", "", "ko"},
		{"/", "", strings.Repeat("zz,", 300) + "ko", "en"},
	}
	for _, tc := range tests {
		headers := []string{"Accept-Language", tc.accept}
		if tc.cookie != "" {
			headers = append(headers, "Cookie", "__Host-lang="+tc.cookie)
		}
		page := s.Visitor(t).Get(tc.path, headers...)
		if got := page.Find("html").AttrOr("lang", ""); got != tc.want {
			t.Errorf("%s with cookie %q and %q: %q, want %q", tc.path, tc.cookie, tc.accept, got, tc.want)
		}
	}
}

func TestLanguageIsRemembered(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	page := b.Get("/").Follow(`.languages a[lang="ko"]`).Want(200)
	set := page.Header.Get("Set-Cookie")
	for _, part := range []string{"__Host-lang=ko", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"} {
		if !strings.Contains(set, part) {
			t.Errorf("Set-Cookie %q lacks %q", set, part)
		}
	}
	if got := b.Get("/").Find("html").AttrOr("lang", ""); got != "ko" {
		t.Errorf("without a prefix: %q", got)
	}
	if again := b.Get("/ko").Header.Get("Set-Cookie"); again != "" {
		t.Errorf("set once more: %q", again)
	}
	if plain := b.Get("/").Header.Get("Set-Cookie"); plain != "" {
		t.Errorf("a page without prefix sets %q", plain)
	}
}

func TestPrefixBelongsToPages(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for _, path := range []string{"/ko/healthz", "/ko/static/app.css", "/ko/robots.txt", "/ko/ko/", "/KO/", "/zh/", "/ko//track", "/kox/"} {
		b.Get(path).Want(404)
	}
	b.Send(http.MethodPost, "/ko/ops/shipments", nil).Want(404)
}

func TestPseudoLanguageIsForDevelopment(t *testing.T) {
	t.Parallel()
	if got := webtest.Start(t).Visitor(t).Get("/en-x-pseudo/").Want(200).Header.Get("Set-Cookie"); got != "" {
		t.Errorf("the pseudo language is remembered: %q", got)
	}
	production := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.Embedded = false })).Visitor(t)
	production.Get("/en-x-pseudo/").Want(404)
	production.Get("/dev/gallery").Want(404)
	production.Get("/dev/gallery/timeline").Want(404)
}
