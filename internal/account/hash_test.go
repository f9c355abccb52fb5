package account_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/account"
)

func TestHashIsWhatIsStated(t *testing.T) {
	t.Parallel()
	h := account.NewHashing(2, 4)
	one, err := h.Hash(t.Context(), "pässwörter sind länger")
	if err != nil || !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") || account.Outdated(one) {
		t.Fatalf("%s, %v", one, err)
	}
	if two, _ := h.Hash(t.Context(), "pässwörter sind länger"); two == one {
		t.Error("the same salt twice")
	}
	for password, want := range map[string]bool{
		"pässwörter sind länger": true, norm.NFD.String("pässwörter sind länger"): true, "Pässwörter sind länger": false, "pässwörter sind länger ": false, "": false,
	} {
		if got, err := h.Fits(t.Context(), password, one); got != want || err != nil {
			t.Errorf("%q: %t, %v", password, got, err)
		}
	}
	for _, broken := range []string{"x", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAA", "$argon2id$v=19$m=4294967295,t=2,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA", strings.Replace(one, "t=2", "t=0", 1), one[:len(one)-30]} {
		if fits, err := h.Fits(t.Context(), "x", broken); fits || err == nil || strings.Contains(err.Error(), "$") {
			t.Errorf("%s: %t, %v", broken, fits, err)
		}
	}
}

// TestNothingFitsAnEmptyHash and it takes as long as a full one.
func TestNothingFitsAnEmptyHash(t *testing.T) {
	t.Parallel()
	h := account.NewHashing(1, 1)
	for _, p := range []string{"", password, strings.Repeat("\x00", 32)} {
		if fits, err := h.Fits(t.Context(), p, ""); fits || err != nil {
			t.Errorf("%q: %t, %v", p, fits, err)
		}
	}
}

// TestHashingIsBounded: of a hundred at once no more hash than there are slots,
// no more wait than there are places, and the others are refused at once.
func TestHashingIsBounded(t *testing.T) {
	t.Parallel()
	h := account.NewHashing(1, 4)
	var mutex sync.Mutex
	var all sync.WaitGroup
	hashed, slowest := 0, time.Duration(0)
	in, gate := make(chan struct{}), make(chan struct{})
	for i := range 100 {
		all.Go(func() {
			<-in
			start := time.Now()
			leave, err := h.Enter(from(i).Network)
			took := time.Since(start)
			mutex.Lock()
			slowest = max(slowest, took)
			mutex.Unlock()
			if err != nil {
				if !full(err, "hash") {
					t.Errorf("refused with %v", err)
				}
				return
			}
			defer leave()
			<-gate // all have asked by now
			if _, err := h.Hash(t.Context(), password); err != nil {
				t.Error(err)
			}
			mutex.Lock()
			hashed++
			mutex.Unlock()
		})
	}
	close(in)
	time.Sleep(50 * time.Millisecond)
	close(gate)
	all.Wait()
	if hashed != 4 || slowest > 50*time.Millisecond {
		t.Errorf("%d hashed, the slowest heard after %s", hashed, slowest)
	}
	if leave, err := h.Enter("x"); err != nil {
		t.Errorf("after it: %v", err)
	} else {
		leave()
	}
}

// TestNoNetworkFillsTheQueue: whoever is refused again and again keeps nobody of
// another network from signing in.
func TestNoNetworkFillsTheQueue(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	account.Crowd(d.Store, 9)
	d.customer(t, "mei@example.com")
	for range 10 {
		_, _, _ = d.SignIn(ctx, "x@example.com", wrong, from(1))
	}
	var stop atomic.Bool
	var all sync.WaitGroup
	defer all.Wait()
	defer stop.Store(true)
	for range 30 {
		all.Go(func() {
			for !stop.Load() {
				_, _, err := d.SignIn(ctx, "x@example.com", wrong, from(1))
				if !full(err, "sign_in") && !full(err, "hash") {
					t.Error(err)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	for range 30 {
		if _, _, err := d.SignIn(ctx, "mei@example.com", password, from(2)); err != nil {
			t.Errorf("the owner is kept out: %v", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// TestWaitingEndsWithTheCaller, who gives up his place.
func TestWaitingEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	h := account.NewHashing(1, 2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var all sync.WaitGroup
	defer all.Wait()
	started := make(chan struct{})
	all.Go(func() {
		close(started)
		for range 3 {
			_, _ = h.Hash(context.Background(), password)
		}
	})
	<-started
	for range 20 {
		if _, err := h.Hash(ctx, password); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

// TestFullQueueRefusesBeforeAnyQuery, for every act that hashes.
func TestFullQueueRefusesBeforeAnyQuery(t *testing.T) {
	t.Parallel()
	d, w := newWiredDesk(t)
	ctx := t.Context()
	d.customer(t, "mei@example.com")
	s, _ := d.signIn(t, "mei@example.com")
	m := d.ask(t, account.Reset, "mei@example.com")
	account.Crowd(d.Store, 0)
	w.Kinds()
	for name, act := range map[string]func() error{
		"sign in": func() error { _, _, err := d.SignIn(ctx, "mei@example.com", password, visitor()); return err },
		"prove":   func() error { _, _, err := d.Prove(ctx, s, password, visitor()); return err },
		"change":  func() error { _, _, err := d.ChangePassword(ctx, s, password, second, visitor()); return err },
	} {
		if err := act(); !full(err, "hash") {
			t.Errorf("%s: %v", name, err)
		}
		if sent := w.Kinds(); strings.Contains(sent, "E") {
			t.Errorf("%s: asked PostgreSQL %s", name, sent)
		}
	}
	if _, _, err := d.Open(ctx, token(m), account.Opening{Password: second}, visitor()); !full(err, "hash") {
		t.Errorf("reset: %v", err)
	}
	account.Crowd(d.Store, 1)
	if _, _, err := d.Open(ctx, token(m), account.Opening{Password: second}, visitor()); err != nil {
		t.Errorf("the link is used up: %v", err)
	}
}

// TestOldHashIsRenewedAtSignIn when the stated cost has changed, and only then.
func TestOldHashIsRenewedAtSignIn(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.Store = account.NewStore(d.db, d.db, nil, d.now) // at the stated cost
	a := d.customer(t, "mei@example.com")
	// argon2id of "a harbour in the rain" with m=8 KiB, t=1: far below the stated cost.
	const old = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
	phc := old + account.CheapSum("a harbour in the rain", "saltsaltsaltsalt")
	if _, err := d.db.Exec(ctx, `update accounts set password = $2 where id = $1`, a.ID, phc); err != nil {
		t.Fatal(err)
	}
	kept := func() (kept string) {
		t.Helper()
		if err := d.db.Get(ctx, &kept, `select password from accounts where id = $1`, a.ID); err != nil {
			t.Fatal(err)
		}
		return kept
	}
	_, _, err := d.SignIn(ctx, a.Email, wrong, visitor())
	want(t, "a wrong one", err, account.ErrWrongPassword)
	if kept() != phc {
		t.Error("a wrong password renewed the hash")
	}
	for range 2 {
		if _, _, err := d.SignIn(ctx, a.Email, "a harbour in the rain", visitor()); err != nil {
			t.Fatal(err)
		}
		if account.Outdated(kept()) {
			t.Errorf("kept %s", kept())
		}
		phc = kept()
	}
	if _, _, err := d.SignIn(ctx, a.Email, "a harbour in the rain", visitor()); err != nil || kept() != phc {
		t.Errorf("a hash of the stated cost was renewed, or %v", err)
	}
}

// BenchmarkHash is one password at the stated cost.
func BenchmarkHash(b *testing.B) {
	h := account.NewHashing(runtime.GOMAXPROCS(0), runtime.GOMAXPROCS(0))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := h.Hash(b.Context(), password); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSession is what every page of a signed-in person begins with.
func BenchmarkSession(b *testing.B) {
	d := newDesk(b)
	d.customer(b, "mei@example.com")
	_, token := d.signIn(b, "mei@example.com")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := d.Session(b.Context(), token, visitor()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPasswordProblems is the check of a new password.
func BenchmarkPasswordProblems(b *testing.B) {
	for b.Loop() {
		if account.PasswordKey(second, "mei@example.com") != "" {
			b.Fatal("refused")
		}
	}
}
