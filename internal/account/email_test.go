package account_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
)

// TestAnAddressHasOneKey in whatever spelling of its domain that mail servers
// take for the same: else one mailbox has as many accounts and limits as spellings.
func TestAnAddressHasOneKey(t *testing.T) {
	t.Parallel()
	for want, spellings := range map[string][]string{
		"mei@example.com": {
			"Mei@Example.com", " mei@EXAMPLE.COM ", "mei@ｅｘａｍｐｌｅ.ｃｏｍ", "mei@example。com", "mei@exam\ufe0fple.com", "mei@e\u034fxample.com", "mei@ⓔxample.com",
		},
		"mei@bücher.example": {"mei@BÜCHER.example", "mei@bu\u0308cher.example", "mei@xn--bcher-kva.example", "mei@XN--BCHER-KVA.example"},
		"mei@例子.example":     {"mei@xn--fsqu00a.example", "mei@例子。example"},
		"no address":         {"No Address"},
		"mei@":               {"MEI@"},
	} {
		for _, s := range spellings {
			if got := account.EmailKey(s); got != want {
				t.Errorf("the key of %q is %q, want %q", s, got, want)
			}
		}
		if got := account.EmailKey(want); got != want {
			t.Errorf("the key of the key %q is %q", want, got)
		}
	}
}

// TestSpellingsShareTheLimits, so that nobody fills a mailbox by them.
func TestSpellingsShareTheLimits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for i := range 5 {
		email := "mei@exam" + strings.Repeat("\ufe0f", i) + "ple.com"
		if _, err := d.Ask(t.Context(), account.Reset, email, locale.English, "", visitor()); err != nil {
			t.Fatalf("letter %d: %v", i+1, err)
		}
	}
	if _, err := d.Ask(t.Context(), account.Reset, "mei@ｅxample.com", locale.English, "", visitor()); !full(err, "letter") {
		t.Errorf("the sixth letter: %v, want the limit", err)
	}
}

// TestEndlessAddressesAreRefusedAtOnce: names of domains take the square of their
// length to read, and a form may hold one of 64 KB.
func TestEndlessAddressesAreRefusedAtOnce(t *testing.T) {
	t.Parallel()
	var domain strings.Builder
	for i := range 20_000 {
		domain.WriteRune(rune(0x4e00 + i))
	}
	email := "mei@" + domain.String() + ".com"
	began := time.Now()
	if _, err := account.ParseEmail(email); err == nil {
		t.Error("an address of 60 KB was taken")
	}
	_ = account.EmailKey(email)
	if took := time.Since(began); took > 200*time.Millisecond {
		t.Errorf("refusing took %s", took)
	}
}
