package layouts_test

import (
	"context"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
)

func page(t *testing.T, s layouts.Shell, h layouts.Head) string {
	t.Helper()
	var b strings.Builder
	ctx := layouts.WithShell(locale.With(context.Background(), locale.For(s.Lang)), s)
	if err := layouts.Page(h).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wants(t *testing.T, html string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(html, w) {
			t.Errorf("want %q in\n%s", w, html)
		}
	}
}

func TestLanguagesLeadToTheSamePage(t *testing.T) {
	html := page(t, layouts.Shell{Lang: locale.Korean, Prefix: "/ko", Path: "/track/EC7K3M9QTR2XW5"}, layouts.Head{})
	wants(t, html, `<html lang="ko">`)
	for _, l := range locale.Languages() {
		code := string(l)
		wants(t, html, `<a href="/`+code+`/track/EC7K3M9QTR2XW5" lang="`+code+`" hreflang="`+code+`"`, l.Name()+"</a>")
	}
	if n := strings.Count(html, `aria-current="true"`); n != 1 {
		t.Errorf("%d languages are marked as the present one, want 1", n)
	}
}

func TestAddressesKeepTheLanguage(t *testing.T) {
	html := page(t, layouts.Shell{Lang: locale.SimplifiedChinese, Prefix: "/zh-Hans", Path: "/"}, layouts.Head{})
	wants(t, html, `href="/zh-Hans/"`, `action="/zh-Hans/clock"`, `name="next" value="/zh-Hans/"`, `aria-current="page"`)
	plain := page(t, layouts.Shell{Lang: locale.English, Path: "/track"}, layouts.Head{})
	wants(t, plain, `href="/"`, `action="/clock"`, `name="next" value="/track"`)
}

func TestChosenClockIsMarked(t *testing.T) {
	shell := layouts.Shell{Lang: locale.English, Path: "/"}
	if html := page(t, shell, layouts.Head{}); strings.Contains(html, " selected") {
		t.Error("a clock is marked though none was chosen")
	}
	shell.Zone = "Asia/Seoul"
	html := page(t, shell, layouts.Head{})
	wants(t, html, `<option value="Asia/Seoul" selected>Seoul</option>`)
	if n := strings.Count(html, `value="Asia/Seoul"`); n != 1 {
		t.Errorf("Seoul stands %d times, want once", n)
	}
	shell.Zone = "America/Port_of_Spain"
	wants(t, page(t, shell, layouts.Head{}), `<option value="America/Port_of_Spain" selected>Port of Spain</option>`)
	shell.Zone = `"><script>`
	if html = page(t, shell, layouts.Head{}); strings.Contains(html, "<script>") {
		t.Error("a zone's name came through as markup")
	}
}

func TestHeadSaysWhatThePageIs(t *testing.T) {
	html := page(t, layouts.Shell{Lang: locale.English, Path: "/"}, layouts.Head{Title: "A <b>", Hidden: true, Failed: true})
	wants(t, html, "<title>Error: A &lt;b&gt; – ECMS Express</title>", `<meta name="robots" content="noindex">`, `href="#main"`, `id="main"`)
	bare := page(t, layouts.Shell{Lang: locale.English, Path: "/"}, layouts.Head{})
	wants(t, bare, "<title>ECMS Express</title>")
	if strings.Contains(bare, "noindex") {
		t.Error("a public page is kept out of search engines")
	}
}

func TestFlashIsAnnounced(t *testing.T) {
	html := page(t, layouts.Shell{Lang: locale.English, Path: "/", Flash: "Done <now>"}, layouts.Head{})
	wants(t, html, `<p class="flash" role="status">Done &lt;now&gt;</p>`)
}

func TestPageWithoutAShellIsEnglish(t *testing.T) {
	if got := layouts.From(context.Background()); got.Lang != locale.English || got.Path != "/" {
		t.Errorf("got %+v", got)
	}
}
