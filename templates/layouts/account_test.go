package layouts_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
)

func accountPage(t *testing.T, s layouts.Shell, here string) string {
	t.Helper()
	var b strings.Builder
	ctx := layouts.WithShell(locale.With(t.Context(), locale.For(s.Lang)), s)
	if err := layouts.Account(layouts.Head{Title: "T"}, here).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAccountNamesItsPlaces(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		s := layouts.Shell{Lang: lang, Prefix: "/" + string(lang), Path: "/account/parcels", Signed: "mina@example.com"}
		doc := read(t, accountPage(t, s, layouts.Parcels))
		var leads []string
		for _, a := range doc.Find(".section a").EachIter() {
			leads = append(leads, a.AttrOr("href", ""))
			if words(a) == "" {
				t.Errorf("%s: a place without a name", lang)
			}
		}
		prefix := "/" + string(lang)
		if got, want := strings.Join(leads, " "), prefix+"/account "+prefix+"/account/parcels "+prefix+"/account/people "+prefix+"/account/security"; got != want {
			t.Errorf("%s: leads to %s, want %s", lang, got, want)
		}
		if doc.Find(`.section form[method="post"][action="`+prefix+`/logout"] button`).Length() != 1 {
			t.Errorf("%s: no way out", lang)
		}
		if doc.Find(`meta[name="robots"][content="noindex"]`).Length() != 1 {
			t.Errorf("%s: search engines may keep the page", lang)
		}
		if got := words(doc.Find("main .signed b")); got != "mina@example.com" {
			t.Errorf("%s: signed in as %q", lang, got)
		}
	}
}

func TestAccountMarksWhereOneIs(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ path, here, want string }{
		{"/account", layouts.Dashboard, "page"}, {"/account/security", layouts.Security, "page"},
		{"/account/security/email", layouts.Security, "true"}, {"/account/people", layouts.People, "page"}, {"/account/people/3", layouts.People, "true"}, {"/account/parcels/EC7K3M9QTR2XW5", layouts.Parcels, "true"},
	} {
		doc := read(t, accountPage(t, layouts.Shell{Lang: locale.English, Path: tc.path}, tc.here))
		marked := doc.Find(".section [aria-current]")
		if marked.Length() != 1 || marked.AttrOr("aria-current", "") != tc.want || !strings.HasPrefix(tc.path, marked.AttrOr("href", "?")) {
			t.Errorf("%s: %d marked, %q as %q", tc.path, marked.Length(), marked.AttrOr("href", ""), marked.AttrOr("aria-current", ""))
		}
	}
}

// What stands around main is compressed once for everybody: nothing of a person
// may stand there.
func TestNothingPersonalStandsAroundMain(t *testing.T) {
	t.Parallel()
	html := accountPage(t, layouts.Shell{Lang: locale.English, Path: "/account", Signed: "mina@example.com"}, layouts.Dashboard)
	before, rest, _ := strings.Cut(html, "<main")
	_, after, _ := strings.Cut(rest, "</main>")
	if strings.Contains(before+after, "mina") {
		t.Error("the address stands outside of main")
	}
	if bare := accountPage(t, layouts.Shell{Lang: locale.English, Path: "/account"}, layouts.Dashboard); strings.Contains(bare, "signed") {
		t.Error("somebody is said to be signed in")
	}
}
