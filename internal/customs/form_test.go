package customs_test

import (
	"errors"
	"testing"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

func TestFromFormToAcceptance(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	draft := b.fill(t, "W1")
	if again, err := b.Begin(ctx, "W1", owner); err != nil || again.ID != draft.ID {
		t.Errorf("the form is begun twice: %v, %v", again, err)
	}
	var wrong fault.Invalid
	if _, err := b.Submit(ctx, "W1", draft.ID, customs.Submission{}, owner); !errors.As(err, &wrong) || len(wrong) != 2 {
		t.Errorf("without consent: %v", err)
	}
	sent, err := b.Submit(ctx, "W1", draft.ID, consent, owner)
	if err != nil || sent.State != customs.Review || sent.Masked != "110***********002X" || sent.Reference == "" {
		t.Fatalf("%+v, %v", sent, err)
	}
	if again, err := b.Submit(ctx, "W1", draft.ID, consent, owner); err != nil || again.Reference != sent.Reference || b.count(t, `select count(*) from consents`) != 2 {
		t.Errorf("the second press: %+v, %v", again, err)
	}
	lin, mo := b.staff(t, "lin"), b.staff(t, "mo")
	_, err = b.Accept(ctx, sent.ID, lin)
	isErr(t, "not in hand", err, customs.ErrTaken)
	b.take(t, sent.ID, lin)
	_, err = b.Take(ctx, sent.ID, mo)
	isErr(t, "in another's hands", err, customs.ErrTaken)
	b.now = b.now.Add(31 * time.Minute)
	b.take(t, sent.ID, mo)
	if done, err := b.Accept(ctx, sent.ID, mo); err != nil || done.State != customs.Accepted {
		t.Fatal(done, err)
	}
	p, err := b.feed.Lookup(ctx, "W1")
	if err != nil || p.Status.Customs != "" {
		t.Errorf("customs still says %q, %v", p.Status.Customs, err)
	}
	_, err = b.Refuse(ctx, sent.ID, mo, "expired", nil)
	isErr(t, "decided twice", err, customs.ErrDecided)
}

func TestFormRefusesAllAtOnce(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	_, _, err := b.SavePerson(ctx, "W1", person, owner)
	isErr(t, "no form", err, fault.ErrNotFound)
	if _, err := b.Begin(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	_, _, err = b.SaveDocument(ctx, "W1", paper, owner)
	isErr(t, "document first", err, customs.ErrUnfinished)
	if _, _, err := b.SavePerson(ctx, "W1", person, owner); err != nil {
		t.Fatal(err)
	}
	b.addPicture(t, "W1", customs.Front, "same")
	b.addPicture(t, "W1", customs.Back, "same")
	b.addPicture(t, "W1", customs.Permit, "for another document")
	bad := paper
	bad.Number, bad.ExpiryYear = "110105194912310021", "2020"
	_, odd, err := b.SaveDocument(ctx, "W1", bad, owner)
	if got := keys(odd, err); got != "doc_number.check expiry.past back.same" {
		t.Errorf("says %q", got)
	}
	b.addPicture(t, "W1", customs.Back, "another picture") // in place of the first
	i, odd, err := b.SaveDocument(ctx, "W1", paper, owner)
	if got := keys(odd, err); got != "" || !i.Finished() {
		t.Errorf("says %q: %+v", got, i)
	}
	list, err := b.Pictures(ctx, i.ID)
	if err != nil || len(list) != 2 || b.fileCount(t) != 2 || list[0].Slot != customs.Front {
		t.Errorf("kept %+v, %v, %d files", list, err, b.fileCount(t))
	}
	_, err = b.Begin(ctx, "NONE", owner)
	isErr(t, "unknown parcel", err, fault.ErrNotFound)
	_, err = b.Submit(ctx, "W1", i.ID+1, consent, owner)
	isErr(t, "unknown form", err, fault.ErrNotFound)
}

// TestOnlyTheWrongPartIsAskedAgain after a refusal, and until it is sent the old one stands.
func TestOnlyTheWrongPartIsAskedAgain(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	lin := b.staff(t, "lin")
	b.take(t, sent.ID, lin)
	_, err := b.Refuse(ctx, sent.ID, lin, "because", nil)
	if _, isInvalid := errors.AsType[fault.Invalid](err); !isInvalid {
		t.Errorf("an unknown reason: %v", err)
	}
	refused, err := b.Refuse(ctx, sent.ID, lin, "unreadable", []string{"back", "permit"})
	if err != nil || refused.State != customs.Refused || len(refused.RefusedParts) != 1 {
		t.Fatal(refused, err)
	}
	draft, err := b.Begin(ctx, "W1", owner)
	if err != nil || !draft.HasPerson || draft.HasDocument || draft.Refusal != "unreadable" || draft.Masked != refused.Masked {
		t.Fatalf("%+v, %v", draft, err)
	}
	if now, err := b.Current(ctx, "W1"); err != nil || now.ID != refused.ID {
		t.Errorf("what counts meanwhile: %+v, %v", now, err)
	}
	_, odd, err := b.SaveDocument(ctx, "W1", customs.DocumentEntry{}, owner)
	if got := keys(odd, err); got != "back.empty" {
		t.Errorf("says %q", got)
	}
	b.addPicture(t, "W1", customs.Back, "a better one")
	if _, odd, err = b.SaveDocument(ctx, "W1", customs.DocumentEntry{}, owner); err != nil || len(odd) > 0 {
		t.Fatal(odd, err)
	}
	again, err := b.Submit(ctx, "W1", draft.ID, consent, owner)
	if err != nil || again.State != customs.Review {
		t.Fatal(again, err)
	}
	_, c, err := b.View(ctx, again.ID, owner, "")
	if err != nil || c.Document.Number != "11010519491231002X" || c.Person.NameLocal != "张伟" {
		t.Errorf("%+v, %v", c.Document, err)
	}
	if old := b.count(t, `select count(*) from identities where state = 'replaced' and id = $1`, int64(refused.ID)); old != 1 {
		t.Error("the refused one is not replaced")
	}
	if _, err := b.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	_, _, err = b.View(ctx, refused.ID, customs.By{Role: customs.Staff, Account: lin}, "compare")
	isErr(t, "the replaced one", err, customs.ErrErased)
	if b.fileCount(t) != 2 {
		t.Errorf("%d files", b.fileCount(t))
	}
}
