package customs_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// bench is a store on a database and a folder of its own, with a clock to turn.
type bench struct {
	*customs.Store
	feed  *shipment.Store
	files *document.Files
	db    *postgres.DB
	dir   string
	now   time.Time
}

var masterKey = bytes.Repeat([]byte{7, 9}, seal.KeySize/2)

func ringOf(t testing.TB, current []byte, older ...[]byte) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(current, older...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{db: testdb.New(t), dir: filepath.Join(t.TempDir(), "documents"), now: day(10)}
	var err error
	if b.files, err = document.OpenFiles(b.dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.files.Close() })
	b.feed = shipment.NewStore(b.db, b.db, b.clock)
	b.Store = b.with(ringOf(t, masterKey))
	return b
}

// with is the same store with other master keys.
func (b *bench) with(r *seal.Ring) *customs.Store {
	return customs.NewStore(b.db, b.db, b.feed, b.files, r, b.clock)
}

func (b *bench) clock() time.Time { return b.now }

func day(n int) time.Time { return time.Date(2026, 12, n, 4, 0, 0, 0, time.UTC) }

// ship brings a parcel to China of which customs waits for an identity since the fifth.
func (b *bench) ship(t testing.TB, ws ...shipment.Waybill) {
	t.Helper()
	for _, w := range ws {
		_, err := b.feed.ReceiveShipments(t.Context(), []shipment.Record{{
			Waybill: w, AcceptedAt: day(1), Piece: 1, Pieces: 1,
			Origin:      shipment.Place{Country: "US", Zone: "America/New_York"},
			Destination: shipment.Place{Place: "Hangzhou", Country: "CN", Zone: "Asia/Shanghai"},
			Consignee:   shipment.Party{Name: "张伟", Phone: "+86 138-0013-8000", Email: "Zhang@Example.com", Postcode: "310000"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		b.scan(t, w, day(5), "awaiting_id")
	}
}

func (b *bench) scan(t testing.TB, w shipment.Waybill, at time.Time, code string) {
	t.Helper()
	c := shipment.Checkpoint{Waybill: w, EventID: code + at.String(), At: at, Country: "CN", Code: code, Source: "x"}
	if _, err := b.feed.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{c}); err != nil {
		t.Fatal(err)
	}
}

// staff makes a member of the staff.
func (b *bench) staff(t testing.TB, name string) account.ID {
	t.Helper()
	var id account.ID
	const add = `
insert into accounts (email, email_key, name, role, language, confirmed_at, created_at) values ($1, $1, $1, 'staff', 'en', now(), now()) returning id`
	if err := b.db.Get(t.Context(), &id, add, name); err != nil {
		t.Fatal(err)
	}
	return id
}

var (
	owner   = customs.By{Role: customs.Owner, Network: "10.0.0.0/24", Channel: "link", Language: "zh-Hans"}
	person  = customs.PersonEntry{NameLocal: "张伟", Nationality: "CN", Phone: "13800138000"}
	paper   = customs.DocumentEntry{DocType: "cn_id", Number: "11010519491231002X", ExpiryYear: "2031", ExpiryMonth: "1", ExpiryDay: "9"}
	consent = customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "v1"}
)

func picture(text string) document.Picture {
	sum := sha256.Sum256([]byte(text))
	return document.Picture{JPEG: []byte("jpeg " + text), Width: 1000, Height: 700, Sum: sum, Look: document.Look(binary.BigEndian.Uint64(sum[:]))}
}

func (b *bench) addPicture(t testing.TB, w shipment.Waybill, slot customs.Slot, text string) {
	t.Helper()
	if err := b.AddPicture(t.Context(), w, slot, picture(text), nil); err != nil {
		t.Fatal(err)
	}
}

// fill does all steps of a form but the last.
func (b *bench) fill(t testing.TB, w shipment.Waybill) customs.Identity {
	t.Helper()
	if _, err := b.Begin(t.Context(), w, owner); err != nil {
		t.Fatal(err)
	}
	if _, odd, err := b.SavePerson(t.Context(), w, person, owner); err != nil || len(odd) > 0 {
		t.Fatal(odd, err)
	}
	b.addPicture(t, w, customs.Front, "front of "+string(w))
	b.addPicture(t, w, customs.Back, "the back of "+string(w))
	i, odd, err := b.SaveDocument(t.Context(), w, paper, owner)
	if err != nil || len(odd) > 0 || !i.Finished() {
		t.Fatal(i, odd, err)
	}
	return i
}

func (b *bench) submit(t testing.TB, w shipment.Waybill) customs.Identity {
	t.Helper()
	i, err := b.Submit(t.Context(), w, b.fill(t, w).ID, consent, owner)
	if err != nil || i.State != customs.Review {
		t.Fatal(i, err)
	}
	return i
}

func (b *bench) take(t testing.TB, id customs.ID, staff account.ID) {
	t.Helper()
	if _, err := b.Take(t.Context(), id, staff); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) count(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	if err := b.db.Get(t.Context(), &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func (b *bench) fileCount(t testing.TB) int {
	t.Helper()
	list, err := os.ReadDir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func isErr(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}
