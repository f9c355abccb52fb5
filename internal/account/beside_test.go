package account_test

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"strings"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
)

func work(password string) account.Work {
	return account.Work{Password: []byte(password), Salt: []byte("0123456789abcdef"), Memory: 64, Passes: 1, Threads: 1, Size: 32}
}

// beside runs the process's work in this one, and gives a way to end its input.
func beside(t *testing.T) (h *account.Hasher, end func() error) {
	t.Helper()
	workOut, workIn := io.Pipe()
	sumOut, sumIn := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := account.ServeHashes(workOut, sumIn)
		_ = sumIn.Close()
		_ = workOut.Close()
		ended <- err
	}()
	return account.NewHasher(workIn, sumOut), func() error {
		_ = workIn.Close()
		return <-ended
	}
}

func TestHashesBesideAreTheSame(t *testing.T) {
	t.Parallel()
	h, end := beside(t)
	for _, password := range []string{"one parcel", "another parcel", "", strings.Repeat("長い", 300)} {
		want, err := work(password).Sum(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		got, err := h.Sum(work(password))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%.20q: %x, %v; want %x", password, got, err, want)
		}
	}
	if err := end(); err != nil {
		t.Errorf("at the end of its input: %v", err)
	}
	if _, err := h.Sum(work("one parcel")); err == nil {
		t.Error("a hash from a process that has ended")
	}
}

func TestHashesOutOfAllMeasureAreRefused(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*account.Work){
		"memory": func(w *account.Work) { w.Memory = 1 << 31 }, "passes": func(w *account.Work) { w.Passes = 1 << 30 },
		"no passes": func(w *account.Work) { w.Passes = 0 }, "no threads": func(w *account.Work) { w.Threads = 0 },
		"size": func(w *account.Work) { w.Size = 1 << 30 }, "no size": func(w *account.Work) { w.Size = 0 },
	} {
		w := work("one parcel")
		change(&w)
		if sum, err := w.Sum(t.Context()); err == nil || sum != nil {
			t.Errorf("%s: %x", name, sum)
		}
		h, end := beside(t)
		if _, err := h.Sum(w); err == nil {
			t.Errorf("%s: hashed beside", name)
		}
		if end() == nil {
			t.Errorf("%s: the process goes on", name)
		}
	}
}

func TestNonsenseEndsTheProcess(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"nonsense", strings.Repeat("\xff", 100)} {
		if err := account.ServeHashes(strings.NewReader(in), io.Discard); err == nil {
			t.Errorf("%q is served", in)
		}
	}
	var whole bytes.Buffer
	if err := gob.NewEncoder(&whole).Encode(work("one parcel")); err != nil {
		t.Fatal(err)
	}
	if err := account.ServeHashes(bytes.NewReader(whole.Bytes()[:whole.Len()-3]), io.Discard); err == nil {
		t.Error("half a work is served")
	}
}

// TestStoreHashesWhereItIsTold signs in through a hasher of the test's own.
func TestStoreHashesWhereItIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	const password = "violet harbour 42 lanterns"
	if _, err := d.Make(t.Context(), account.Account{Email: "lin@example.com", Role: account.Customer, Language: locale.English}, password); err != nil {
		t.Fatal(err)
	}
	asked, broken := 0, errors.New("gone")
	d.HashBy(func(ctx context.Context, w account.Work) ([]byte, error) {
		if asked++; string(w.Password) == "break" {
			return nil, broken
		}
		return w.Sum(ctx)
	})
	by := account.Visitor{Network: "198.51.100.0/24"}
	if _, _, err := d.SignIn(t.Context(), "lin@example.com", password, by); err != nil || asked != 1 {
		t.Errorf("the right password: %v after %d hashes", err, asked)
	}
	if _, _, err := d.SignIn(t.Context(), "nobody@example.com", password, by); !errors.Is(err, account.ErrWrongPassword) || asked != 2 {
		t.Errorf("nobody's password: %v after %d hashes", err, asked)
	}
	if _, _, err := d.SignIn(t.Context(), "lin@example.com", "break", by); !errors.Is(err, broken) {
		t.Errorf("a hasher that fails: %v", err)
	}
}
