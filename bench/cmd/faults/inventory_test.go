package main

import (
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest/journey"
)

var testKey = base64.StdEncoding.EncodeToString([]byte("the vault's key of thirty-two by"))

// newVault is a vault on a database of its own, with parcels for the consignees.
func newVault(t *testing.T, people ...journey.Consignee) *vault {
	t.Helper()
	v, err := openVault(t.Context(), testdb.URL(t), t.TempDir(), testKey)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.close)
	zones := map[string]string{"CN": "Asia/Shanghai", "KR": "Asia/Seoul"}
	store := shipment.NewStore(v.db, v.db, time.Now)
	for _, c := range people {
		_, err := store.ReceiveShipments(t.Context(), []shipment.Record{{
			Waybill: shipment.Waybill(c.Waybill), Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "America/New_York"},
			Destination: shipment.Place{Country: c.Country, Zone: zones[c.Country]}, Consignee: shipment.Party{Name: c.Name, Phone: c.Phone, Postcode: c.Postcode},
		}})
		if err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// draw hands in a form with two pictures, all but the last step.
func draw(t *testing.T, v *vault, c journey.Consignee) {
	t.Helper()
	w, by := shipment.Waybill(c.Waybill), customs.By{Role: customs.Owner, Channel: "parcel", Language: "zh-Hans"}
	if _, err := v.Begin(t.Context(), w, by); err != nil {
		t.Fatal(err)
	}
	if _, _, err := v.SavePerson(t.Context(), w, customs.PersonEntry{NameLocal: c.Name, Nationality: "CN", Phone: c.Phone}, by); err != nil {
		t.Fatal(err)
	}
	studio := document.NewStudio(1)
	for side, data := range c.Pictures {
		p, odd, flaw, err := studio.Develop(context.Background(), data)
		if err != nil || flaw != "" {
			t.Fatal(flaw, err)
		}
		if err := v.AddPicture(t.Context(), w, customs.Slot(side), p, odd); err != nil {
			t.Fatal(err)
		}
	}
	d := customs.DocumentEntry{DocType: "cn_id", Number: c.Document["doc_number"], ExpiryYear: "2041", ExpiryMonth: "3", ExpiryDay: "27"}
	if _, _, err := v.SaveDocument(t.Context(), w, d, by); err != nil {
		t.Fatal(err)
	}
}

// TestInventoryNoticesWhatIsHalf: a judge that sees nothing proves nothing.
func TestInventoryNoticesWhatIsHalf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, damage, says string }{
		{"nothing", `select 1`, ""},
		{"a key lost", `delete from sealed_keys where record like 'identity%'`, "0 keys"},
		{"a picture's row lost", `delete from identity_pictures where slot = 'back'`, "with 1 pictures"},
		{"fields lost", `update identities set sealed = null where doc_type = 'cn_id'`, "nothing is sealed"},
		{"fields of another", `update identities set sealed = (select sealed from identities where doc_type = 'kr_pccc') where doc_type = 'cn_id'`, "cannot be opened"},
		{"a key of nobody", `insert into sealed_keys (record, master, key, created_at) values ('identity 999', 'x', 'x', now())`, "keys of no record"},
		{"sent without consent", `delete from consents`, "sent with 0 consents"},
		{"half sent", `update identities set submitted_at = null where doc_type = 'kr_pccc'`, "sent unfinished"},
		{"sent before its time", `update identities set submitted_at = now() where doc_type = 'cn_id'`, "not sent, with the marks of it"},
		{"erased by half", `update identities set erased_at = now(), sealed = null where doc_type = 'cn_id'`, "erased, with something left"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			korea, china := journey.Korea(1), journey.China(2)
			v := newVault(t, korea, china)
			if err := v.give(t.Context(), korea); err != nil {
				t.Fatal(err)
			}
			draw(t, v, china)
			if _, err := v.db.Exec(t.Context(), c.damage); err != nil {
				t.Fatal(err)
			}
			err := v.whole(t.Context())
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %q", err, c.says)
			}
		})
	}
}

func TestFilesOfNobodyAreFoundAndSwept(t *testing.T) {
	t.Parallel()
	china := journey.China(3)
	v := newVault(t, china)
	draw(t, v, china)
	for _, name := range []string{"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDEFGHIJKLMNOPQRSTUVWXY2.new"} {
		if err := os.WriteFile(filepath.Join(v.dir, name), []byte("cut short"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if orphans, missing, err := v.strays(t.Context()); err != nil || len(orphans) != 2 || len(missing) != 0 {
		t.Errorf("%v %v %v", orphans, missing, err)
	}
	if err := v.whole(t.Context()); err == nil || !strings.Contains(err.Error(), "files of no row") {
		t.Errorf("before the sweep: %v", err)
	}
	if err := v.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := v.whole(t.Context()); err != nil {
		t.Errorf("after it: %v", err)
	}
	if _, err := v.db.Exec(t.Context(), `update identity_pictures set file = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' where slot = 'front'`); err != nil {
		t.Fatal(err)
	}
	if err := v.whole(t.Context()); err == nil {
		t.Error("a row without its file is taken for whole")
	}
}

func TestPromisesAreHeld(t *testing.T) {
	t.Parallel()
	korea, china := journey.Korea(5), journey.China(6)
	v := newVault(t, korea, china)
	if err := v.give(t.Context(), korea); err != nil {
		t.Fatal(err)
	}
	draw(t, v, china)
	list, err := v.rows(t.Context())
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	good := journey.Receipt{Reference: list[0].Reference, FormID: "1"}
	for _, c := range []struct {
		name string
		sent map[string]journey.Receipt
		kept map[string]int
		fine bool
	}{
		{"all there", map[string]journey.Receipt{korea.Waybill: good}, map[string]int{korea.Waybill: 0, china.Waybill: 2}, true},
		{"a submission lost", map[string]journey.Receipt{china.Waybill: {Reference: "ID-AAAA-AAAA", FormID: "9"}}, nil, false},
		{"another's reference", map[string]journey.Receipt{china.Waybill: good}, nil, false},
		{"a picture lost", nil, map[string]int{china.Waybill: 3}, false},
		{"an upload lost", nil, map[string]int{"JOURNEY-CN-99999": 2}, false},
	} {
		o := &office{sent: c.sent, kept: c.kept}
		if err := o.promises(t.Context(), v); (err == nil) != c.fine {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestErasedIsTried: the judge would notice an erased record that still opens.
func TestErasedIsTried(t *testing.T) {
	t.Parallel()
	a, b := journey.Korea(7), journey.Korea(8)
	v := newVault(t, a, b)
	for _, c := range []journey.Consignee{a, b} {
		if err := v.give(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	var left []sealedRow
	if err := v.db.Select(t.Context(), &left, sealedRows); err != nil || len(left) != 2 {
		t.Fatal(left, err)
	}
	gone, err := v.eraseSome(t.Context(), 1)
	if err != nil || len(gone) != 1 {
		t.Fatal(gone, err)
	}
	if err := v.tryErased(gone, left[1:], nil); err != nil {
		t.Errorf("erased: %v", err)
	}
	if err := v.tryErased(gone, left[:1], nil); err == nil {
		t.Error("a key that was kept opens it, and nobody notices")
	}
}
