package customs_test

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// everything is each row of each table as text, and each file, in one string.
func (b *bench) everything(t *testing.T) string {
	t.Helper()
	var tables []string
	if err := b.db.Select(t.Context(), &tables, `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, table := range tables {
		var rows []string
		if err := b.db.Select(t.Context(), &rows, `select x::text from "`+table+`" x`); err != nil {
			t.Fatal(err)
		}
		all.WriteString(strings.Join(rows, "\n"))
	}
	files, err := filepath.Glob(filepath.Join(b.dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	if all.Len() < 1000 || len(tables) < 20 || len(files) == 0 {
		t.Fatalf("read %d bytes of %d tables and %d files", all.Len(), len(tables), len(files))
	}
	return all.String()
}

// TestNothingIsKeptInClear, through form, refusal, replacement, saving and use.
func TestNothingIsKeptInClear(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	h := customs.Holder{EmailKey: "z@example.com"}
	p := b.keep(t, "W1", h)
	lin := b.staff(t, "lin")
	list, err := b.Queue(ctx, "", 0, 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	b.take(t, list[0].ID, lin)
	if _, err := b.Refuse(ctx, list[0].ID, lin, "number_differs", nil); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Begin(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.UsePerson(ctx, "W2", h, p.ID, owner); err != nil {
		t.Fatal(err)
	}
	if _, _, err := b.View(ctx, list[0].ID, customs.By{Role: customs.Staff, Account: lin}, "review"); err != nil {
		t.Fatal(err)
	}
	kept := b.everything(t)
	for _, secret := range []string{"11010519491231002", "19491231", "+8613800138000", "jpeg front"} {
		for _, form := range []string{secret, hex.EncodeToString([]byte(secret))} {
			if strings.Contains(kept, form) {
				t.Errorf("%s is kept", form)
			}
		}
	}
}

// TestResidentNumbersAreKeptNowhere, in whichever field of Korea's form they come.
func TestResidentNumbersAreKeptNowhere(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	b.submit(t, "W1") // so that there is something to look through
	_, err := b.feed.ReceiveShipments(ctx, []shipment.Record{{
		Waybill: "KR1", Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Country: "KR", Zone: "Asia/Seoul"}, Consignee: shipment.Party{Name: "홍길동", Phone: "+82 10-2000-0000"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Begin(ctx, "KR1", owner); err != nil {
		t.Fatal(err)
	}
	const resident = "900101-2345678"
	good := customs.PersonEntry{NameLocal: "홍길동", Phone: "010-2000-0000", Postcode: "04524"}
	for name, set := range map[string]func(*customs.PersonEntry){
		"name_local": func(e *customs.PersonEntry) { e.NameLocal = resident }, "name_latin": func(e *customs.PersonEntry) { e.NameLatin = "Hong " + resident },
		"nationality": func(e *customs.PersonEntry) { e.Nationality = resident }, "phone": func(e *customs.PersonEntry) { e.Phone = resident },
		"postcode": func(e *customs.PersonEntry) { e.Postcode = resident },
	} {
		e := good
		set(&e)
		_, odd, err := b.SavePerson(ctx, "KR1", e, owner)
		if got := keys(odd, err); got != name+".resident" {
			t.Errorf("%s: says %q", name, got)
		}
	}
	if _, _, err := b.SavePerson(ctx, "KR1", good, owner); err != nil {
		t.Fatal(err)
	}
	_, odd, err := b.SaveDocument(ctx, "KR1", customs.DocumentEntry{DocType: "kr_pccc", Number: resident}, owner)
	if got := keys(odd, err); got != "doc_number.resident" {
		t.Errorf("says %q", got)
	}
	if err := b.AddPicture(ctx, "KR1", customs.Front, picture("a Korean card"), nil); err == nil {
		t.Error("a picture is taken in")
	}
	i, odd, err := b.SaveDocument(ctx, "KR1", customs.DocumentEntry{DocType: "kr_pccc", Number: "P123456789012"}, owner)
	if err != nil || len(odd) != 0 || i.Masked != "P1234********" {
		t.Fatal(i, odd, err)
	}
	if sent, err := b.Submit(ctx, "KR1", i.ID, consent, owner); err != nil || sent.State != customs.Review {
		t.Fatal(sent, err)
	}
	kept := b.everything(t)
	for _, secret := range []string{resident, "9001012345678", "2345678"} {
		if strings.Contains(kept, secret) || strings.Contains(kept, hex.EncodeToString([]byte(secret))) {
			t.Errorf("%s is kept", secret)
		}
	}
}
