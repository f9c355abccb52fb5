package demo_test

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

var key = []byte("a master key of thirty-two bytes")

func people(t *testing.T, key []byte) []demo.Person {
	t.Helper()
	all, err := demo.People(key, "2026-01-01")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPasswordsFollowFromTheKeyAlone(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^([a-z2-7]{4}-){3}[a-z2-7]{4}$`)
	seen := map[string]bool{}
	again, other := people(t, key), people(t, bytes.Repeat([]byte{7}, 32))
	for i, p := range people(t, key) {
		if !form.MatchString(p.Password) || len(p.Password) < account.ShortestPassword || p.Password != again[i].Password {
			t.Errorf("%s: password %q, then %q", p.Part, p.Password, again[i].Password)
		}
		for _, password := range []string{p.Password, other[i].Password} {
			if seen[password] {
				t.Errorf("%s: the password %q is another's too", p.Part, password)
			}
			seen[password] = true
		}
	}
	if _, err := demo.People(nil, ""); err == nil {
		t.Error("without a key there are passwords that anybody can work out")
	}
}

// TestPeopleCanSignIn with what is printed, again after they were there already.
func TestPeopleCanSignIn(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	accounts := account.NewStore(db, db, key, time.Now)
	all := people(t, key)
	if met, err := demo.Met(t.Context(), accounts, all); err != nil || met {
		t.Fatalf("met before they came: %t, %v", met, err)
	}
	if err := demo.Admit(t.Context(), accounts, all[:1]); err != nil { // a kill after the first
		t.Fatal(err)
	}
	if met, err := demo.Met(t.Context(), accounts, all); err != nil || met {
		t.Fatalf("met with two missing: %t, %v", met, err)
	}
	for range 2 {
		if err := demo.Admit(t.Context(), accounts, all); err != nil {
			t.Fatal(err)
		}
	}
	if met, err := demo.Met(t.Context(), accounts, all); err != nil || !met {
		t.Errorf("not met: %v", err)
	}
	for _, p := range all {
		s, _, err := accounts.SignIn(t.Context(), p.Email, p.Password, account.Visitor{Network: "192.0.2.0/24"})
		if err != nil || s.Account.Role != p.Role || (s.Account.Terms == "") != (p.Role == account.Staff) || s.Account.Name == "" {
			t.Errorf("%s: %+v, %v", p.Part, s.Account, err)
		}
	}
}

// TestAccountsHaveParcels of many kinds to look at.
func TestAccountsHaveParcels(t *testing.T) {
	t.Parallel()
	standing := standings(march)
	states, tags, countries := map[shipment.CustomsState]int{}, map[shipment.Tag]int{}, map[string]int{}
	consignee, shipper := 0, 0
	for _, r := range demo.Shipments(march) {
		if r.Shipper.Email == demo.ShipperEmail {
			shipper++
		}
		if r.Consignee.Email == demo.ConsigneeEmail {
			consignee++
			states[standing[r.Waybill].Customs]++
			tags[standing[r.Waybill].Tag]++
			countries[r.Destination.Country]++
		}
	}
	if consignee < 20 || consignee > 80 || shipper < 40 {
		t.Errorf("the consignee has %d parcels, the shipper %d", consignee, shipper)
	}
	if states["awaiting_id"] == 0 || states["awaiting_duty"] == 0 || len(states) < 5 || len(tags) < 8 || len(countries) < 6 {
		t.Errorf("states %v, tags %v, countries %v", states, tags, countries)
	}
}
