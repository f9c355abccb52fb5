package account_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
)

// FuzzLink reads anything as a link's token: only what the portal made passes, in
// its one spelling and for its one purpose.
func FuzzLink(f *testing.F) {
	s := account.NewStore(nil, nil, []byte("0123456789abcdef0123456789abcdef"), time.Now)
	ref := []byte("sixteen bytes...")
	good := account.Token(s, account.SignIn, ref)
	for _, seed := range []string{good, strings.ToUpper(good), good[:57], good + "a", good[:57] + "b", "", "\x00", strings.Repeat("a", 58), account.Token(s, account.Reset, ref)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		got, ok := account.ReadToken(s, account.SignIn, token)
		if ok && account.Token(s, account.SignIn, got) != strings.TrimSpace(token) {
			t.Errorf("%q was read as the letter %x", token, got)
		}
		if ok && bytes.Equal(got, ref) && strings.TrimSpace(token) != good {
			t.Errorf("%q is a second spelling", token)
		}
		if _, other := account.ReadToken(s, account.Reset, token); ok && other {
			t.Errorf("%q is good for two purposes", token)
		}
	})
}

// TestEveryBitOfALinkCounts by turning each character into another.
func TestEveryBitOfALinkCounts(t *testing.T) {
	t.Parallel()
	s := account.NewStore(nil, nil, []byte("0123456789abcdef0123456789abcdef"), time.Now)
	good := account.Token(s, account.Reset, []byte("sixteen bytes..."))
	if _, ok := account.ReadToken(s, account.Reset, good); !ok {
		t.Fatal("ours is not read")
	}
	for i := range good {
		for _, c := range "abcdefghijklmnopqrstuvwxyz234567" {
			if string(c) == good[i:i+1] {
				continue
			}
			if _, ok := account.ReadToken(s, account.Reset, good[:i]+string(c)+good[i+1:]); ok {
				t.Errorf("%c at %d passes", c, i)
			}
		}
	}
}

// FuzzEmail reads anything as an address: what passes is one line, short, and the
// same when it is read again.
func FuzzEmail(f *testing.F) {
	for _, seed := range []string{"mei@example.com", "a@b", "Mei <mei@example.com>", "a@b.c\r\nBcc: x@y.z", "\"a b\"@c.de", "a@bücher.example", "a@[127.0.0.1]", "ｍ@example.com", "a..b@c.de"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		email, err := account.ParseEmail(typed)
		if err != nil {
			return
		}
		wire, ok := account.WireEmail(email)
		if !ok || len(wire) > 254 || len(email) > 254 || strings.ContainsAny(wire, "\r\n\x00 <>,;\"") || strings.Count(wire, "@") != 1 {
			t.Errorf("%q passes as %q, %q", typed, email, wire)
		}
		for _, r := range wire {
			if r <= ' ' || r > '~' {
				t.Errorf("%q passes as %q", typed, wire)
			}
		}
		if again, err := account.ParseEmail(email); err != nil || again != email || account.EmailKey(email) != account.EmailKey(account.EmailKey(email)) {
			t.Errorf("%q, read again %q, %v", email, again, err)
		}
	})
}

func TestEmails(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"mei@example.com", "  MEI.Lin+parcels@Mail.Example.co.kr ", "o'neil_1@example.museum", "a@bücher.example", "a@例え.テスト", "kim@메일.한국", "a@xn--bcher-kva.example", "a%b!c@example.com",
		strings.Repeat("a", 64) + "@example.com", "1@2.de",
	} {
		if got, err := account.ParseEmail(typed); err != nil || got != strings.TrimSpace(typed) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{
		"mei", "mei@", "@example.com", "mei@example", "mei@@example.com", "mei@exa mple.com", "mei lin@example.com", "Mei <mei@example.com>", "mei@example.com, x@example.com",
		"mei@example.com\r\nBcc: x@example.com", "\"mei lin\"@example.com", "mei@[127.0.0.1]", "mei@127.0.0.1", "mei@example.com.", ".mei@example.com", "mei.@example.com", "me..i@example.com",
		"mei@-example.com", "mei@example..com", "mei@exam_ple.com", "mei\x00@example.com", "ｍei@example.com", "mei@example.com\u200b", "\xff@example.com", "mei@\xff.com", "mei(x)@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("a", 64) + ".com", "a@" + strings.Repeat("abcdefgh.", 28) + "com", "水@example.com",
	} {
		if got, err := account.ParseEmail(typed); err == nil || err.Error() != "email: email.wrong" {
			t.Errorf("%q passes: %q, %v", typed, got, err)
		}
	}
	if _, err := account.ParseEmail(" \t"); err == nil || err.Error() != "email: email.empty" {
		t.Errorf("nothing: %v", err)
	}
	if a, b := account.EmailKey(" MEI@Bu\u0308cher.Example "), account.EmailKey("mei@bücher.example"); a != b {
		t.Errorf("%q and %q are kept apart", a, b)
	}
}
