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
	"ecms/portal/internal/fault"
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
			Consignee:   shipment.Party{Name: "张伟", Phone: "+86 138-0013-8000", Postcode: "310000"},
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

func TestFromFormToAcceptance(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	draft := b.fill(t, "W1")
	if again, err := b.Begin(ctx, "W1", owner); err != nil || again.ID != draft.ID {
		t.Errorf("the form is begun twice: %v, %v", again, err)
	}
	var wrong fault.Invalid
	if _, err := b.Submit(ctx, "W1", draft.ID, customs.Submission{}, owner); !errors.As(err, &wrong) || len(wrong) != 2 {
		t.Errorf("without consent: %v", err)
	}
	sent, err := b.Submit(ctx, "W1", draft.ID, consent, owner)
	if err != nil || sent.State != customs.Review || sent.Masked != "110***********002X" || sent.Reference == "" {
		t.Fatalf("%+v, %v", sent, err)
	}
	if again, err := b.Submit(ctx, "W1", draft.ID, consent, owner); err != nil || again.Reference != sent.Reference || b.count(t, `select count(*) from consents`) != 2 {
		t.Errorf("the second press: %+v, %v", again, err)
	}
	lin, mo := b.staff(t, "lin"), b.staff(t, "mo")
	_, err = b.Accept(ctx, sent.ID, lin)
	isErr(t, "not in hand", err, customs.ErrTaken)
	b.take(t, sent.ID, lin)
	_, err = b.Take(ctx, sent.ID, mo)
	isErr(t, "in another's hands", err, customs.ErrTaken)
	b.now = b.now.Add(31 * time.Minute)
	b.take(t, sent.ID, mo)
	if done, err := b.Accept(ctx, sent.ID, mo); err != nil || done.State != customs.Accepted {
		t.Fatal(done, err)
	}
	p, err := b.feed.Lookup(ctx, "W1")
	if err != nil || p.Status.Customs != "" {
		t.Errorf("customs still says %q, %v", p.Status.Customs, err)
	}
	_, err = b.Refuse(ctx, sent.ID, mo, "expired", nil)
	isErr(t, "decided twice", err, customs.ErrDecided)
}

func TestFormRefusesAllAtOnce(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	_, _, err := b.SavePerson(ctx, "W1", person, owner)
	isErr(t, "no form", err, fault.ErrNotFound)
	if _, err := b.Begin(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	_, _, err = b.SaveDocument(ctx, "W1", paper, owner)
	isErr(t, "document first", err, customs.ErrUnfinished)
	if _, _, err := b.SavePerson(ctx, "W1", person, owner); err != nil {
		t.Fatal(err)
	}
	b.addPicture(t, "W1", customs.Front, "same")
	b.addPicture(t, "W1", customs.Back, "same")
	b.addPicture(t, "W1", customs.Permit, "for another document")
	bad := paper
	bad.Number, bad.ExpiryYear = "110105194912310021", "2020"
	_, odd, err := b.SaveDocument(ctx, "W1", bad, owner)
	if got := keys(odd, err); got != "doc_number.check expiry.past back.same" {
		t.Errorf("says %q", got)
	}
	b.addPicture(t, "W1", customs.Back, "another picture") // in place of the first
	i, odd, err := b.SaveDocument(ctx, "W1", paper, owner)
	if got := keys(odd, err); got != "" || !i.Finished() {
		t.Errorf("says %q: %+v", got, i)
	}
	list, err := b.Pictures(ctx, i.ID)
	if err != nil || len(list) != 2 || b.fileCount(t) != 2 || list[0].Slot != customs.Front {
		t.Errorf("kept %+v, %v, %d files", list, err, b.fileCount(t))
	}
	_, err = b.Begin(ctx, "NONE", owner)
	isErr(t, "unknown parcel", err, fault.ErrNotFound)
	_, err = b.Submit(ctx, "W1", i.ID+1, consent, owner)
	isErr(t, "unknown form", err, fault.ErrNotFound)
}

// TestOnlyTheWrongPartIsAskedAgain after a refusal, and until it is sent the old one stands.
func TestOnlyTheWrongPartIsAskedAgain(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := b.staff(t, "lin")
	b.take(t, sent.ID, lin)
	_, err := b.Refuse(ctx, sent.ID, lin, "because", nil)
	if _, isInvalid := errors.AsType[fault.Invalid](err); !isInvalid {
		t.Errorf("an unknown reason: %v", err)
	}
	refused, err := b.Refuse(ctx, sent.ID, lin, "unreadable", []string{"back", "permit"})
	if err != nil || refused.State != customs.Refused || len(refused.RefusedParts) != 1 {
		t.Fatal(refused, err)
	}
	draft, err := b.Begin(ctx, "W1", owner)
	if err != nil || !draft.HasPerson || draft.HasDocument || draft.Refusal != "unreadable" || draft.Masked != refused.Masked {
		t.Fatalf("%+v, %v", draft, err)
	}
	if now, err := b.Current(ctx, "W1"); err != nil || now.ID != refused.ID {
		t.Errorf("what counts meanwhile: %+v, %v", now, err)
	}
	_, odd, err := b.SaveDocument(ctx, "W1", customs.DocumentEntry{}, owner)
	if got := keys(odd, err); got != "back.empty" {
		t.Errorf("says %q", got)
	}
	b.addPicture(t, "W1", customs.Back, "a better one")
	if _, odd, err = b.SaveDocument(ctx, "W1", customs.DocumentEntry{}, owner); err != nil || len(odd) > 0 {
		t.Fatal(odd, err)
	}
	again, err := b.Submit(ctx, "W1", draft.ID, consent, owner)
	if err != nil || again.State != customs.Review {
		t.Fatal(again, err)
	}
	_, c, err := b.View(ctx, again.ID, owner, "")
	if err != nil || c.Document.Number != "11010519491231002X" || c.Person.NameLocal != "张伟" {
		t.Errorf("%+v, %v", c.Document, err)
	}
	if old := b.count(t, `select count(*) from identities where state = 'replaced' and id = $1`, int64(refused.ID)); old != 1 {
		t.Error("the refused one is not replaced")
	}
	if _, err := b.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	_, _, err = b.View(ctx, refused.ID, customs.By{Role: customs.Staff, Account: lin}, "compare")
	isErr(t, "the replaced one", err, customs.ErrErased)
	if b.fileCount(t) != 2 {
		t.Errorf("%d files", b.fileCount(t))
	}
}

func TestLooksAreWrittenFirst(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	sent := b.submit(t, "W1")
	staff := customs.By{Role: customs.Staff, Account: b.staff(t, "lin"), Network: "10.1.0.0/24"}
	if _, _, err := b.View(ctx, sent.ID, staff, " "); err == nil {
		t.Error("staff look without a reason")
	}
	if _, c, err := b.View(ctx, sent.ID, staff, "review"); err != nil || c.Person.Phone != "+8613800138000" {
		t.Errorf("%v, %v", c, err)
	}
	if jpeg, err := b.Picture(ctx, sent.ID, customs.Front, staff, "review"); err != nil || string(jpeg) != "jpeg front of W1" {
		t.Errorf("%q, %v", jpeg, err)
	}
	_, err := b.Picture(ctx, sent.ID, customs.Permit, staff, "review")
	isErr(t, "a side that is not there", err, fault.ErrNotFound)
	looks, err := b.Looks(ctx, "W1")
	if err != nil || len(looks) != 3 || looks[0].What != customs.WhatRefused || looks[2].What != customs.WhatView || looks[2].Name != "lin" || looks[2].Reason != "review" {
		t.Errorf("looks %+v, %v", looks, err)
	}
	if other, err := b.Looks(ctx, "W2"); err != nil || len(other) != 0 {
		t.Errorf("another parcel's looks: %+v, %v", other, err)
	}
	if _, err := b.db.Exec(ctx, `update identity_looks set reason = 'nothing'`); err == nil {
		t.Error("a look can be changed")
	}
	report, err := b.AccessReport(ctx, 2026, time.December)
	if err != nil || len(report.Lines) != 3 || len(report.Looks) != 3 || report.Lines[0].Records != 1 {
		t.Errorf("report %+v, %v", report, err)
	}
	if none, err := b.AccessReport(ctx, 2026, time.November); err != nil || len(none.Looks) != 0 {
		t.Errorf("another month: %+v, %v", none, err)
	}
	if _, err := b.db.Exec(ctx, `alter table identity_looks add constraint full_disk check (false) not valid`); err != nil {
		t.Fatal(err)
	}
	if _, c, err := b.View(ctx, sent.ID, staff, "review"); err == nil || c != (customs.Clear{}) {
		t.Error("shown without a look")
	}
}
