package customs_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

var freshKey = bytes.Repeat([]byte{3, 5, 8, 13}, seal.KeySize/4)

// TestRotationOfTenThousandRecords while others read and write: nothing is left
// out, nothing is lost, and afterwards the new key alone opens all.
func TestRotationOfTenThousandRecords(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	kept := b.submit(t, "W1")
	fillKeys(t, b, 10_000)
	both := b.with(ringOf(t, freshKey, masterKey))
	busy, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	var looked, begun int
	group.Go(func() {
		for ; busy.Err() == nil; looked++ {
			if _, c, err := both.View(ctx, kept.ID, owner, ""); err != nil || c.Document.Number == "" {
				t.Errorf("while rotating: %v", err)
			}
		}
	})
	group.Go(func() {
		for ; busy.Err() == nil; begun++ {
			if _, err := both.Begin(ctx, "W2", owner); err != nil {
				t.Errorf("while rotating: %v", err)
			}
			if err := both.AddPicture(ctx, "W2", customs.Front, picture(fmt.Sprint(begun)), nil); err != nil {
				t.Errorf("while rotating: %v", err)
			}
			if err := both.Withdraw(ctx, "W2", owner); err != nil {
				t.Errorf("while rotating: %v", err)
			}
		}
	})
	batches := 0
	r, err := both.RewrapAll(ctx, func(customs.Rotation) { batches++ })
	stop()
	group.Wait()
	if err != nil || r.Left != 0 || r.Rewrapped < 10_000 || batches < 50 || looked == 0 || begun == 0 {
		t.Fatalf("%+v in %d batches beside %d looks and %d forms: %v", r, batches, looked, begun, err)
	}
	if _, c, err := b.with(ringOf(t, freshKey)).View(ctx, kept.ID, owner, ""); err != nil || c.Document.Number != "11010519491231002X" {
		t.Errorf("by the new key alone: %v", err)
	}
	if _, _, err := b.View(ctx, kept.ID, owner, ""); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("by the old key: %v", err)
	}
	if r, err := both.RewrapAll(ctx, nil); err != nil || r.Rewrapped != 0 {
		t.Errorf("a second time: %+v, %v", r, err)
	}
}

// fillKeys adds data keys of records that nobody looks at.
func fillKeys(t *testing.T, b *bench, n int) {
	t.Helper()
	ring := ringOf(t, masterKey)
	err := b.db.InTx(t.Context(), func(tx *postgres.Tx) error {
		_, err := tx.Copy(t.Context(), "sealed_keys", []string{"record", "master", "key", "created_at"}, func(yield func([]any) bool) {
			for i := range n {
				record := fmt.Sprintf("identity %d", 1_000_000+i)
				w, _, err := ring.NewKey(record)
				if err != nil || !yield([]any{record, w.Master, w.Key, b.now}) {
					return
				}
			}
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestErasedIsGone for whoever has the master key, the sealed bytes and the files.
func TestErasedIsGone(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1")
	sent := b.submit(t, "W1")
	var before struct {
		Sealed []byte `db:"sealed"`
		File   string `db:"file"`
	}
	const query = `select sealed, file from identities i join identity_pictures p on p.identity_id = i.id where slot = 'front'`
	if err := b.db.Get(ctx, &before, query); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"11010519491231002X", "张伟", "13800138000", "jpeg front"} {
		file, err := b.files.Read(before.File)
		if err != nil || bytes.Contains(before.Sealed, []byte(secret)) || bytes.Contains(file, []byte(secret)) {
			t.Errorf("%s is readable, %v", secret, err)
		}
	}
	isErr(t, "in review", b.Erase(ctx, sent.ID, owner), customs.ErrNeeded)
	if err := b.Withdraw(ctx, "W1", owner); err != nil {
		t.Fatal(err)
	}
	if rest := b.count(t, `select count(*) from sealed_keys where record like 'identity%'`); rest != 0 || b.fileCount(t) != 0 {
		t.Errorf("%d keys and %d files are left", rest, b.fileCount(t))
	}
	_, key, err := ringOf(t, masterKey).NewKey("identity 1") // the best that the master key can do now
	if err != nil {
		t.Fatal(err)
	}
	if _, err := key.Open("fields", before.Sealed); !errors.Is(err, seal.ErrUnreadable) {
		t.Errorf("opened by the master key: %v", err)
	}
	_, _, err = b.View(ctx, sent.ID, owner, "")
	isErr(t, "withdrawn", err, customs.ErrErased)
	tomb, err := b.Current(ctx, "W1")
	if err != nil || tomb.State != customs.Withdrawn || tomb.Masked != "" || tomb.ErasedWhy != customs.WhyWithdrawn || tomb.ErasedAt.IsZero() {
		t.Errorf("tombstone %+v, %v", tomb, err)
	}
	if b.count(t, `select count(*) from consents where withdrawn_at is null`) != 0 {
		t.Error("a consent outlives its withdrawal")
	}
	isErr(t, "twice", b.Withdraw(ctx, "W1", owner), customs.ErrErased)
}

func TestFindByNumber(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	b.submit(t, "W1")
	b.submit(t, "W2")
	n, _, _ := customs.Read(customs.CNID, "11010519491231002x", today)
	if found, err := b.Find(ctx, n); err != nil || len(found) != 2 || found[0].Waybill != shipment.Waybill("W2") {
		t.Errorf("found %+v, %v", found, err)
	}
	other, _, _ := customs.Read(customs.CNPermanent, "911124198108030024", today)
	_, err := b.Find(ctx, other)
	isErr(t, "another number", err, fault.ErrNotFound)
	if err := b.Withdraw(ctx, "W2", owner); err != nil {
		t.Fatal(err)
	}
	if found, err := b.Find(ctx, n); err != nil || len(found) != 1 {
		t.Errorf("after erasing one: %+v, %v", found, err)
	}
}
