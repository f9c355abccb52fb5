package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"ecms/portal/bench/rig"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest/journey"
)

const (
	askers      = 4   // consignees who use the portal while keys are rotated
	erasedFirst = 100 // records that are erased before
	fillers     = 8
	readings    = 20 // of what was sent, by each
)

// rotate wraps the keys of many records anew while consignees read, send and
// withdraw: nobody may notice. What was erased stays closed to either master key.
func rotate(ctx context.Context, b *rig.Bed, records int) error {
	o, err := openOffice(ctx, b, "rotation")
	if err != nil {
		return err
	}
	defer o.close()
	o.at().Kill()
	old, err := openVault(ctx, o.db.URL, b.Data(), b.Key())
	if err != nil {
		return err
	}
	defer old.close()
	if err := fill(ctx, o, old, records+erasedFirst); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	gone, err := old.eraseSome(ctx, erasedFirst)
	if err != nil {
		return fmt.Errorf("erase: %w", err)
	}
	before := b.ChangeKey()
	if err := o.start(ctx); err != nil {
		return err
	}
	asked, said, err := rotateBeneath(ctx, o)
	if err != nil {
		return err
	}
	b.ForgetKey()
	o.at().Kill()
	if err := o.start(ctx); err != nil { // with the new key alone
		return err
	}
	if err := o.visitAgain(ctx); err != nil {
		return fmt.Errorf("by the new key alone: %w", err)
	}
	opened, err := o.judgeKeys(ctx, before, gone)
	if err != nil {
		return err
	}
	fmt.Printf("rotation: %s; beside it %d requests, none failed;\n", bytes.TrimSpace(said), asked)
	fmt.Printf("          %d records open by the new key and none by the old; %d erased ones by neither,\n", opened, len(gone))
	fmt.Printf("          and by the new one not even with what a backup holds of their own keys\n")
	return nil
}

// rotateBeneath runs the command while consignees use the portal, until it is done.
func rotateBeneath(ctx context.Context, o *office) (asked int64, said []byte, err error) {
	busy, stop := context.WithCancel(ctx)
	defer stop()
	var count atomic.Int64
	var people sync.WaitGroup
	for range askers {
		people.Go(func() { o.useAll(busy, &count) })
	}
	time.Sleep(time.Second)
	var out bytes.Buffer
	err = o.bed.Portal(ctx, o.db, &out, "keys", "rotate")
	stop()
	people.Wait()
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil && len(o.odd) > 0 {
		err = fmt.Errorf("%d requests failed, such as %s", len(o.odd), o.odd[0])
	}
	lines := bytes.Split(bytes.TrimSpace(out.Bytes()), []byte("\n"))
	return count.Load(), lines[len(lines)-1], err
}

// useAll sends one form after the other, reads it, and withdraws every second.
func (o *office) useAll(ctx context.Context, count *atomic.Int64) {
	for ctx.Err() == nil {
		n := int(o.next.Add(1)) - 1
		c := o.consignee(n)
		v := journey.NewVisitor(o.at().URL, rig.From(n), "en")
		if err := use(ctx, v, c, n%2 == 0, count); err != nil && ctx.Err() == nil {
			o.mu.Lock()
			o.odd = append(o.odd, c.Waybill+": "+err.Error())
			o.mu.Unlock()
		}
		v.Leave()
	}
}

func use(ctx context.Context, v *journey.Visitor, c journey.Consignee, withdraw bool, count *atomic.Int64) error {
	if _, err := c.Give(ctx, v); err != nil {
		return err
	}
	count.Add(8) // pages that a form takes
	path := "/parcels/" + url.PathEscape(c.Waybill)
	for n := range readings {
		rest := []string{"/id/receipt", "/id", "/id/receipt", "/needs"}[n%4] // a receipt opens what is sealed
		page, err := v.Get(ctx, path+rest)
		if err != nil {
			return err
		}
		if err := page.Want(http.StatusOK, rest); err != nil {
			return err
		}
		count.Add(1)
	}
	if !withdraw {
		return nil
	}
	page, err := v.Post(ctx, path+"/id/withdraw", url.Values{})
	if err != nil {
		return err
	}
	count.Add(1)
	return page.Want(http.StatusOK, "/id")
}

// visitAgain reads a form that was sent while the keys were rotated.
func (o *office) visitAgain(ctx context.Context) error {
	c := o.consignee(int(o.next.Add(1)))
	var count atomic.Int64
	v := journey.NewVisitor(o.at().URL, rig.From(consigneesInAll), "en")
	defer v.Leave()
	return use(ctx, v, c, false, &count)
}

// fill hands in so many identities through the store, as quickly as it goes.
func fill(ctx context.Context, o *office, v *vault, records int) error {
	people := make([]journey.Consignee, records)
	for i := range people {
		people[i] = journey.Korea(i + 100_000)
	}
	if err := o.bed.Feed(ctx, o.db, journey.Shipments(people...)); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(fillers)
	for _, c := range people {
		group.Go(func() error { return v.give(ctx, c) })
	}
	return group.Wait()
}

// give hands one identity in.
func (v *vault) give(ctx context.Context, c journey.Consignee) error {
	w, by := shipment.Waybill(c.Waybill), customs.By{Role: customs.Owner, Channel: "parcel", Language: "ko"}
	i, err := v.Begin(ctx, w, by)
	if err != nil {
		return err
	}
	who := customs.PersonEntry{NameLocal: c.Person["name_local"], Phone: c.Person["phone"], Postcode: c.Person["postcode"], NameConsent: true}
	if _, _, err := v.SavePerson(ctx, w, who, by); err != nil {
		return err
	}
	if _, _, err := v.SaveDocument(ctx, w, customs.DocumentEntry{DocType: "kr_pccc", Number: c.Document["doc_number"]}, by); err != nil {
		return err
	}
	_, err = v.Submit(ctx, w, i.ID, customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "rig"}, by)
	return err
}
