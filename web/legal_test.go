package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/account"
	"ecms/portal/internal/claim"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

func TestEveryVersionOfEveryLegalText(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for _, lang := range locale.Languages() {
		l, b := locale.For(lang), s.Visitor(t)
		for _, n := range legal.Names() {
			newest := b.Get("/" + string(lang) + "/legal/" + string(n)).Want(200)
			for i, v := range legal.Versions(n) {
				name := fmt.Sprintf("%s %s %s", lang, n, v)
				page := b.Get("/" + string(lang) + "/legal/" + string(n) + "/" + v).Want(200)
				text := told(page.Find("main"))
				if strings.ContainsAny(text, "{}") {
					t.Errorf("%s: a figure is missing: %s", name, text)
				}
				if got := told(page.Find(".draft .stamp")); got != l.T("legal.draft") {
					t.Errorf("%s: marked %q", name, got)
				}
				if got := told(page.Find(".tree [aria-current]")); !strings.HasPrefix(got, l.Day(v)) {
					t.Errorf("%s: the list marks %q", name, got)
				}
				if current := !strings.Contains(text, l.T("legal.old.text")); current != (i == 0) {
					t.Errorf("%s: said to be in force: %v", name, current)
				}
				if i == 0 && told(newest.Find(".prose").Last()) != told(page.Find(".prose").Last()) {
					t.Errorf("%s: without a version another text is shown", name)
				}
				if changed := page.Find("ins, del").Length() > 0; changed != (legal.Before(n, v) != "") {
					t.Errorf("%s: changes shown: %v", name, changed)
				}
			}
		}
	}
}

func TestWhatChangedIsShown(t *testing.T) {
	t.Parallel()
	page := webtest.Start(t).Visitor(t).Get("/en/legal/cookies/2026-11-22").Want(200)
	var added []string
	page.Find("ins").Each(func(_ int, e *goquery.Selection) { added = append(added, told(e)) })
	for _, name := range []string{"__Host-session", "__Host-letter", "__Host-flash"} {
		if !slices.ContainsFunc(added, func(line string) bool { return strings.HasPrefix(line, name) }) {
			t.Errorf("%s is not among what is new: %q", name, added)
		}
	}
	if got := told(page.Find("del")); !strings.HasPrefix(got, "If you refuse them") || page.Find("del").Length() != 1 {
		t.Errorf("removed: %q, want the sentence that was written anew", got)
	}
}

func TestLegalAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	for _, path := range []string{"/legal", "/legal/imprint", "/legal/accessibility", "/legal/terms/2020-01-01", "/legal/terms/..", "/legal/terms/2026-11-22/en", "/legal/Terms"} {
		b.Get("/en" + path).Want(404)
	}
	if page := b.Get("/ko/privacy").Want(200); told(page.Find("h1")) != "개인정보 처리방침" {
		t.Errorf("/ko/privacy leads to %q", told(page.Find("h1")))
	}
}

// TestLegalFiguresAreTheRules reads figures off the pages and holds them against
// the rules that they speak of.
func TestLegalFiguresAreTheRules(t *testing.T) {
	t.Parallel()
	b, limits := webtest.Start(t).Visitor(t), shipment.ParcelLimits()
	spans, parcels := account.Kept(), shipment.Kept()
	forms := customs.Rules()[0].Retention
	for path, sentences := range map[string][]string{
		"/en/legal/terms": {
			fmt.Sprintf("at most %s lb, or %s kg", limits.WeightLb, limits.WeightKg), fmt.Sprintf("longer than %s in, or %s cm", limits.SideIn, limits.SideCm),
			fmt.Sprintf("in writing within %d days", claim.Window), fmt.Sprintf("be paid within %d days", shipment.DutyDays),
			fmt.Sprintf("to %d destinations: %s", len(shipment.Destinations()), locale.For(locale.English).InCountry("CN")),
		},
		"/zh-Hans/legal/terms": {"每件包裹不超过 44 磅", "不超过 20 公斤", "不超过 59 英寸", "不超过 150 厘米", "索赔须在 30 天内", "以下 9 个目的地"},
		"/ko/legal/terms":      {"44파운드까지", "20kg까지", "59인치까지", "150cm까지", "청구는 30일 안에", "통지일로부터 30일"},
		"/en/legal/privacy": {
			fmt.Sprintf("at most %.0f hours", parcels.GrantLife.Hours()), fmt.Sprintf("at most %.0f days, or %.0f hours without use", spans.SessionLife.Hours()/24, spans.SessionIdle.Hours()),
			fmt.Sprintf("The sign-in list: %.0f days", spans.Events.Hours()/24), fmt.Sprintf("Mails about your account, and their links: %.0f days", spans.Letters.Hours()/24),
			fmt.Sprintf("not sent: %.0f hours", forms.Draft.Hours()), fmt.Sprintf("until %d days after customs", forms.Released),
			fmt.Sprintf("until %d days have passed", forms.Unused), fmt.Sprintf("looks at an identity: %d days", forms.Looks),
			fmt.Sprintf("whether they went out: %d days", forms.Looks), fmt.Sprintf("when it was opened: %.0f days", customs.LinkKept().Hours()/24),
			fmt.Sprintf("proved your e-mail address: %.0f minutes", spans.Recalled.Minutes()),
			fmt.Sprintf("which is %.0f minutes", spans.Tries.Minutes()), fmt.Sprintf("about a parcel: %.0f hours", parcels.Tries.Hours()),
		},
	} {
		text := told(b.Get(path).Want(200).Find("main"))
		for _, want := range sentences {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
}

// TestCookiePageListsTheCookies compares the list with the names in the sources.
func TestCookiePageListsTheCookies(t *testing.T) {
	t.Parallel()
	declared := regexp.MustCompile(`cookie[A-Za-z]+ += "([^"]+)"`)
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declared.FindAllStringSubmatch(string(text), -1) {
			set[m[1]] = true
		}
	}
	if len(set) < 7 {
		t.Fatalf("only %d cookies found in the sources", len(set))
	}
	for _, lang := range locale.Languages() {
		d, err := legal.Find(legal.Cookies, "", lang)
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, block := range d.Blocks {
			for _, item := range block.Items {
				if block.Kind == prose.Bullets && item[0].Strong {
					listed[item[0].Text] = true
				}
			}
		}
		for name := range set {
			if !listed[name] {
				t.Errorf("%s: %s is set and not listed", lang, name)
			}
		}
		for name := range listed {
			if !set[name] {
				t.Errorf("%s: %s is listed and never set", lang, name)
			}
		}
	}
}

func TestAccessibilityStatement(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for _, lang := range locale.Languages() {
		page := s.Visitor(t).Get("/" + string(lang) + "/accessibility").Want(200)
		if text := told(page.Find("main")); !strings.Contains(text, "2.2") || strings.ContainsAny(text, "{}") {
			t.Errorf("%s: no version of the guidelines, or a figure is missing", lang)
		}
		if page.Find(`main a[href="/`+string(lang)+`/contact"]`).Length() == 0 {
			t.Errorf("%s: no way to report a barrier", lang)
		}
	}
}
