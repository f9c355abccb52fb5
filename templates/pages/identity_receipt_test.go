package pages_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/paper"
	"ecms/portal/templates/pages"
)

func receipt() pages.ReceiptPage {
	at := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	return pages.ReceiptPage{
		Parcel:   pages.IdentityParcel{Waybill: "EC7K3M9QTR2XW5", Country: "CN", Consignee: "李*"},
		Identity: pages.Identity{State: customs.Accepted, Reference: "ID-7Q2M-XK4", SubmittedAt: at, DecidedAt: at.Add(30 * time.Hour), Zone: time.FixedZone("", 8*3600)},
		Given: pages.Given{
			Name: "李*", Nationality: "CN", Phone: "+86 138 **** 8000", Doc: customs.CNID, Number: "110***********624X", ValidTo: "2031-08-04",
		},
		Pictures: 2,
		Consents: []pages.GivenConsent{
			{Kind: "customs", Version: pages.ConsentVersion, At: at}, {Kind: "transfer", Version: pages.ConsentVersion, At: at},
			{Kind: "keep", Version: pages.ConsentVersion, At: at, WithdrawnAt: at.Add(time.Hour)},
		},
	}
}

// TestReceiptPaper says on paper what the page says, and becomes a file in each
// language. With PICTURES a folder keeps them.
func TestReceiptPaper(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		sheet := receipt().Paper(l)
		said := textOf(sheet)
		for _, want := range []string{
			"EC 7K3M 9QTR 2XW5", "ID-7Q2M-XK4", "李*", "110***********624X", "138 **** 8000", l.T("id.receipt.title"), l.T("id.state.accepted"),
			l.T("id.consent.keep", "country", l.Country("CN")), l.N("id.receipt.pictures", 2), l.T("id.receipt.masked"), l.T("id.basis.cn"),
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: %q is not on it:\n%s", lang, want, said)
			}
		}
		for _, line := range strings.Split(said, "\n") {
			if strings.HasPrefix(line, "id.") || strings.Contains(line, "{") {
				t.Errorf("%s: a text is missing: %s", lang, line)
			}
		}
		pdf, err := sheet.PDF()
		if err != nil || len(pdf) < 10_000 || len(pdf) > 200_000 {
			t.Fatal(lang, len(pdf), err)
		}
		if dir := os.Getenv("PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, string(lang)+".pdf"), pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// textOf is all that a sheet says, a line each.
func textOf(s paper.Sheet) string {
	lines := append([]string{s.From, s.Title, s.Stamp, s.Foot}, s.Notes...)
	for _, section := range s.Sections {
		lines = append(lines, section.Title)
		for _, f := range section.Facts {
			lines = append(append(lines, f.Name), f.Values...)
		}
	}
	return strings.Join(lines, "\n")
}

// TestReceiptPaperOfWhatIsErased has no person and no consent to tell of.
func TestReceiptPaperOfWhatIsErased(t *testing.T) {
	t.Parallel()
	r := receipt()
	r.Given, r.Consents, r.Pictures, r.Identity.State = pages.Given{Doc: customs.CNID}, nil, 0, customs.Erased
	sheet := r.Paper(locale.For(locale.Korean))
	if said := textOf(sheet); strings.Contains(said, "李") || strings.Contains(said, "110*") || len(sheet.Sections) != 1 {
		t.Errorf("it says:\n%s", said)
	}
	if pdf, err := sheet.PDF(); err != nil || len(pdf) < 5000 {
		t.Errorf("%d bytes, %v", len(pdf), err)
	}
}
