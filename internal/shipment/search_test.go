package shipment_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// clerk is somebody of the staff.
func (b *bench) clerk(t testing.TB, email string) account.ID {
	t.Helper()
	var id account.ID
	const query = `
insert into accounts (email, email_key, role, name, language, confirmed_at, created_at) values ($1, $1, 'staff', 'Ana Ruiz', 'en', $2, $2) returning id`
	if err := b.db.Get(t.Context(), &id, query, email, b.now); err != nil {
		t.Fatal(err)
	}
	return id
}

// finds are the numbers that a search gives, in its order.
func (b *bench) finds(t testing.TB, by account.ID, typed string) []string {
	t.Helper()
	found, err := b.Search(t.Context(), by, typed)
	if err != nil {
		t.Fatalf("search %q: %v", typed, err)
	}
	ws := make([]string, len(found.Hits))
	for i, h := range found.Hits {
		ws[i] = string(h.Waybill)
	}
	return ws
}

// peopled are parcels of people whose names, phones and numbers differ.
func (b *bench) peopled(t testing.TB) {
	t.Helper()
	person := func(w shipment.Waybill, order, lastMile string, consignee, shipper shipment.Party) shipment.Record {
		r := record(w)
		r.OrderNo, r.LastMileNumber, r.Consignee, r.Shipper = order, lastMile, consignee, shipper
		return r
	}
	b.ship(t,
		person("EC7K3M9QTR2XW5", "A-2026-118820", "SF1390024817745",
			shipment.Party{Name: "王小明", NameLatin: "Wang Xiaoming", Phone: "+86 138-0013-8000", Email: "Xiaoming@Example.com"},
			shipment.Party{Name: "Golden State Vitamins LLC", Phone: "+1 213 555 0142", Email: "ship@golden.example.com"}),
		person("RB123456785SG", "100%", "",
			shipment.Party{Name: "홍길동", NameLatin: "HONG GIL_DONG", Phone: "010-2345-6789", Email: "hong@example.com"},
			shipment.Party{Name: "Zoë O’Brien", Phone: "020 7946 0958"}),
		person("1Z/999-AA.1", "a-2026-7", "",
			shipment.Party{Name: "ＴＡＮ　Hui Ling", Phone: "+65 8123 4567"},
			shipment.Party{Name: "golden gate goods"}),
	)
}

// TestSearchInAllSpellings finds a parcel by everything that people know of it,
// however they write it, and no other parcel with it.
func TestSearchInAllSpellings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.peopled(t)
	by := b.clerk(t, "ana@ecms.example.com")
	const first, second, third = "EC7K3M9QTR2XW5", "RB123456785SG", "1Z/999-AA.1"
	for typed, want := range map[string][]string{
		"EC7K3M9QTR2XW5": {first}, "ec 7k3m 9qtr 2xw5": {first}, "ＥＣ７Ｋ３Ｍ９ＱＴＲ２ＸＷ５": {first}, "EC-7K3M-9QTR-ZXW5": {first}, "  ec7k3m9qtr2xw5\n": {first},
		"EC7K3M": {first}, "ec7k": {first}, "rb 1234 5678 5 sg": {second}, "1z/999-aa.1": {third}, "1Z/99": {third},
		"Dear desk, where is EC 7K3M 9QTR 2XW5? And rb123456785sg?": {first, second},
		"sf1390024817745": {first}, "SF 1390 0248 17745": {first},
		"A-2026-118820": {first}, "a 2026 118820": {first}, "a2026118820": {first}, "Ａ－２０２６－１": {first}, "100%": {second}, "a-2026": {first, third},
		"王小明": {first}, "王": {first}, "王小": {first}, "wang": {first}, "WANG  xiao": {first}, "xiaom": {first},
		"홍길동": {second}, "홍": {second}, "hong gil dong": {second}, "zoe": {second}, "ZOË O'BRIEN": {second}, "obrien": {second},
		"tan hui": {third}, "ling": {third}, "state vit": {first}, "golden": {first, third}, "golden g": {third},
		"8000": {first}, "13800138000": {first}, "+86 138 0013 8000": {first}, "0086 (138) 0013-8000": {first}, "1 3 8 0 0 1 3 8 0 0 0": {first}, "０１４２": {first},
		"+82 10-2345-6789": {second}, "6789": {second}, "+44 20 7946 0958": {second}, "65 8123 4567": {third},
		"xiaoming@example.com": {first}, "Wang <XIAOMING@EXAMPLE.COM>, hong@example.com": {first, second}, "SHIP@golden.example.com": {first}, "xiaoming@": {first}, "Ｈｏｎｇ＠example.com": {second},
		"Wang Xiaoming\n홍길동;tan": {first, second, third}, "王小明\t8000": {first},
		// nothing of these is anybody's
		"xiao min": {}, "小明": {}, "138 0013": {}, "0000": {}, "ming@example.com": {}, "example.com": {}, "EC7K3M9QTR2XW8": {}, "ang": {}, "nobody at all": {},
	} {
		got := b.finds(t, by, typed)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: found %q, want %q", typed, got, want)
		}
	}
}

// TestSearchIsLiteral gives no character a meaning: not those of SQL, of patterns,
// of ranges or of texts that PostgreSQL cannot hold.
func TestSearchIsLiteral(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.peopled(t)
	by := b.clerk(t, "ana@ecms.example.com")
	for _, typed := range []string{
		"%", "_", "%%%%", "____", "王%", "%明", "wan_", "w%g", "w_ng", "_ang", "100_", "2%6", "b_2026", "*", "????", ".*", "^wang", "wang$", "[a-z]+", "(wang|hong)",
		"' or 1=1 --", `"; drop table shipments; --`, "\\", "\\x00", "wang\x00", "\xff\xfe", "n", "p", "o", "n王", "p0008", "'; select pg_sleep(9) --",
		"\u202e\u200b", "\U0010ffff", "{}", "{a,b}", "NULL", "@", "@@@@", "a@", "@b", "%@%", "%@example.com", "_iaoming@example.com",
	} {
		want := 0
		if slices.Contains([]string{"wang", "wan", "100", "王"}, strings.Trim(typed, "%_$^\x00")) && !strings.HasPrefix(typed, "_") { // signs that fold away leave a beginning
			want = 1
		}
		if got := b.finds(t, by, typed); len(got) != want {
			t.Errorf("%q: found %q, want %d", typed, got, want)
		}
	}
	b.clean(t)
}

// TestSearchHoldsItsBounds whatever is pasted and however many parcels fit.
func TestSearchHoldsItsBounds(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	by := b.clerk(t, "ana@ecms.example.com")
	var rs []shipment.Record
	for i := range 80 {
		r := record(shipment.Waybill(fmt.Sprintf("WX%04d", i)))
		r.OrderNo = fmt.Sprintf("ORDER-%d", i)
		r.LastMileNumber = "SHARED1234"
		rs = append(rs, r)
	}
	b.ship(t, rs...)
	for _, typed := range []string{"张", "zhang wei", "shop", "order", "13800138000", "z@example.com", "WX00", "shared1234", strings.Repeat("张伟\n", 5000)} {
		found, err := b.Search(t.Context(), by, typed)
		if err != nil || len(found.Hits) != shipment.MostHits || !found.More || !found.Asked {
			t.Errorf("%.20q: %d hits, more %v, %v", typed, len(found.Hits), found.More, err)
		}
	}
	if found, err := b.Search(t.Context(), by, strings.Repeat("nobody 1234567890 x@y.z ", 100_000)); err != nil || len(found.Hits) != 0 {
		t.Errorf("a long text: %d hits, %v", len(found.Hits), err)
	}
	for _, typed := range []string{"", " \n ", "x", "9", "%", "-"} {
		if found, err := b.Search(t.Context(), by, typed); err != nil || found.Asked {
			t.Errorf("%q: asked %v, %v: there is nothing to look for", typed, found.Asked, err)
		}
	}
}

// TestSearchFollowsChanges of the record, and only of the record.
func TestSearchFollowsChanges(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.peopled(t)
	by := b.clerk(t, "ana@ecms.example.com")
	r := record("RB123456785SG")
	r.Rev, r.OrderNo = 1, "B-77"
	r.Consignee = shipment.Party{Name: "김하늘", Phone: "010-9999-1111"}
	b.ship(t, r)
	for typed, want := range map[string]int{"홍길동": 0, "6789": 0, "hong@example.com": 0, "100%": 0, "zoe": 0, "김하늘": 1, "1111": 1, "b-77": 1, "shop": 1} {
		if got := b.finds(t, by, typed); len(got) != want {
			t.Errorf("%q: found %q, want %d", typed, got, want)
		}
	}
	written := func() (rows int64) { // a row that is written again bears another transaction
		if err := b.db.Get(t.Context(), &rows, `select coalesce(sum(xmin::text::bigint), 0) from shipment_terms`); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	before := written()
	b.report(t, scan("RB123456785SG", 3, "InTransit_004", "PVG"), scan("EC7K3M9QTR2XW5", 3, "Delivered_001", "PVG"))
	r.Rev, r.Service = 2, "standard"
	b.ship(t, r)
	if after := written(); after != before {
		t.Error("events, or a record with the same people, have written search terms anew")
	}
}

// TestHitsTellWhatTheyAre and stand in the order that helps: as asked for by
// number, then the latest news first; a number with events alone is there too.
func TestHitsTellWhatTheyAre(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	by := b.clerk(t, "ana@ecms.example.com")
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	b.report(t, scan("W1111", 3, "InTransit_004", "PVG"), scan("W2222", 5, "Delivered_001", "PVG"), scan("W3333", 4, "InTransit_004", "PVG"), scan("EARLY1234567", 2, "InTransit_004", "PVG"))
	if got, want := b.finds(t, by, "张伟"), []string{"W2222", "W3333", "W1111"}; !slices.Equal(got, want) {
		t.Errorf("by news: %q, want %q", got, want)
	}
	if got, want := b.finds(t, by, "W3333\nW1111\n张伟"), []string{"W3333", "W1111", "W2222"}; !slices.Equal(got, want) {
		t.Errorf("as asked: %q, want %q", got, want)
	}
	found, err := b.Search(t.Context(), by, "EARLY1234567")
	if err != nil || len(found.Hits) != 1 || !found.Hits[0].Waiting {
		t.Errorf("%+v, %v: want a number of which only events came", found, err)
	}
	found, err = b.Search(t.Context(), by, "W2222")
	if err != nil || len(found.Hits) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	h := found.Hits[0]
	if h.Waiting || h.Status.Tag != "Delivered" || !h.Status.At.Equal(day(5)) || h.Origin != "US" || h.Dest != "CN" || h.OrderNo != "A-1001" || h.Consignee.Name != "张伟" || h.Shipper.Name != "Shop" {
		t.Errorf("%+v", h)
	}
	found, err = b.Search(t.Context(), by, "EC 7K3M 9QTR 2XW8")
	if err != nil || len(found.Misfits) != 1 || len(found.Hits) != 0 {
		t.Errorf("a mistyped number: %+v, %v", found, err)
	}
}

// TestNoRecordNoAnswer keeps what was found from whoever can't be written down.
func TestNoRecordNoAnswer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	const nobody account.ID = 4711
	if found, err := b.Search(t.Context(), nobody, "W1234"); err == nil || len(found.Hits) > 0 {
		t.Errorf("search: %+v, %v", found, err)
	}
	if d, err := b.Dossier(t.Context(), nobody, "W1234"); err == nil || d.Record.Waybill != "" {
		t.Errorf("dossier: %+v, %v", d, err)
	}
	if _, err := b.Dossier(t.Context(), b.clerk(t, "a@ecms.example.com"), "W9999"); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("unknown: %v", err)
	}
}
