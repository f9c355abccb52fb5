package shipment_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func TestDestinationsAreWholeAndSourced(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, d := range shipment.Destinations() {
		if !regexp.MustCompile(`^[A-Z]{2}$`).MatchString(d.Country) || seen[d.Country] {
			t.Errorf("%q is no country, or comes twice", d.Country)
		}
		seen[d.Country] = true
		if zone, err := time.LoadLocation(d.Zone); err != nil || zone == time.UTC {
			t.Errorf("%s: zone %q: %v", d.Country, d.Zone, err)
		}
		if _, ok := d.Lane.CheckedOn.Time(); !ok || d.Lane.Source == "" {
			t.Errorf("%s: the lane has no source or no date: %+v", d.Country, d.Lane)
		}
		_, since := d.IdentityRule.Since.Time()
		_, read := d.IdentityRule.CheckedOn.Time()
		if ruled := since && read && d.IdentityRule.Source != ""; ruled != (d.Identity != "") {
			t.Errorf("%s asks for %q under the rule %+v", d.Country, d.Identity, d.IdentityRule)
		}
	}
	for _, country := range []string{"CN", "HK", "TW", "KR", "JP", "SG", "TH", "PH", "MY"} {
		if !seen[country] {
			t.Errorf("no way to %s", country)
		}
	}
	if len(seen) != 9 {
		t.Errorf("%d destinations, want 9", len(seen))
	}
}

func TestThreeCountriesAskWhoTheConsigneeIs(t *testing.T) {
	t.Parallel()
	got := map[string]shipment.IdentityKind{}
	for _, d := range shipment.IdentityCountries() {
		got[d.Country] = d.Identity
	}
	want := map[string]shipment.IdentityKind{"CN": shipment.ResidentID, "KR": shipment.ClearanceCode, "TW": shipment.RealNameApp}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who asks for what (-want +got):\n%s", diff)
	}
}

func TestFindDestination(t *testing.T) {
	t.Parallel()
	for country, zone := range map[string]string{"KR": "Asia/Seoul", "PH": "Asia/Manila", "US": "", "": "", "kr": ""} {
		d, found := shipment.FindDestination(country)
		if d.Zone != zone || found != (zone != "") {
			t.Errorf("%q: %+v, %v; want zone %q", country, d, found, zone)
		}
	}
}

func TestDayInAZone(t *testing.T) {
	t.Parallel()
	late := time.Date(2026, 3, 3, 16, 30, 0, 0, time.UTC)
	for zone, want := range map[string]shipment.Date{
		"Asia/Shanghai": "2026-03-04", "America/Los_Angeles": "2026-03-03", "UTC": "2026-03-03", "Mars/Olympus": "2026-03-03",
	} {
		if got := shipment.DayIn(late, zone); got != want {
			t.Errorf("%s: %s, want %s", zone, got, want)
		}
	}
	if got := shipment.DayIn(time.Time{}, "Asia/Seoul"); got != "" {
		t.Errorf("no instant has the day %s", got)
	}
}
