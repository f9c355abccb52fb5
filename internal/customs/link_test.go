package customs_test

import (
	"errors"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

func TestLinkOpensOneParcel(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	key, expires, err := b.MakeLink(ctx, "W1", 0)
	if err != nil || len(key) < 26 || !expires.Equal(b.now.AddDate(0, 0, 14)) {
		t.Fatal(key, expires, err)
	}
	if kept := b.count(t, `select count(*) from parcel_links where encode(token_hash, 'escape') like '%' || $1 || '%'`, key); kept != 0 {
		t.Error("the key itself is kept")
	}
	if w, err := b.Link(ctx, key); w != "W1" || err != nil {
		t.Errorf("link of %s, %v", w, err)
	}
	_, err = b.OpenLink(ctx, key, "0001", "10.0.0.0/24", "")
	isErr(t, "a wrong fact", err, shipment.ErrWrongFact)
	_, err = b.OpenLink(ctx, key, "", "10.0.0.0/24", "")
	if _, empty := errors.AsType[fault.Invalid](err); !empty {
		t.Errorf("no fact: %v", err)
	}
	g, err := b.OpenLink(ctx, key, "8000", "10.0.0.0/24", "")
	if err != nil || g.Waybill != "W1" || g.Scope != shipment.ScopeID {
		t.Fatal(g, err)
	}
	for w, want := range map[shipment.Waybill]bool{"W1": true, "W2": false} {
		if open, err := b.feed.Holds(ctx, w, g.Token); open != want || err != nil {
			t.Errorf("%s open %v, %v", w, open, err)
		}
	}
	for range 5 {
		_, _ = b.OpenLink(ctx, key, "0001", "10.9.0.0/24", "")
	}
	_, err = b.OpenLink(ctx, key, "8000", "10.9.0.0/24", "")
	if full, is := errors.AsType[fault.TooMany](err); !is || full.Limit != "unlock" {
		t.Errorf("the sixth try: %v", err)
	}
	if n := b.count(t, `select wrong_tries from parcel_links`); n != 6 {
		t.Errorf("%d wrong tries", n)
	}
}

func TestSpentLinksLookAlike(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2", "W3")
	link := func(w shipment.Waybill) string {
		key, _, err := b.MakeLink(ctx, w, b.staff(t, "for "+string(w)))
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	old, revoked, released := link("W1"), link("W2"), link("W3")
	if n, err := b.RevokeLinks(ctx, "W2"); n != 1 || err != nil {
		t.Errorf("revoked %d, %v", n, err)
	}
	b.scan(t, "W3", day(9), "released")
	b.now = b.now.AddDate(0, 0, 14)
	for what, key := range map[string]string{"expired": old, "revoked": revoked, "released": released, "made up": "AAAA", "none": ""} {
		_, err := b.OpenLink(ctx, key, "8000", "10.0.0.0/24", "")
		isErr(t, what, err, customs.ErrSpentLink)
	}
	if _, err := b.feed.ReceiveShipments(ctx, []shipment.Record{{
		Waybill: "US1", Piece: 1, Pieces: 1, Origin: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"}, Destination: shipment.Place{Country: "US", Zone: "America/New_York"},
	}}); err != nil {
		t.Fatal(err)
	}
	_, _, err := b.MakeLink(ctx, "US1", 0)
	isErr(t, "no identity asked", err, customs.ErrNotAsked)
	_, err = b.Begin(ctx, "US1", owner)
	isErr(t, "no form", err, customs.ErrNotAsked)
	_, err = b.Begin(ctx, "W3", owner)
	isErr(t, "too late", err, customs.ErrLate)
}

// TestRevokedLinksEndWhatTheyOpened and leave those in who came by a second fact.
func TestRevokedLinksEndWhatTheyOpened(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	key, _, err := b.MakeLink(ctx, "W1", 0)
	if err != nil {
		t.Fatal(err)
	}
	byLink, err := b.OpenLink(ctx, key, "8000", "10.0.0.0/24", "")
	if err != nil {
		t.Fatal(err)
	}
	byFact, err := b.feed.Unlock(ctx, "W1", shipment.SecondFact{PhoneLast4: "8000"}, "10.0.0.0/24", "")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := b.RevokeLinks(ctx, "W1"); n != 1 || err != nil {
		t.Fatalf("revoked %d, %v", n, err)
	}
	for _, one := range []struct {
		way   string
		token string
		want  bool
	}{{"link", byLink.Token, false}, {"second fact", byFact.Token, true}} {
		if held, err := b.feed.Holds(ctx, "W1", one.token); held != one.want || err != nil {
			t.Errorf("by %s: %t, %v", one.way, held, err)
		}
	}
}
