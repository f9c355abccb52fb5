//go:build browser

package browsertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
)

// demoParcels are the parcels that the portal loads by itself at its first start.
func demoParcels() []shipment.Record {
	return demo.Shipments(demo.Options{Seed: 1, AsOf: time.Now()})
}

// seen is what the public view tells of a demo parcel.
type seen struct {
	shipment.Record
	Tag, Subtag string
	Needs       []string
	Events      int
}

// allSeen asks the portal's own JSON about every demo parcel, once.
var allSeen = sync.OnceValues(func() ([]seen, error) {
	var all []seen
	for _, r := range demoParcels() {
		var view struct {
			Status      struct{ Tag, Subtag string }
			Needs       []struct{ Kind string }
			Checkpoints []json.RawMessage
		}
		if err := getJSON("/track/"+string(r.Waybill)+".json", &view); err != nil {
			return nil, err
		}
		s := seen{Record: r, Tag: view.Status.Tag, Subtag: view.Status.Subtag, Events: len(view.Checkpoints)}
		for _, n := range view.Needs {
			s.Needs = append(s.Needs, n.Kind)
		}
		all = append(all, s)
	}
	return all, nil
})

func getJSON(path string, into any) error {
	res, err := http.Get(site.url + path)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // nothing is left to read
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", path, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// parcel finds the first demo parcel of a kind.
func parcel(t testing.TB, kind string, is func(seen) bool) seen {
	t.Helper()
	all, err := allSeen()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, is)
	if at < 0 {
		t.Fatalf("no demo parcel is %s", kind)
	}
	return all[at]
}

func moving(s seen) bool { return s.Tag == "InTransit" && len(s.Needs) == 0 && s.Events >= 6 }

func inCustoms(s seen) bool { return len(s.Needs) > 0 }

func returning(s seen) bool {
	return s.Subtag == "Exception_010" || s.Subtag == "Exception_011" || s.CustomsState == shipment.ReturnStarted
}

func delivered(s seen) bool { return s.Tag == "Delivered" }

func delayed(s seen) bool { return s.Tag == "Exception" && !returning(s) }

func inPieces(s seen) bool { return s.Pieces > 1 }

// busiest is the parcel with most events.
func busiest(t testing.TB) seen {
	t.Helper()
	all, err := allSeen()
	if err != nil {
		t.Fatal(err)
	}
	return slices.MaxFunc(all, func(a, b seen) int { return a.Events - b.Events })
}

// lastFour are the last four digits of the consignee's phone.
func (s seen) lastFour() string {
	var digits []rune
	for _, r := range s.Consignee.Phone {
		if r >= '0' && r <= '9' {
			digits = append(digits, r)
		}
	}
	return string(digits[max(0, len(digits)-4):])
}
