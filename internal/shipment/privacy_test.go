package shipment_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

// secretsOf fills every text of a struct with a mark of its own, and gives the
// marks by field.
func secretsOf(v reflect.Value, path string, marks map[string]string) {
	for i := range v.NumField() {
		f, name := v.Field(i), path+v.Type().Field(i).Name
		switch {
		case f.Kind() == reflect.Struct && strings.HasPrefix(f.Type().PkgPath(), "ecms/"):
			secretsOf(f, name+".", marks)
		case f.Kind() == reflect.String && f.String() == "":
			mark := fmt.Sprintf("secret%02dz", len(marks))
			f.SetString(mark)
			marks[name] = mark
		}
	}
}

// openFields are what a stranger may see of a record, as decided.
var openFields = []string{"Service", "LastMileCarrier", "LastMileNumber"}

// markedRecord is a record with a mark in every field that takes any text.
func markedRecord(w shipment.Waybill) (shipment.Record, map[string]string) {
	r := shipment.Record{
		Waybill: w, Rev: 987654, AcceptedAt: day(1), PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12", Incoterm: "DAP",
		ShipperIsSeller: true, Piece: 1, Pieces: 2, CustomsState: shipment.AwaitingID,
		Origin:      shipment.Place{Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"},
		Declared:    shipment.Measure{Weight: "71.31", WeightUnit: "lb", Length: "71.32", Width: "71.33", Height: "71.34", DimUnit: "in"},
		Measured:    shipment.Measure{Weight: "71.35", WeightUnit: "kg", Length: "71.36", Width: "71.37", Height: "71.38", DimUnit: "cm"},
	}
	marks := make(map[string]string)
	secretsOf(reflect.ValueOf(&r).Elem(), "", marks)
	for i := range 8 {
		marks[fmt.Sprint("measure ", i+1)] = fmt.Sprint("71.3", i+1)
	}
	marks["Rev"] = "987654"
	return r, marks
}

// TestTheKeptViewHoldsNoSecret puts a secret in every private column and place,
// and searches the row that strangers' lookups read.
func TestTheKeptViewHoldsNoSecret(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	r, marks := markedRecord("W1234")
	sibling, _ := markedRecord("SIBLING1")
	sibling.Piece = 2
	home := shipment.Checkpoint{Waybill: "W1234", Rev: 876543, At: day(3), OffsetMinutes: 480, Country: "CN"}
	secretsOf(reflect.ValueOf(&home).Elem(), "home.", marks)
	hub := shipment.Checkpoint{Waybill: "W1234", At: day(4), Facility: true, Code: "CID", Source: "ecms", Place: "Hub Hangzhou", Country: "CN"}
	secretsOf(reflect.ValueOf(&hub).Elem(), "hub.", marks)
	marks["home.Rev"], marks["sibling"], marks["facility's code"] = "876543", "SIBLING1", "CID"
	if len(marks) < 34 {
		t.Fatalf("only %d secrets are hidden: %v", len(marks), marks)
	}
	b.ship(t, r, sibling)
	b.report(t, home, hub)
	var row string
	const query = `select waybill || version || body from shipment_timeline where waybill = 'W1234'`
	if err := b.db.Get(t.Context(), &row, query); err != nil {
		t.Fatal(err)
	}
	seen := fmt.Sprintf("%s %+v", row, b.look(t, "W1234"))
	for field, mark := range marks {
		open := slices.Contains(openFields, field)
		if strings.Contains(seen, mark) != open {
			t.Errorf("%s (%s) can be seen: %v, want %v, in %s", field, mark, !open, open, seen)
		}
	}
	if !strings.Contains(row, "Hub Hangzhou") {
		t.Errorf("the facility's place is missing in %s", row)
	}
	_, v, err := b.Private(t.Context(), "W1234", b.unlockedBy(t, "W1234", shipment.SecondFact{OrderNo: r.OrderNo}))
	if err != nil {
		t.Fatal(err)
	}
	unlocked := fmt.Sprintf("%+v", v)
	for field, mark := range marks {
		if !strings.Contains(unlocked, mark) {
			t.Errorf("%s (%s) is missing in the unlocked view: the search above proves nothing of it", field, mark)
		}
	}
}

// unlockedBy gives the token that a second fact opens a parcel with.
func (b *bench) unlockedBy(t testing.TB, w shipment.Waybill, f shipment.SecondFact) string {
	t.Helper()
	g, err := b.Unlock(t.Context(), w, f, "home", "")
	if err != nil {
		t.Fatal(err)
	}
	return g.Token
}

// TestPlacesNeedAFacility keeps a place private unless it is a facility's, even
// when a facility of the same parcel bears the same name before and after.
func TestPlacesNeedAFacility(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	r := rand.New(rand.NewPCG(7, 8))
	var cs []shipment.Checkpoint
	for i := range 40 {
		c := scan("W1234", 1+i%9, "InTransit_003", fmt.Sprint("place ", i))
		c.EventID, c.Facility = fmt.Sprint(i), r.IntN(2) == 0
		cs = append(cs, c)
	}
	b.report(t, cs...)
	body := b.look(t, "W1234").Encode() + "\n"
	for _, c := range cs {
		if got := strings.Contains(body, "\t"+c.Place+"\n"); got != c.Facility {
			t.Errorf("%s, facility %v, can be seen: %v", c.Place, c.Facility, got)
		}
	}
	cs[0].Facility, cs[0].Rev = !cs[0].Facility, 1 // a correction hides it, or shows it
	b.report(t, cs[0])
	if got := strings.Contains(b.look(t, "W1234").Encode()+"\n", "\t"+cs[0].Place+"\n"); got != cs[0].Facility {
		t.Errorf("corrected to facility %v, %s can be seen: %v", cs[0].Facility, cs[0].Place, got)
	}
	b.clean(t)
}
