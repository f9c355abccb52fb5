package pages_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// TestTheReturnIsAnnouncedBehindTheLastDay, on the parcel's page, on the list of what
// it needs, and in every language; before that nobody is told so.
func TestTheReturnIsAnnouncedBehindTheLastDay(t *testing.T) {
	t.Parallel()
	held := parcel("Exception_018", event("Exception_018", shipment.AwaitingID, "CN"))
	for now, is := range map[time.Time]bool{
		time.Date(2026, 3, 18, 15, 59, 59, 0, time.UTC): false, // the 18th ends in Shanghai
		time.Date(2026, 3, 18, 16, 0, 0, 0, time.UTC):   true,
	} {
		held.Now = now
		days := 0
		if is {
			days = -1
		}
		for _, lang := range locale.Languages() {
			l := locale.For(lang)
			page := golden.Render(t, pages.Track(held), lang)
			asked := pages.NeedsPage{Parcel: pages.IdentityParcel{Waybill: held.Parcel.Waybill, Country: "CN", Due: "2026-03-18", Days: days, After: 14}}
			asked.Identity.State = customs.Draft
			for where, html := range map[string]string{"track": page, "needs": golden.Render(t, pages.Needs(asked), lang)} {
				if strings.Contains(html, l.T("need.id.late")) != is || strings.Contains(html, l.T("need.id.missed")) == is {
					t.Errorf("%s, %s at %v: the return is announced: %t", lang, where, now, !is)
				}
			}
		}
	}
}
