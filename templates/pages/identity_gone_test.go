package pages_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// TestWhatIsGoneIsNotPromised: of data that nobody can read any more, no page says
// that the carrier has them or when they will be erased.
func TestWhatIsGoneIsNotPromised(t *testing.T) {
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for state, here := range map[string]bool{"review": true, "accepted": true, "refused": true, "withdrawn": false, "expired": false, "erased": false} {
			text := gallery(t, "id-status-"+state, lang).Find(".facts").Text()
			for _, key := range []string{"id.keep.until", "id.receipt.short"} {
				if got := strings.Contains(text, l.T(key)); got != here {
					t.Errorf("%s, %s: %q is told: %t, want %t", lang, state, l.T(key), got, here)
				}
			}
		}
	}
}

// TestStartLeadsToTheForm: whoever starts anew is not shown first what became of
// what was given.
func TestStartLeadsToTheForm(t *testing.T) {
	for state, want := range map[customs.State]string{
		"": "/id", customs.Draft: "/id", customs.Refused: "/id/document",
		customs.Withdrawn: "/id/person", customs.Expired: "/id/person", customs.Erased: "/id/person",
	} {
		page := pages.Needs(pages.NeedsPage{
			Parcel: pages.IdentityParcel{Waybill: "EC7K3M9QTR2XW5", Country: "CN"}, Identity: pages.Identity{State: state, Reason: "unreadable", Fix: "/id/document"},
		})
		href := read(t, golden.Render(t, page, locale.English)).Find(".needed a.btn").AttrOr("href", "")
		if !strings.HasSuffix(href, "/parcels/EC7K3M9QTR2XW5"+want) {
			t.Errorf("%s: the button leads to %s, want %s", state, href, want)
		}
	}
}

// TestOnlyWhatIsAskedIsToldToType: a step that asks a part again does not tell to
// fill in the rest.
func TestOnlyWhatIsAskedIsToldToType(t *testing.T) {
	for _, lang := range locale.Languages() {
		for name, whole := range map[string]bool{"document-cn": true, "document-cn-again": false, "person-cn": true, "person-cn-again": false} {
			page := gallery(t, "id-"+name, lang)
			if told := page.Find("main .lead").Length() == 1; told != whole {
				t.Errorf("%s, %s: the lead is there: %t, want %t", lang, name, told, whole)
			}
			if whole == (page.Find("main .needed").Length() == 1) {
				t.Errorf("%s, %s: a refusal is told where nothing was refused, or not where it was", lang, name)
			}
		}
	}
}

// TestNoHeadingStandsAlone: who has a case writes notes beside the decision, and
// reads of notes only where there are some.
func TestNoHeadingStandsAlone(t *testing.T) {
	for _, name := range []string{"staff-id", "staff-id-taken", "staff-id-open", "staff-id-done"} {
		gallery(t, name, locale.English).Find("main section.again").Each(func(_ int, section *goquery.Selection) {
			if section.Children().Length() < 2 {
				t.Errorf("%s: nothing stands below %q", name, section.Text())
			}
		})
	}
}
