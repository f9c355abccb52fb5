package shipment_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// unlocked opens a parcel by its right fact.
func (b *bench) unlocked(t testing.TB, w shipment.Waybill, oldToken string) shipment.Grant {
	t.Helper()
	g, err := b.Unlock(t.Context(), w, rightFact(), "home", oldToken)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// opens tells whether a token opens a parcel's private view.
func (b *bench) opens(t testing.TB, w shipment.Waybill, token string) bool {
	t.Helper()
	_, v, err := b.Private(t.Context(), w, token)
	if err == nil && v.Record.Waybill != w || err != nil && !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("private view of %s: %v, %v", w, v.Record.Waybill, err)
	}
	return err == nil
}

// TestGrantIdlesOut walks over the edges of two idle hours and of 24 in all.
func TestGrantIdlesOut(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	start := b.now
	for name, c := range map[string]struct {
		uses []time.Duration // after unlocking
		at   time.Duration
		want bool
	}{
		"at once":                       {nil, 0, true},
		"a moment before two hours":     {nil, 2*time.Hour - time.Second, true},
		"after two hours":               {nil, 2 * time.Hour, false},
		"used a minute in":              {[]time.Duration{time.Minute}, 2*time.Hour + 59*time.Second, true},
		"used a minute in, and idle":    {[]time.Duration{time.Minute}, 2*time.Hour + time.Minute, false},
		"used too late":                 {[]time.Duration{2 * time.Hour}, 2*time.Hour + time.Second, false},
		"used each hour for 23 h 59":    {hours(23), 24*time.Hour - time.Second, true},
		"used each hour for a day":      {hours(23), 24 * time.Hour, false},
		"used by the hour, once missed": {[]time.Duration{time.Hour, 4 * time.Hour}, 4*time.Hour + time.Second, false},
	} {
		b.now = start
		g := b.unlocked(t, "W1234", "")
		if !g.Expires.Equal(start.Add(24 * time.Hour)) {
			t.Errorf("%s: the grant ends at %v", name, g.Expires)
		}
		for _, use := range c.uses {
			b.now = start.Add(use)
			b.opens(t, "W1234", g.Token)
		}
		b.now = start.Add(c.at)
		if got := b.opens(t, "W1234", g.Token); got != c.want {
			t.Errorf("%s: opens %v, want %v", name, got, c.want)
		}
	}
}

func hours(n int) []time.Duration {
	var uses []time.Duration
	for i := range n {
		uses = append(uses, time.Duration(i+1)*time.Hour)
	}
	return uses
}

// TestTokensAreKeptHashed finds no token among what is kept, and none twice.
func TestTokensAreKeptHashed(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	var tokens []string
	for range 20 {
		g := b.unlocked(t, "W1234", "")
		if slices.Contains(tokens, g.Token) || len(g.Token) != 43 {
			t.Errorf("token %d has %d characters, or was there before", len(tokens), len(g.Token))
		}
		tokens = append(tokens, g.Token)
	}
	var rows []string
	if err := b.db.Select(t.Context(), &rows, `select to_jsonb(g)::text || encode(token_hash, 'escape') from grants g`); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 20 {
		t.Errorf("%d grants are kept, want 20: one a browser", len(rows))
	}
	for _, token := range tokens {
		if strings.Contains(strings.Join(rows, "\n"), token) {
			t.Errorf("a token stands in the table")
		}
	}
}

// TestRotation follows one browser over several parcels: its last token opens
// all that it holds, no earlier one opens anything.
func TestRotation(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	numbers := []shipment.Waybill{"W1111", "W2222", "W3333", "W4444"}
	for _, w := range numbers {
		b.ship(t, record(w))
	}
	stranger := b.unlocked(t, "W1111", "")
	var tokens []string
	token := ""
	for i, w := range append(numbers, numbers[0], numbers[0]) {
		b.now = b.now.Add(10 * time.Minute)
		g := b.unlocked(t, w, token)
		for _, old := range append(tokens, token) {
			if old != "" && (b.opens(t, w, old) || b.opens(t, numbers[0], old)) {
				t.Errorf("unlock %d: an earlier token opens something still", i)
			}
		}
		for j, held := range numbers {
			if got := b.opens(t, held, g.Token); got != (j <= i) {
				t.Errorf("unlock %d: the new token opens %s: %v", i, held, got)
			}
		}
		tokens, token = append(tokens, token), g.Token
	}
	if !b.opens(t, "W1111", stranger.Token) || b.opens(t, "W2222", stranger.Token) {
		t.Error("somebody else's grant was touched")
	}
	var kept int
	if err := b.db.Get(t.Context(), &kept, `select count(*) from grants`); err != nil || kept != len(numbers)+1 {
		t.Errorf("%d grants are kept, %v, want %d", kept, err, len(numbers)+1)
	}
}

// TestRotationRevivesNothing moves only what lives: unlocking another parcel
// gives no more time to one that was unlocked before, nor a dead one back.
func TestRotationRevivesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	start := b.now
	first := b.unlocked(t, "W1111", "")
	b.now = start.Add(2 * time.Hour)
	second := b.unlocked(t, "W2222", first.Token)
	if b.opens(t, "W1111", second.Token) {
		t.Error("a grant that had idled out is back")
	}
	token := second.Token
	for h := 3; h < 26; h++ {
		b.now = start.Add(time.Duration(h) * time.Hour)
		if !b.opens(t, "W2222", token) {
			t.Fatalf("a grant in use ended after %d hours", h-2)
		}
		if h%7 == 0 {
			token = b.unlocked(t, "W3333", token).Token
		}
		b.opens(t, "W3333", token)
	}
	b.now = start.Add(26 * time.Hour)
	if b.opens(t, "W2222", token) || !b.opens(t, "W3333", token) {
		t.Error("moving to a new token gave an old grant more than 24 hours, or took a newer one")
	}
}

// TestOneBrowserTwoTabs unlocks two parcels with the same old token at once.
func TestOneBrowserTwoTabs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1111"), record("W2222"), record("W3333"))
	old := b.unlocked(t, "W1111", "")
	tokens := make([]string, 2)
	var both sync.WaitGroup
	for i, w := range []shipment.Waybill{"W2222", "W3333"} {
		both.Go(func() { tokens[i] = b.unlocked(t, w, old.Token).Token })
	}
	both.Wait()
	if !b.opens(t, "W2222", tokens[0]) || !b.opens(t, "W3333", tokens[1]) || b.opens(t, "W1111", old.Token) {
		t.Error("a tab lost what it unlocked, or the old token lives")
	}
	if b.opens(t, "W1111", tokens[0]) == b.opens(t, "W1111", tokens[1]) {
		t.Error("the older parcel must move to exactly one of the tokens")
	}
}

// TestStatusScopeSpeaksInPublicWords gives the holder of scope "status" each
// event's public meaning and every place, and nothing raw.
func TestStatusScopeSpeaksInPublicWords(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.ship(t, record("W1234"))
	var cs []shipment.Checkpoint
	for i, code := range []string{"ACC", "CDT", "EME", "awaiting_id", "InTransit_005", "SECRET CODE", "OFD"} {
		c := scan("W1234", i+1, code, "door")
		c.Source, c.Facility = "ecms", false
		cs = append(cs, c)
	}
	b.report(t, cs...)
	g := b.unlocked(t, "W1234", "")
	if _, err := b.db.ExecContext(t.Context(), `update grants set scope = 'status'`); err != nil {
		t.Fatal(err)
	}
	public, private, err := b.Private(t.Context(), "W1234", g.Token)
	if err != nil || len(private.Checkpoints) != len(public.Checkpoints) {
		t.Fatalf("%d events for the public, %d behind the grant, %v", len(public.Checkpoints), len(private.Checkpoints), err)
	}
	for i, c := range private.Checkpoints {
		subtag, customs, _ := shipment.Translate(c.Source, c.Code)
		got := shipment.PublicCheckpoint{At: c.At, OffsetMinutes: c.OffsetMinutes, Country: c.Country, Subtag: subtag, Customs: customs}
		if d := cmp.Diff(public.Checkpoints[i], got); d != "" || c.Place != "door" {
			t.Errorf("event %d of %q (-public +scope status):\n%s", i, c.Place, d)
		}
		if c.Text != "" || c.EventID != "" || c.Source != "" || c.Code == "SECRET CODE" {
			t.Errorf("event %d tells raw things: %+v", i, c)
		}
	}
	if private.Siblings != nil {
		t.Errorf("siblings are told: %v", private.Siblings)
	}
}
