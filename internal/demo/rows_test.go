package demo_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
)

func TestNothingHappensInTheFutureOrAtOddHours(t *testing.T) {
	courier := regexp.MustCompile(`^(PU|EDG|EMI|EMH|EDH|AttemptFail_.*|Delivered_.*)$`)
	for _, day := range []string{"2026-03-10", "2026-11-03", "2027-01-01", "2028-02-29"} {
		asOf, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range demo.Checkpoints(demo.Options{Seed: 1, AsOf: asOf}) {
			if e.At.After(asOf) {
				t.Errorf("%s %s: %s lies after %s", e.Waybill, e.Code, e.At, day)
			}
			local := e.At.UTC().Add(time.Duration(e.OffsetMinutes) * time.Minute)
			if courier.MatchString(e.Code) && (local.Hour() < 7 || local.Hour() > 20) {
				t.Errorf("%s %s: people work at %s", e.Waybill, e.Code, local.Format("15:04"))
			}
		}
	}
}

func TestEventsComeAsFromARealFeed(t *testing.T) {
	events := demo.Checkpoints(march)
	backwards, corrected, unknown, zones := 0, 0, 0, map[int]bool{}
	type event struct {
		waybill    shipment.Waybill
		source, id string
	}
	seen := map[event]bool{}
	for i, e := range events {
		if i > 0 && events[i-1].Waybill == e.Waybill && e.At.Before(events[i-1].At) {
			backwards++
		}
		if key := (event{e.Waybill, e.Source, e.EventID}); seen[key] {
			corrected++
		} else {
			seen[key] = true
		}
		if _, _, ok := shipment.Translate(e.Source, e.Code); !ok {
			unknown++
		}
		if e.Text == "" || strings.ContainsAny(e.Text+e.Place, "\n\r{}") || e.EventID == "" {
			t.Errorf("%s %s: text %q at %q, id %q", e.Waybill, e.Code, e.Text, e.Place, e.EventID)
		}
		zones[e.OffsetMinutes] = true
	}
	if backwards < 50 || corrected != 1 || unknown < 8 || len(zones) < 7 {
		t.Errorf("%d events out of order, %d corrected, %d of unknown code, %d offsets; want many, 1, some, at least 7",
			backwards, corrected, unknown, len(zones))
	}
	for _, r := range demo.Shipments(march) {
		if r.Waybill == demo.EarlyWaybill(march) {
			t.Errorf("the shipment of the early event is there")
		}
	}
	if last := events[len(events)-1]; last.Waybill != demo.EarlyWaybill(march) {
		t.Errorf("the early event is %+v", last)
	}
}

func TestOnlyCarriersHousesAreFacilities(t *testing.T) {
	private := map[string]bool{}
	for _, e := range demo.Checkpoints(march) {
		if !e.Facility {
			private[e.Place] = true
		}
	}
	for _, e := range demo.Checkpoints(march) {
		if e.Facility && (private[e.Place] || e.Place == "" || e.Country == "") {
			t.Errorf("%s %s: %q in %q is told to anybody", e.Waybill, e.Code, e.Place, e.Country)
		}
	}
}

var postcodes = map[string]*regexp.Regexp{
	"CN": regexp.MustCompile(`^\d{6}$`), "HK": regexp.MustCompile(`^$`), "KR": regexp.MustCompile(`^\d{5}$`),
	"JP": regexp.MustCompile(`^\d{7}$`), "TW": regexp.MustCompile(`^\d{6}$`), "SG": regexp.MustCompile(`^\d{6}$`),
	"TH": regexp.MustCompile(`^\d{5}$`), "PH": regexp.MustCompile(`^\d{4}$`), "MY": regexp.MustCompile(`^\d{5}$`),
}

func TestRecordsAreWhole(t *testing.T) {
	shippers, consignees, units, zones := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	fiction := regexp.MustCompile(`^\+1\d{3}55501\d{2}$`)
	pieces := map[string][]int{}
	for _, r := range demo.Shipments(march) {
		shippers[r.Shipper.Name], consignees[r.Consignee.Name] = true, true
		units[r.Declared.WeightUnit], zones[r.Origin.Zone] = true, true
		pieces[r.OrderNo] = append(pieces[r.OrderNo], r.Piece*10+r.Pieces)
		if !postcodes[r.Destination.Country].MatchString(r.Consignee.Postcode) {
			t.Errorf("%s: postcode %q in %s", r.Waybill, r.Consignee.Postcode, r.Destination.Country)
		}
		if !fiction.MatchString(r.Shipper.Phone) || !strings.HasSuffix(r.Consignee.Email, "@example.com") {
			t.Errorf("%s: %s or %s could be somebody's", r.Waybill, r.Shipper.Phone, r.Consignee.Email)
		}
		if r.Consignee.NameLatin == "" || r.Consignee.Address == "" || r.Destination.Place == "" || r.Declared.Weight == "" {
			t.Errorf("%s: something is missing in %+v", r.Waybill, r)
		}
		if r.PromisedFrom > r.PromisedTo || (r.PromisedFrom == "") != r.AcceptedAt.IsZero() {
			t.Errorf("%s: accepted %s, promised %s to %s", r.Waybill, r.AcceptedAt, r.PromisedFrom, r.PromisedTo)
		}
		if (r.LastMileNumber == "") != (r.LastMileCarrier == "") || r.LastMileNumber != "" && !fitsS10(r.LastMileNumber) {
			t.Errorf("%s: last mile %q %q", r.Waybill, r.LastMileCarrier, r.LastMileNumber)
		}
	}
	if len(shippers) != 2 || len(consignees) != 6 || len(units) != 2 || len(zones) != 4 {
		t.Errorf("%d shippers, %d consignees, %d units, %d zones of origin; want 2, 6, 2, 4", len(shippers), len(consignees), len(units), len(zones))
	}
	several := 0
	for order, got := range pieces {
		slices.Sort(got)
		if n := got[0] % 10; len(got) != n || got[0] != 10+n || got[n-1] != n*10+n {
			t.Errorf("order %s has the pieces %v", order, got)
		}
		if len(got) > 1 {
			several++
		}
	}
	if several < 10 {
		t.Errorf("%d orders of several pieces, want at least 10", several)
	}
}

func TestOverweightParcelsMeasureMoreThanTheLimits(t *testing.T) {
	for _, r := range demo.Shipments(march) {
		if r.Waybill != demo.Waybill(march, demo.Overweight) {
			continue
		}
		most, longest := 44.0, 59.0
		if r.Measured.WeightUnit == "kg" {
			most, longest = 20, 150
		}
		weight, err := strconv.ParseFloat(r.Measured.Weight, 64)
		if err != nil {
			t.Fatal(err)
		}
		side, err := strconv.ParseFloat(r.Measured.Length, 64)
		if err != nil {
			t.Fatal(err)
		}
		if weight <= most || side <= longest {
			t.Errorf("overweight measures %v %s and %v %s", weight, r.Measured.WeightUnit, side, r.Measured.DimUnit)
		}
	}
}

// fitsS10 checks a postal number by the rule of UPU S10.
func fitsS10(number string) bool {
	sum := 0
	for i, weight := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += int(number[i+2]-'0') * weight
	}
	check := map[int]int{10: 0, 11: 5}
	want := 11 - sum%11
	if special, ok := check[want]; ok {
		want = special
	}
	return len(number) == 13 && int(number[10]-'0') == want
}
