package main

import (
	"context"
	"encoding/json"
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
	"ecms/portal/internal/command"
	"ecms/portal/internal/job"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
)

// way is a way for mails that fails as a test wants, before or behind handing one over.
type way struct {
	mail.Sender
	mu             sync.Mutex
	before, behind []error // one a call, while there are any
	calls          int
}

func (w *way) Send(ctx context.Context, m mail.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls++
	if err := next(&w.before); err != nil {
		return err
	}
	if err := w.Sender.Send(ctx, m); err != nil {
		return err
	}
	err := next(&w.behind)
	if errors.Is(err, errKilled) {
		panic(err)
	}
	return err
}

var errKilled = errors.New("killed")

func next(list *[]error) (err error) {
	if len(*list) > 0 {
		err, *list = (*list)[0], (*list)[1:]
	}
	return err
}

// post is a database whose letters go one way, with a worker that sends them.
type post struct {
	*command.Database
	db *postgres.DB
}

func newPost(t *testing.T, choose func(*postgres.DB) mail.Sender) post {
	t.Helper()
	url := testdb.URL(t)
	db, err := postgres.Open(t.Context(), postgres.Options{URL: url, Pool: postgres.Work, MaxConns: 6})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d := office(db, shipment.NewStore(db, db, time.Now), choose(db))
	handlers := map[string]job.Handler{}
	for _, j := range jobs(d, letterhead) {
		handlers[j.Kind] = j.Do
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var ended sync.WaitGroup
	for range 2 { // as two portals on one database
		w := job.NewWorker(db, url, handlers, slog.New(slog.NewTextHandler(io.Discard, nil)))
		w.Poll = 50 * time.Millisecond
		ended.Go(func() { _ = w.Run(ctx) })
	}
	t.Cleanup(func() { stop(); ended.Wait() })
	return post{d, db}
}

// rest waits until no letter waits any more, and gives how many jobs died.
func (p post) rest(t *testing.T) int {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		b, err := job.Standing(t.Context(), p.db)
		if err != nil {
			t.Fatal(err)
		}
		if b.Ready == 0 {
			return b.Failed
		}
		if time.Since(begun) > 20*time.Second {
			t.Fatalf("the queue stands at %+v", b)
		}
	}
}

func (p post) ask(t *testing.T, purpose account.Purpose, email string) string {
	t.Helper()
	ref, err := p.Accounts.Ask(t.Context(), purpose, email, locale.English, "", account.Visitor{Network: "192.0.2.0/24"})
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

// TestLetterArrivesOnce, whatever goes wrong before and behind its sending.
func TestLetterArrivesOnce(t *testing.T) {
	t.Parallel()
	later := errors.New("mail server answered 451")
	for name, fails := range map[string]*way{
		"all well":                {},
		"put off twice":           {before: []error{later, later}},
		"killed behind sending":   {behind: []error{errKilled, errKilled}},
		"answer lost":             {behind: []error{errors.New("mail server did not answer in time")}},
		"put off and then killed": {before: []error{later}, behind: []error{errKilled}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			fails.Sender = mail.NewDir(dir)
			p := newPost(t, func(*postgres.DB) mail.Sender { return fails })
			ref := p.ask(t, account.Register, "lin@example.com")
			if died := p.rest(t); died != 0 {
				t.Errorf("%d jobs died", died)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil || len(files) != 1 || filepath.Base(files[0]) != ref+".eml" {
				t.Errorf("the folder holds %q, %v", files, err)
			}
			if sent := p.sent(t); sent != 1 {
				t.Errorf("%d letters are written down as sent", sent)
			}
			calls := fails.calls // a job that comes once more finds nothing to send
			if err := letters(p.Database, letterhead)(t.Context(), json.RawMessage(`{"ref":"`+ref+`"}`)); err != nil || fails.calls != calls {
				t.Errorf("again: %v, %d more calls", err, fails.calls-calls)
			}
		})
	}
}

func (p post) sent(t *testing.T) (n int) {
	t.Helper()
	if err := p.db.Get(t.Context(), &n, `select count(*) from letters where sent_at is not null`); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestHopelessLetterIsPutAside at once, and goes out on somebody's word.
func TestHopelessLetterIsPutAside(t *testing.T) {
	t.Parallel()
	fails := &way{before: []error{fmt.Errorf("%w: mail server answered 550", mail.ErrPermanent)}}
	p := newPost(t, func(db *postgres.DB) mail.Sender { fails.Sender = mail.NewOutbox(db); return fails })
	ref := p.ask(t, account.Register, "nobody@example.com")
	if died := p.rest(t); died != 1 || fails.calls != 1 {
		t.Fatalf("%d died after %d calls, want one after one", died, fails.calls)
	}
	dead, err := job.Aside(t.Context(), p.db)
	if err != nil || len(dead) != 1 || strings.Contains(dead[0].Reason, "nobody") || !strings.Contains(dead[0].Reason, "550") {
		t.Fatalf("dead: %+v, %v", dead, err)
	}
	if err := job.Retry(t.Context(), p.db, dead[0].ID); err != nil {
		t.Fatal(err)
	}
	p.rest(t)
	if m, err := p.Outbox.Find(t.Context(), ref); err != nil || m.To != "nobody@example.com" {
		t.Errorf("on somebody's word: %+v, %v", m, err)
	}
}

// TestManyLettersArriveOnceEach by two workers, to known and unknown addresses.
func TestManyLettersArriveOnceEach(t *testing.T) {
	t.Parallel()
	fails := &way{}
	for range 12 {
		fails.behind = append(fails.behind, nil, errKilled)
	}
	p := newPost(t, func(db *postgres.DB) mail.Sender { fails.Sender = mail.NewOutbox(db); return fails })
	if _, err := p.Accounts.Make(t.Context(), account.Account{Email: "known@example.com", Role: account.Customer, Language: locale.Korean}, ""); err != nil {
		t.Fatal(err)
	}
	refs := map[string]string{}
	for i, purpose := range []account.Purpose{account.Register, account.SignIn, account.Reset} {
		for _, email := range []string{"known@example.com", "unknown@example.com", fmt.Sprintf("other%d@example.com", i)} {
			refs[p.ask(t, purpose, email)] = email
		}
	}
	if died := p.rest(t); died != 0 {
		t.Errorf("%d jobs died", died)
	}
	list, err := p.Outbox.List(t.Context(), 100)
	if err != nil || len(list) != len(refs) || p.sent(t) != len(refs) {
		t.Fatalf("%d mails, %d written down, %v; want %d", len(list), p.sent(t), err, len(refs))
	}
	for _, m := range list {
		if refs[m.Ref] != m.To {
			t.Errorf("%s went to %s, want %s", m.Ref, m.To, refs[m.Ref])
		}
	}
}

// TestLinkInTheFileOpensTheAccount: what is mailed is what the store knows.
func TestLinkInTheFileOpensTheAccount(t *testing.T) {
	t.Parallel()
	p := newPost(t, func(db *postgres.DB) mail.Sender { return mail.NewOutbox(db) })
	ref := p.ask(t, account.Register, "lin@example.com")
	p.rest(t)
	m, err := p.Outbox.Find(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	const before = "https://ecms.example.com/en/register/confirm/"
	_, token, found := strings.Cut(m.Text, before)
	token, _, _ = strings.Cut(token, "\n")
	if !found || !strings.Contains(m.HTML, before+token) {
		t.Fatalf("no link in\n%s\n%s", m.Text, m.HTML)
	}
	s, _, err := p.Accounts.Open(t.Context(), token, account.Opening{Terms: "1", Language: locale.English}, account.Visitor{})
	if err != nil || s.Account.Email != "lin@example.com" {
		t.Errorf("opened %+v, %v", s.Account, err)
	}
}

// TestArgumentsThatCannotBeRead are put aside at once.
func TestArgumentsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	p := newPost(t, func(db *postgres.DB) mail.Sender { return mail.NewOutbox(db) })
	for _, kind := range []string{account.JobLetter, "shelf.join"} {
		err := p.db.InTx(t.Context(), func(tx *postgres.Tx) error { return job.Enqueue(t.Context(), tx, kind, "not an object") })
		if err != nil {
			t.Fatal(err)
		}
	}
	if died := p.rest(t); died != 2 {
		t.Errorf("%d died, want both", died)
	}
}
