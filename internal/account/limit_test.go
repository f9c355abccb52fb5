package account_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

const wrong = "a wrong password, of course"

func from(n int) account.Visitor {
	return account.Visitor{Network: fmt.Sprintf("10.0.%d.0/24", n), Agent: "x"}
}

// count runs n acts at the same moment and counts how they end; who finds the
// queue for hashing full comes back.
func count(n int, act func(i int) error) map[string]int {
	ends := map[string]int{}
	gate := make(chan struct{})
	var mutex sync.Mutex
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-gate
			err := act(i)
			for full(err, "hash") {
				time.Sleep(5 * time.Millisecond)
				err = act(i)
			}
			end := "done"
			var many fault.TooMany
			switch {
			case errors.As(err, &many):
				end = many.Limit
			case errors.Is(err, account.ErrWrongPassword):
				end = "wrong"
			case errors.Is(err, account.ErrSpent):
				end = "spent"
			case err != nil:
				end = err.Error()
			}
			mutex.Lock()
			defer mutex.Unlock()
			ends[end]++
		})
	}
	close(gate)
	all.Wait()
	return ends
}

// TestFiftyTriesAtOnce from as many networks: ten are looked at, known or not.
func TestFiftyTriesAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account.Crowd(d.Store, 50)
	d.customer(t, "mei@example.com")
	for _, email := range []string{"mei@example.com", "nobody@example.com", "no address"} {
		ends := count(50, func(i int) error {
			_, _, err := d.SignIn(t.Context(), email, wrong, from(i))
			return err
		})
		if ends["wrong"] != 10 || ends["sign_in"] != 40 {
			t.Errorf("%s: %v, want 10 wrong and 40 refused", email, ends)
		}
	}
}

func TestEleventhTryIsRefused(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	for _, email := range []string{" MEI@example.com", "nobody@example.com"} {
		for i := range 10 {
			_, _, err := d.SignIn(ctx, email, wrong, from(i))
			want(t, "a wrong one", err, account.ErrWrongPassword)
			d.pass(time.Minute)
		}
		for _, p := range []string{wrong, password} { // the right one would tell that it is
			_, _, err := d.SignIn(ctx, email, p, from(99))
			var many fault.TooMany
			if !errors.As(err, &many) || many.Limit != "sign_in" || many.RetryAfter != 50*time.Minute {
				t.Errorf("%s, the eleventh: %v, %s", email, err, many.RetryAfter)
			}
		}
		d.pass(50*time.Minute - time.Second)
		_, _, err := d.SignIn(ctx, email, wrong, from(99))
		if !full(err, "sign_in") {
			t.Errorf("%s, in the last second: %v", email, err)
		}
		d.pass(time.Second)
		_, _, err = d.SignIn(ctx, email, wrong, from(99))
		want(t, "an hour after the first", err, account.ErrWrongPassword)
		_, _, err = d.SignIn(ctx, email, wrong, from(99))
		if !full(err, "sign_in") {
			t.Errorf("%s, the next: %v", email, err)
		}
	}
}

// TestOwnerComesInByLetter while others have used the tries up, and may then try again.
func TestOwnerComesInByLetter(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	for i := range 10 {
		_, _, _ = d.SignIn(ctx, "mei@example.com", wrong, from(1))
		if i < 5 {
			d.mustAsk(t, account.SignIn, "mei@example.com", from(1))
		}
	}
	if _, _, err := d.SignIn(ctx, "mei@example.com", password, from(2)); !full(err, "sign_in") {
		t.Errorf("password: %v", err)
	}
	if _, err := d.Ask(ctx, account.SignIn, "mei@example.com", locale.English, "", from(1)); !full(err, "letter") {
		t.Errorf("the sixth letter from there: %v", err)
	}
	ref := d.mustAsk(t, account.SignIn, "mei@example.com", from(2))
	m, err := d.ToSend(ctx, ref)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Open(ctx, token(m), account.Opening{}, from(2)); err != nil {
		t.Errorf("link: %v", err)
	}
	if _, _, err := d.SignIn(ctx, "mei@example.com", password, from(3)); err != nil {
		t.Errorf("password after it: %v", err)
	}
}

// TestRightPasswordsDoNotCount, and take the wrong ones from the same network with them.
func TestRightPasswordsDoNotCount(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	for range 2 {
		for range 9 {
			_, _, _ = d.SignIn(ctx, "mei@example.com", wrong, from(1))
		}
		if _, _, err := d.SignIn(ctx, "mei@example.com", password, from(1)); err != nil {
			t.Fatal(err)
		}
	}
	for range 9 {
		_, _, _ = d.SignIn(ctx, "mei@example.com", wrong, from(1))
	}
	if _, _, err := d.SignIn(ctx, "mei@example.com", password, from(2)); err != nil {
		t.Fatal(err)
	}
	_, _, err := d.SignIn(ctx, "mei@example.com", wrong, from(1))
	want(t, "the tenth of another network", err, account.ErrWrongPassword)
	if _, _, err := d.SignIn(ctx, "mei@example.com", wrong, from(1)); !full(err, "sign_in") {
		t.Errorf("the eleventh: %v", err)
	}
}

// TestNetworkHasThirtyTries, over all addresses and all at once.
func TestNetworkHasThirtyTries(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	account.Crowd(d.Store, 60)
	ends := count(60, func(i int) error {
		_, _, err := d.SignIn(t.Context(), fmt.Sprintf("p%d@example.com", i), wrong, from(1))
		return err
	})
	if ends["wrong"] != 30 || ends["sign_in"] != 30 {
		t.Errorf("%v, want 30 wrong and 30 refused", ends)
	}
	_, _, err := d.SignIn(t.Context(), "p59@example.com", wrong, from(2))
	want(t, "from another network", err, account.ErrWrongPassword)
}

// TestOwnerGetsALetterAllTheSame, also while strangers have all the letters sent
// to the address that their networks may ask for.
func TestOwnerGetsALetterAllTheSame(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	for _, email := range []string{"mei@example.com", "nobody@example.com"} {
		ends := count(40, func(i int) error {
			_, err := d.Ask(ctx, account.SignIn, email, locale.English, "", from(10+i%8))
			return err
		})
		if ends["done"] < 15 || ends["done"] > 22 || ends["done"]+ends["letter"] != 40 {
			t.Errorf("%s: %v, want 15 letters to eight networks and few more", email, ends)
		}
		if _, err := d.Ask(ctx, account.SignIn, email, locale.English, "", from(1)); err != nil {
			t.Errorf("%s: the owner: %v", email, err)
		}
		if _, err := d.Ask(ctx, account.SignIn, email, locale.English, "", from(1)); !full(err, "letter") {
			t.Errorf("%s: the owner once more: %v", email, err)
		}
	}
}

func TestLettersAreLimited(t *testing.T) {
	t.Parallel()
	d, ctx := newDesk(t), t.Context()
	d.customer(t, "mei@example.com")
	kinds := []account.Purpose{account.Register, account.SignIn, account.Reset}
	for _, email := range []string{"mei@example.com", "nobody@example.com"} {
		ends := count(30, func(i int) error {
			_, err := d.Ask(ctx, kinds[i%3], email, locale.English, "", from(1))
			return err
		})
		if ends["done"] != 5 || ends["letter"] != 25 {
			t.Errorf("%s from one network: %v, want 5 letters", email, ends)
		}
		ends = count(60, func(i int) error {
			_, err := d.Ask(ctx, kinds[i%3], email, locale.English, "", from(100+i))
			return err
		})
		if ends["done"] != 45 || ends["letter"] != 15 {
			t.Errorf("%s from all: %v, want 45 more letters", email, ends)
		}
	}
	ends := count(30, func(i int) error {
		_, err := d.Ask(ctx, account.Register, fmt.Sprintf("p%d@example.com", i), locale.English, "", from(2))
		return err
	})
	if ends["done"] != 20 || ends["letter"] != 10 {
		t.Errorf("one network to many: %v, want 20 letters", ends)
	}
	d.pass(time.Hour - time.Second)
	if _, err := d.Ask(ctx, account.Register, "mei@example.com", locale.English, "", from(1)); !full(err, "letter") {
		t.Errorf("in the last second: %v", err)
	}
	d.pass(time.Second)
	d.mustAsk(t, account.Register, "mei@example.com", from(1))
}
