package customs_test

import (
	"slices"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

func TestCases(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	lin := b.staff(t, "lin")
	first, second := b.submit(t, "W1"), b.submit(t, "W2")
	if n, err := b.Waiting(ctx, ""); err != nil || n != 2 {
		t.Errorf("%d wait, %v", n, err)
	}
	if n, err := b.Waiting(ctx, "KR"); err != nil || n != 0 {
		t.Errorf("%d wait for Korea, %v", n, err)
	}
	b.take(t, first.ID, lin)
	c, err := b.Case(ctx, first.ID)
	if err != nil || c.Name != "lin" || c.HeldBy(b.now) != lin || c.HeldBy(b.now.Add(30*time.Minute)) != 0 || c.Again != 0 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := b.Refuse(ctx, first.ID, lin, "unreadable", []string{"back"}); err != nil {
		t.Fatal(err)
	}
	if c, err = b.Case(ctx, first.ID); err != nil || c.HeldBy(b.now) != 0 || c.State != customs.Refused {
		t.Errorf("decided: %+v, %v", c, err)
	}
	draft, err := b.Begin(ctx, "W1", owner)
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.Case(ctx, draft.ID)
	isErr(t, "a form that is not sent", err, fault.ErrNotFound)
	b.addPicture(t, "W1", customs.Back, "a better back")
	if _, _, err := b.SaveDocument(ctx, "W1", customs.DocumentEntry{}, owner); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Submit(ctx, "W1", draft.ID, consent, owner); err != nil {
		t.Fatal(err)
	}
	list, err := b.Queue(ctx, "CN", 0, 10)
	if err != nil || len(list) != 2 || list[0].ID != second.ID && list[1].ID != second.ID {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, c := range list {
		if want := map[bool]int{true: 1}[c.ID == draft.ID]; c.Again != want {
			t.Errorf("case %d was refused %d times before, want %d", c.ID, c.Again, want)
		}
	}
	if rest, err := b.Queue(ctx, "", 1, 10); err != nil || len(rest) != 1 {
		t.Errorf("after the first: %+v, %v", rest, err)
	}
}

func TestAskableAreThePartsOfTheCountry(t *testing.T) {
	for _, tc := range []struct {
		country  string
		doc      customs.DocType
		yes, not []string
	}{
		{"CN", customs.CNID, []string{"front", "back", "name_local", "doc_number", "expiry_day"}, []string{"permit", "postcode"}},
		{"CN", customs.CNResidence, []string{"permit"}, nil},
		{"KR", customs.KRCode, []string{"postcode", "phone", "doc_number"}, []string{"front", "back", "expiry_day"}},
		{"TW", customs.TWEZWay, []string{"phone", "doc_type"}, []string{"front", "expiry_day"}},
	} {
		got := customs.Identity{Country: tc.country, Doc: tc.doc}.Askable()
		for _, part := range tc.yes {
			if !slices.Contains(got, part) {
				t.Errorf("%s: %s cannot be asked again: %q", tc.doc, part, got)
			}
		}
		for _, part := range tc.not {
			if slices.Contains(got, part) {
				t.Errorf("%s: %s can be asked again", tc.doc, part)
			}
		}
	}
}

func TestLinksOfAParcel(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	lin := b.staff(t, "lin")
	for _, by := range []account.ID{lin, 0} {
		if _, _, err := b.MakeLink(ctx, "W1", by); err != nil {
			t.Fatal(err)
		}
		b.now = b.now.Add(time.Minute)
	}
	list, err := b.Links(ctx, "W1")
	if err != nil || len(list) != 2 || list[0].Name != "" || list[1].Name != "lin" || !list[0].OpenedAt.IsZero() {
		t.Fatalf("%+v, %v", list, err)
	}
	if n, err := b.RevokeLinks(ctx, "W1"); err != nil || n != 2 {
		t.Errorf("%d ended, %v", n, err)
	}
	if list, err = b.Links(ctx, "W1"); err != nil || len(list) != 0 {
		t.Errorf("after their end: %+v, %v", list, err)
	}
	who, err := b.Papers(ctx, "W1")
	if err != nil || who.Name != "张伟" {
		t.Errorf("%+v, %v", who, err)
	}
	_, err = b.Papers(ctx, "W9")
	isErr(t, "papers of no parcel", err, fault.ErrNotFound)
}
