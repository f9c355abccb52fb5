package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/job"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// desk is a database with parcels to Korea of which customs waits for an identity,
// and a clock to turn. Its workers start when a test wants them.
type desk struct {
	post
	url string
	mu  sync.Mutex
	now time.Time
}

// asked is when customs began to wait: the tenth in Seoul, so that the last day is the 24th.
var asked = time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)

func (d *desk) clock() time.Time { d.mu.Lock(); defer d.mu.Unlock(); return d.now }

func (d *desk) turn(days int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = asked.AddDate(0, 0, days)
}

func newDesk(t *testing.T, choose func(*postgres.DB) mail.Sender) *desk {
	t.Helper()
	d := &desk{url: testdb.URL(t), now: asked.Add(time.Hour)}
	db, err := postgres.Open(t.Context(), postgres.Options{URL: d.url, Pool: postgres.Work, MaxConns: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.post = post{office(db, shipment.NewStore(db, db, d.clock), choose(db)), db}
	d.Shipments.OnTold = customs.Asked
	ring, err := seal.NewRing([]byte("a master key of thirty-two bytes"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := document.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	d.Customs = customs.NewStore(db, db, d.Shipments, files, ring, d.clock)
	return d
}

// work lets two workers do what waits, as two portals on one database, until all is done.
func (d *desk) work(t *testing.T) (died int) {
	t.Helper()
	handlers := map[string]job.Handler{}
	for _, j := range jobs(d.Database, letterhead) {
		handlers[j.Kind] = j.Do
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var ended sync.WaitGroup
	for range 2 {
		w := job.NewWorker(d.db, d.url, handlers, slog.New(slog.NewTextHandler(io.Discard, nil)))
		w.Poll = 50 * time.Millisecond
		ended.Go(func() { _ = w.Run(ctx) })
	}
	died = d.rest(t)
	stop()
	ended.Wait()
	return died
}

// bring lets the feed tell of parcels that wait for an identity.
func (d *desk) bring(t *testing.T, ws ...shipment.Waybill) {
	t.Helper()
	for _, w := range ws {
		_, err := d.Shipments.ReceiveShipments(t.Context(), []shipment.Record{{
			Waybill: w, AcceptedAt: asked.AddDate(0, 0, -5), Piece: 1, Pieces: 1,
			Origin:      shipment.Place{Country: "US", Zone: "America/New_York"},
			Destination: shipment.Place{Place: "Seoul", Country: "KR", Zone: "Asia/Seoul"},
			Consignee:   shipment.Party{Name: "홍길동", Phone: "+82 10-2000-0000", Email: string(w) + "@example.com", Postcode: "04524"},
		}})
		if err != nil {
			t.Fatal(err)
		}
		d.tell(t, w, asked, "awaiting_id")
	}
}

func (d *desk) tell(t *testing.T, w shipment.Waybill, at time.Time, code string) {
	t.Helper()
	c := shipment.Checkpoint{Waybill: w, EventID: code + at.String(), At: at, Country: "KR", Code: code, Source: "x"}
	if _, err := d.Shipments.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{c}); err != nil {
		t.Fatal(err)
	}
}

var giver = customs.By{Role: customs.Owner, Network: "192.0.2.0/24", Channel: "link", Language: "en"}

// hand hands an identity in, as the form does.
func (d *desk) hand(t *testing.T, w shipment.Waybill) customs.Identity {
	t.Helper()
	ctx := t.Context()
	_, err := d.Customs.Begin(ctx, w, giver)
	if err == nil {
		_, _, err = d.Customs.SavePerson(ctx, w, customs.PersonEntry{NameLocal: "홍길동", Phone: "010-2000-0000", Postcode: "04524", NameConsent: true}, giver)
	}
	var i customs.Identity
	if err == nil {
		i, _, err = d.Customs.SaveDocument(ctx, w, customs.DocumentEntry{DocType: "kr_pccc", Number: customs.Example(customs.KRCode)}, giver)
	}
	if err == nil {
		i, err = d.Customs.Submit(ctx, w, i.ID, customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "v1"}, giver)
	}
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// decide ends a case as one of the staff does.
func (d *desk) decide(t *testing.T, id customs.ID, why customs.Reason) {
	t.Helper()
	ctx := t.Context()
	staff, err := d.Accounts.Find(ctx, "staff@example.com")
	if err != nil {
		staff, err = d.Accounts.Make(ctx, account.Account{Email: "staff@example.com", Role: account.Staff, Language: "en"}, "")
	}
	if err == nil {
		_, err = d.Customs.Take(ctx, id, staff.ID)
	}
	if err == nil && why == "" {
		_, err = d.Customs.Accept(ctx, id, staff.ID)
	} else if err == nil {
		_, err = d.Customs.Refuse(ctx, id, staff.ID, why, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// remind lets the clock's job come round and what it owes be sent.
func (d *desk) remind(t *testing.T, days int) {
	t.Helper()
	d.turn(days)
	if _, err := d.Customs.Remind(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// subjects are the mails to one parcel's consignee, oldest first.
func (d *desk) subjects(t *testing.T, w shipment.Waybill) (list []string) {
	t.Helper()
	const query = `select subject from outbox where recipient = $1 || '@example.com' order by at, ref`
	if err := d.db.Select(t.Context(), &list, query, string(w)); err != nil {
		t.Fatal(err)
	}
	return list
}

func outbox(db *postgres.DB) mail.Sender { return mail.NewOutbox(db) }

// TestIdentityMailsOfAParcelsLife: each is sent once, when its time has come.
func TestIdentityMailsOfAParcelsLife(t *testing.T) {
	t.Parallel()
	d := newDesk(t, outbox)
	d.bring(t, "W1001", "W1002")
	d.work(t)
	for _, days := range []int{0, 6, 7, 7, 10, 11, 12, 13, 14} {
		d.remind(t, days)
		d.work(t)
	}
	first := d.hand(t, "W1002")
	d.decide(t, first.ID, "phone_differs")
	d.work(t)
	second := d.hand(t, "W1002")
	d.decide(t, second.ID, "")
	d.remind(t, 15)
	d.remind(t, 30)
	if died := d.work(t); died != 0 {
		t.Errorf("%d jobs died", died)
	}
	want := []string{"통관에 필요한 신원 정보", "다시 알려", "다시 알려", "다시 알려"}
	for w, more := range map[shipment.Waybill][]string{"W1001": {"소포가 곧 반송"}, "W1002": {"please correct", "is accepted"}} {
		got := d.subjects(t, w)
		for i, words := range append(want, more...) {
			if len(got) != len(want)+len(more) || !strings.Contains(got[i], words) {
				t.Fatalf("%s got %q", w, got)
			}
		}
	}
	if r, err := d.Customs.Request(t.Context(), "W1001"); err != nil || r.NoticeAt.IsZero() {
		t.Errorf("the return of W1001: %+v, %v", r, err)
	}
}

// TestIdentityMailArrivesOnce, whatever goes wrong before and behind its sending,
// and its link is the same each time.
func TestIdentityMailArrivesOnce(t *testing.T) {
	t.Parallel()
	later := errors.New("mail server answered 451")
	for name, fails := range map[string]*way{
		"put off":             {before: []error{later}},
		"killed behind it":    {behind: []error{errKilled, errKilled}},
		"put off then killed": {before: []error{later}, behind: []error{errKilled}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			texts := &kept{Sender: mail.NewDir(dir)}
			fails.Sender = texts
			d := newDesk(t, func(*postgres.DB) mail.Sender { return fails })
			d.bring(t, "W1001")
			if died := d.work(t); died != 0 {
				t.Errorf("%d jobs died", died)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) != 1 {
				t.Fatalf("the folder holds %q, %v", files, err)
			}
			told, err := d.Customs.Letters(t.Context(), "W1001")
			if err != nil || len(told) != 1 || told[0].Ended != "sent" || told[0].EndedAt.IsZero() {
				t.Errorf("%+v, %v", told, err)
			}
			for _, text := range texts.texts {
				if text != texts.texts[0] || !strings.Contains(text, "/ko/p/") {
					t.Errorf("sent again it says\n%s\nat first\n%s", text, texts.texts[0])
				}
			}
			var links int
			if err := d.db.Get(t.Context(), &links, `select count(*) from parcel_links`); err != nil || links != 1 {
				t.Errorf("%d links, %v", links, err)
			}
		})
	}
}

// kept remembers what mails said.
type kept struct {
	mail.Sender
	texts []string
}

func (k *kept) Send(ctx context.Context, m mail.Message) error {
	k.texts = append(k.texts, m.Text)
	return k.Sender.Send(ctx, m)
}

// TestManyIdentityMailsArriveOnceEach by two workers, some of whom are killed, and
// by a clock that comes round twice at once.
func TestManyIdentityMailsArriveOnceEach(t *testing.T) {
	t.Parallel()
	fails := &way{}
	for range 10 {
		fails.behind = append(fails.behind, nil, errKilled)
	}
	d := newDesk(t, func(db *postgres.DB) mail.Sender { fails.Sender = mail.NewOutbox(db); return fails })
	var ws []shipment.Waybill
	for i := range 15 {
		ws = append(ws, shipment.Waybill(fmt.Sprintf("W%d", 2000+i)))
	}
	d.bring(t, ws...)
	d.work(t)
	d.turn(7)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := d.Customs.Remind(context.WithoutCancel(t.Context())); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if died := d.work(t); died != 0 {
		t.Errorf("%d jobs died", died)
	}
	for _, w := range ws {
		if got := d.subjects(t, w); len(got) != 2 {
			t.Errorf("%s got %q", w, got)
		}
	}
}

// TestWhatIsTrueNoMoreIsNotSent: the mail waits in the queue while the world goes on.
func TestWhatIsTrueNoMoreIsNotSent(t *testing.T) {
	t.Parallel()
	reminded := func(t *testing.T, d *desk) { d.remind(t, 7) }
	for name, tc := range map[string]struct {
		owe, then func(*testing.T, *desk)
		left      string
	}{
		"handed in before the reminder": {reminded, func(t *testing.T, d *desk) { d.hand(t, "W1001") }, ""},
		"accepted before the reminder":  {reminded, func(t *testing.T, d *desk) { d.decide(t, d.hand(t, "W1001").ID, "") }, "is accepted"},
		"withdrawn before the reminder": {reminded, func(t *testing.T, d *desk) {
			d.hand(t, "W1001")
			if err := d.Customs.Withdraw(t.Context(), "W1001", giver); err != nil {
				t.Fatal(err)
			}
		}, ""},
		"released before the reminder": {reminded, func(t *testing.T, d *desk) { d.tell(t, "W1001", asked.AddDate(0, 0, 7), "released") }, ""},
		"the last day has passed":      {reminded, func(t *testing.T, d *desk) { d.turn(15) }, ""},
		"asked again later": {reminded, func(t *testing.T, d *desk) {
			d.tell(t, "W1001", asked.AddDate(0, 0, 7), "released")
			d.remind(t, 8)
			d.tell(t, "W1001", asked.AddDate(0, 0, 9), "awaiting_id")
			d.turn(9)
		}, "통관에 필요한"},
		"handed in after the last day": {func(t *testing.T, d *desk) { d.remind(t, 15) }, func(t *testing.T, d *desk) { d.hand(t, "W1001") }, ""},
		"corrected before the refusal was sent": {
			func(t *testing.T, d *desk) { d.decide(t, d.hand(t, "W1001").ID, "phone_differs") },
			func(t *testing.T, d *desk) { d.hand(t, "W1001") }, "",
		},
		"released before the refusal was sent": {
			func(t *testing.T, d *desk) { d.decide(t, d.hand(t, "W1001").ID, "phone_differs") },
			func(t *testing.T, d *desk) { d.tell(t, "W1001", asked.AddDate(0, 0, 7), "released") }, "",
		},
		"nobody is known": {reminded, func(t *testing.T, d *desk) {
			if _, err := d.db.Exec(t.Context(), `update shipments set consignee_email = 'to be told'`); err != nil {
				t.Fatal(err)
			}
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, outbox)
			d.bring(t, "W1001")
			d.work(t)
			tc.owe(t, d)
			tc.then(t, d)
			if died := d.work(t); died != 0 {
				t.Errorf("%d jobs died", died)
			}
			got := d.subjects(t, "W1001")[1:]
			if tc.left == "" && len(got) > 0 || tc.left != "" && (len(got) != 1 || !strings.Contains(got[0], tc.left)) {
				t.Errorf("sent %q", got)
			}
			var owed int
			if err := d.db.Get(t.Context(), &owed, `select count(*) from identity_letters where ended_at is null`); err != nil || owed != 0 {
				t.Errorf("%d are still owed, %v", owed, err)
			}
		})
	}
}

// TestNothingSecretWaitsInTheQueue, neither a link nor what was given, and the mail's
// link opens the form for whoever knows the phone.
func TestNothingSecretWaitsInTheQueue(t *testing.T) {
	t.Parallel()
	d := newDesk(t, outbox)
	d.bring(t, "W1001")
	d.decide(t, d.hand(t, "W1001").ID, "phone_differs")
	var queue string
	const all = `select string_agg(args::text, ' ') || coalesce((select string_agg(l::text, ' ') from identity_letters l), '') from jobs`
	if err := d.db.Get(t.Context(), &queue, all); err != nil {
		t.Fatal(err)
	}
	d.work(t)
	var text string
	if err := d.db.Get(t.Context(), &text, `select body_text || body_html from outbox where subject like '%correct%'`); err != nil {
		t.Fatal(err)
	}
	_, key, _ := strings.Cut(text, "/p/")
	key, _, _ = strings.Cut(key, "\n")
	for _, secret := range []string{key, customs.Example(customs.KRCode), "2000-0000", "20000000", "홍길동", "04524"} {
		if strings.Contains(queue, secret) {
			t.Errorf("%q waits in the queue:\n%s", secret, queue)
		}
		if secret != key && strings.Contains(text, secret) {
			t.Errorf("the mail holds %q", secret)
		}
	}
	if _, err := d.Customs.OpenLink(t.Context(), key, "1111", "192.0.2.0/24", ""); !errors.Is(err, shipment.ErrWrongFact) {
		t.Errorf("with a wrong phone: %v", err)
	}
	if g, err := d.Customs.OpenLink(t.Context(), key, "0000", "192.0.2.0/24", ""); err != nil || g.Waybill != "W1001" {
		t.Errorf("%+v, %v", g, err)
	}
}
