package pages_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

func staffState(t *testing.T, name string) string {
	t.Helper()
	page, ok := pages.GalleryPage(golden.Context(locale.English), "page-staff-"+name)
	if !ok {
		t.Fatalf("no sample %q", name)
	}
	return golden.Render(t, page, locale.English)
}

// TestSearchHitsAreMasked shows of people what a list may show, and all on the
// parcel's own page.
func TestSearchHitsAreMasked(t *testing.T) {
	list, whole := staffState(t, "search-found"), staffState(t, "parcel")
	private := []string{"王小明", "Wang Xiaoming", "+86 138 0013 8000", "xiaoming@example.com", "文三路 90 号", "310012", "Golden State Vitamins LLC"}
	for _, p := range append(private, "홍길동", "1234-5678") {
		if strings.Contains(list, p) {
			t.Errorf("the list shows %q", p)
		}
	}
	wants(t, list, "王***", "G***", "+86 138 **** 8000", "홍*** +82 10-1234-****")
	wants(t, whole, private...)
}

// TestStaffPageOfAParcelHasEverything that the record, the events and the books hold.
func TestStaffPageOfAParcelHasEverything(t *testing.T) {
	html := staffState(t, "parcel")
	wants(t, html, "A-2026-118820", "4.4 lb", "12 × 9 × 4 in", "2.02 kg", "standard", "9–12 March 2026", "Los Angeles · United States",
		"K7", "Source sf · event e77 · revision 1 · read as unknown code", "杭州市西湖区文三路 · China · not shown to strangers",
		"SF1390024817745", "/en/staff/parcels/EC00010001000E", "Ana Ruiz · ana@ecms.example.com", "desk@ecms.example.com",
		"All details open", "Status and places open", "1 wrong answer in the last 24 hours", "6 March 2026, 20:14 UTC")
	if n := strings.Count(html, `class="what"`); n != 21 {
		t.Errorf("%d events, want 21", n)
	}
}

// TestFeedTextsStayTexts on the pages of the staff.
func TestFeedTextsStayTexts(t *testing.T) {
	wants(t, staffState(t, "parcel"), "&lt;script&gt;alert(1)&lt;/script&gt;")
	wants(t, staffState(t, "codes"), "&lt;b&gt;")
	for _, name := range []string{"parcel", "codes", "import", "search-found"} {
		if html := staffState(t, name); strings.Contains(html, "<script>") || strings.Contains(html, "<b>&") {
			t.Errorf("%s: markup of the feed is markup", name)
		}
	}
}

// TestCodeLineIsOneLineOfTheTable, and never a formula.
func TestCodeLineIsOneLineOfTheTable(t *testing.T) {
	for _, c := range []struct{ source, code, want string }{
		{"SF", " k7 ", "sf,K7,SUBTAG,,"},
		{"", "K7", ",K7,SUBTAG,,"},
		{"cjl", `a "b", c`, `cjl,"A ""B"", C",SUBTAG,,`},
		{"=1+1", "K7", ""},
		{"sf", "=HYPERLINK(1)", ""},
		{"sf", "+1", ""},
		{"sf", "-1", ""},
		{"sf", "@SUM(1)", ""},
		{"#sf", "K7", ""},
	} {
		html := golden.Render(t, pages.StaffCodes(shipment.Figures{Codes: []shipment.UnknownCode{{Source: c.source, Code: c.code, Count: 1, Sample: "W1234"}}}), locale.English)
		_, line, shown := strings.Cut(html, `</p><p class="code" translate="no">`)
		line, _, _ = strings.Cut(line, "<")
		if line = strings.ReplaceAll(line, "&#34;", `"`); line != c.want || shown != (c.want != "") {
			t.Errorf("%q %q: %q, want %q", c.source, c.code, line, c.want)
		}
	}
}

// TestStaffLineMarksWhereOneIs and differs from the line of an account.
func TestStaffLineMarksWhereOneIs(t *testing.T) {
	for name, here := range map[string]string{"overview": "/en/staff", "search": "/en/staff/parcels", "codes": "/en/staff/codes", "imports": "/en/staff/imports"} {
		html := staffState(t, name)
		wants(t, html, `<div class="section desk">`, `action="/en/logout"`, `<a href="`+here+`" aria-current="`, `<meta name="robots" content="noindex">`)
		if strings.Count(html, "aria-current=\"true\"") > 2 { // this and the language
			t.Errorf("%s: several places at once", name)
		}
	}
}
