package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"ecms/portal/internal/seal"
)

var (
	old   = bytes.Repeat([]byte{7}, seal.KeySize)
	fresh = bytes.Repeat([]byte{9}, seal.KeySize)
)

func ring(t testing.TB, current []byte, older ...[]byte) *seal.Ring {
	t.Helper()
	r, err := seal.NewRing(current, older...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func newKey(t testing.TB, r *seal.Ring, record string) (seal.Wrapped, *seal.Key) {
	t.Helper()
	w, k, err := r.NewKey(record)
	if err != nil {
		t.Fatal(err)
	}
	return w, k
}

func TestWhatIsSealedOpensUnderItsOwnNameAlone(t *testing.T) {
	t.Parallel()
	r := ring(t, old)
	w, k := newKey(t, r, "identity 1")
	text := k.Seal("number", []byte("11010519120720624X"))
	if bytes.Contains(text, []byte("110105")) {
		t.Fatal("it can be read")
	}
	again, err := r.Open("identity 1", w)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open("number", text); err != nil || string(plain) != "11010519120720624X" {
		t.Errorf("opened as %q, %v", plain, err)
	}
	if _, err := again.Open("front", text); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("as another part: %v", err)
	}
	if _, err := r.Open("identity 2", w); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("under another record: %v", err)
	}
	_, other := newKey(t, r, "identity 1")
	if _, err := other.Open("number", text); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("with another data key of the same name: %v", err)
	}
}

func TestChangedBytesDoNotOpen(t *testing.T) {
	t.Parallel()
	r := ring(t, old)
	w, k := newKey(t, r, "identity 1")
	text := k.Seal("number", []byte("A123456789"))
	for i := range text {
		text[i] ^= 1
		if _, err := k.Open("number", text); !errors.Is(err, seal.ErrUnreadable) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		text[i] ^= 1
	}
	for _, cut := range [][]byte{nil, {}, text[:11], text[:len(text)-1]} {
		if _, err := k.Open("number", cut); !errors.Is(err, seal.ErrUnreadable) {
			t.Errorf("%d bytes: %v", len(cut), err)
		}
	}
	w.Key[3] ^= 1
	if _, err := r.Open("identity 1", w); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("a changed key: %v", err)
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	before := ring(t, old)
	w, k := newKey(t, before, "identity 1")
	text := k.Seal("number", []byte("A123456789"))
	both := ring(t, fresh, old)
	if both.Current() == before.Current() {
		t.Fatal("two master keys have one name")
	}
	moved, err := both.Rewrap("identity 1", w)
	if err != nil || moved.Master != both.Current() {
		t.Fatalf("%+v, %v", moved, err)
	}
	after := ring(t, fresh)
	if _, err := after.Open("identity 1", w); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("without the old key its wrapping opens: %v", err)
	}
	again, err := after.Open("identity 1", moved)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open("number", text); err != nil || string(plain) != "A123456789" {
		t.Errorf("%q, %v", plain, err)
	}
	if _, err := after.Rewrap("identity 1", w); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("rewrapped without the key: %v", err)
	}
}

func TestIndexFindsTheSameValueOfTheSameKind(t *testing.T) {
	t.Parallel()
	r := ring(t, old)
	w, k := newKey(t, r, "index")
	again, err := r.Open("index", w)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(k.Index("cn_id", "1"), again.Index("cn_id", "1")) {
		t.Error("the same value has two hashes")
	}
	_, other := newKey(t, r, "index")
	for name, hash := range map[string][]byte{
		"kind": k.Index("tw_id", "1"), "value": k.Index("cn_id", "2"), "key": other.Index("cn_id", "1"), "border": k.Index("cn_i", "d1"),
	} {
		if bytes.Equal(k.Index("cn_id", "1"), hash) {
			t.Errorf("another %s has the same hash", name)
		}
	}
}

func TestMasterKeysOfOtherSizesAreRefused(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := seal.NewRing(make([]byte, n)); err == nil {
			t.Errorf("%d bytes are taken", n)
		}
		if _, err := seal.NewRing(old, make([]byte, n)); err == nil {
			t.Errorf("%d bytes are taken as an older key", n)
		}
	}
}

// A million seals never share a nonce; 96 random bits make that all but certain.
func TestNoncesDiffer(t *testing.T) {
	t.Parallel()
	n := 1_000_000
	if testing.Short() {
		n = 10_000
	}
	_, k := newKey(t, ring(t, old), "identity 1")
	seen := make(map[[12]byte]struct{}, n)
	for range n {
		seen[[12]byte(k.Seal("n", nil)[:12])] = struct{}{}
	}
	if len(seen) != n {
		t.Errorf("%d different nonces in %d", len(seen), n)
	}
}
