package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ecms/portal/bench/rig"
	"ecms/portal/web/webtest/journey"
)

const (
	consigneesAtOnce = 5
	consigneesInAll  = 6_000
	// aim is how soon after a step has begun the portal is killed, at most: an upload
	// takes about that long.
	aim = 120 * time.Millisecond
	// respite is how long the portal lives at most before the next is aimed at.
	respite = 1500 * time.Millisecond
)

// step is what a consignee is in the middle of.
type step string

const (
	uploading  step = "upload"
	submitting step = "submit"
)

// office is a portal to which consignees hand in identities, and what each was told.
type office struct {
	bed    *rig.Bed
	db     *rig.Database
	next   atomic.Int64
	drawn  []journey.Consignee // with pictures
	begun  map[step]chan struct{}
	mu     sync.Mutex
	portal *rig.Served
	cut    map[step]int               // steps that a kill has cut off
	kept   map[string]int             // waybills whose pictures were acknowledged, and how many
	sent   map[string]journey.Receipt // waybills whose submission was acknowledged
	odd    []string                   // answers that no kill explains
}

// killIdentities kills the portal again and again while consignees upload pictures
// and submit. After the sweep no record may be half, no file nobody's, and no
// acknowledged submission lost.
func killIdentities(ctx context.Context, b *rig.Bed, kills int) error {
	o, err := openOffice(ctx, b, "identities")
	if err != nil {
		return err
	}
	defer o.close()
	living, stop := context.WithCancel(ctx)
	var people sync.WaitGroup
	for range consigneesAtOnce {
		people.Go(func() { o.serveOneAfterTheOther(living) })
	}
	err = o.suffer(ctx, kills)
	stop()
	people.Wait()
	if err != nil {
		return err
	}
	return o.judge(ctx, kills)
}

// openOffice gives a fresh database the parcels and starts the portal on it.
func openOffice(ctx context.Context, b *rig.Bed, name string) (*office, error) {
	db, err := b.Fresh(ctx, name)
	if err != nil {
		return nil, err
	}
	o := &office{
		bed: b, db: db, begun: map[step]chan struct{}{uploading: make(chan struct{}), submitting: make(chan struct{})},
		cut: map[step]int{}, kept: map[string]int{}, sent: map[string]journey.Receipt{},
	}
	if err := os.RemoveAll(filepath.Join(b.Data(), "documents")); err != nil {
		return nil, err
	}
	for n := range 12 {
		o.drawn = append(o.drawn, journey.China(n))
	}
	people := make([]journey.Consignee, consigneesInAll)
	for i := range people {
		people[i] = o.consignee(i)
	}
	if err := b.Feed(ctx, db, journey.Shipments(people...)); err != nil {
		return nil, err
	}
	return o, o.start(ctx)
}

// consignee is the n-th: of three, two with pictures, which are drawn once.
func (o *office) consignee(n int) journey.Consignee {
	switch n % 6 {
	case 2:
		return journey.Korea(n)
	case 5:
		return journey.Taiwan(n)
	}
	c := o.drawn[n%len(o.drawn)]
	c.Waybill, c.Phone = fmt.Sprintf("OFFICE-CN-%05d", n), fmt.Sprintf("+86 138%08d", 10_000_000+n)
	c.Person = maps.Clone(c.Person)
	c.Person["phone"] = c.Phone
	return c
}

func (o *office) start(ctx context.Context) error {
	p, err := o.bed.Serve(ctx, o.db, io.Discard, rig.Proxied)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.portal = p
	return err
}

func (o *office) at() *rig.Served {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.portal
}

func (o *office) close() {
	if p := o.at(); p != nil {
		p.Kill()
	}
	o.db.Close()
}

// suffer kills the portal in the middle of uploads and submissions, by turns.
func (o *office) suffer(ctx context.Context, kills int) error {
	for k := range kills {
		s := []step{uploading, submitting}[k%2]
		time.Sleep(time.Duration(rand.Int64N(int64(respite)))) //nolint:gosec // a moment of chance
		select {
		case <-o.begun[s]:
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(30 * time.Second):
			return fmt.Errorf("kill %d: nobody came to %s", k+1, s)
		}
		limit := aim
		if s == submitting {
			limit /= 8
		}
		time.Sleep(time.Duration(rand.Int64N(int64(limit)))) //nolint:gosec // a moment of chance
		o.at().Kill()
		if err := o.start(ctx); err != nil {
			return fmt.Errorf("start after kill %d: %w", k+1, err)
		}
		if (k+1)%25 == 0 {
			fmt.Printf("%d kills, %d submissions acknowledged\n", k+1, o.count())
		}
	}
	return nil
}

func (o *office) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.sent)
}

// tell lets whoever waits to kill know that a step begins.
func (o *office) tell(s step) {
	select {
	case o.begun[s] <- struct{}{}:
	default:
	}
}

// serveOneAfterTheOther lets consignees come, each twice when a kill cuts them off.
func (o *office) serveOneAfterTheOther(ctx context.Context) {
	for ctx.Err() == nil {
		n := int(o.next.Add(1)) - 1
		if n >= consigneesInAll {
			return
		}
		c := o.consignee(n)
		for range 2 {
			p := o.at()
			if o.visit(ctx, p, c, n) == nil || ctx.Err() != nil {
				break
			}
			for o.at().Exited() && ctx.Err() == nil {
				time.Sleep(20 * time.Millisecond)
			}
		}
	}
}

// visit goes through one form and notes what was acknowledged.
func (o *office) visit(ctx context.Context, p *rig.Served, c journey.Consignee, n int) error {
	v := journey.NewVisitor(p.URL, rig.From(n), "en")
	defer v.Leave()
	if err := c.Unlock(ctx, v); err != nil {
		return o.failed(p, "", c, err)
	}
	check, err := c.FillPerson(ctx, v)
	if err != nil {
		return o.failed(p, "", c, err)
	}
	if !check.AtCheck() { // else a kill had only cut the answer off
		if check, err = o.upload(ctx, p, c, v); err != nil {
			return err
		}
	}
	o.tell(submitting)
	receipt, err := c.Submit(ctx, check)
	if err != nil {
		return o.failed(p, submitting, c, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent[c.Waybill] = receipt
	return nil
}

// upload does the second step and notes that its pictures were acknowledged.
func (o *office) upload(ctx context.Context, p *rig.Served, c journey.Consignee, v *journey.Visitor) (*journey.Page, error) {
	form, err := c.DocumentForm(ctx, v)
	if err != nil {
		return nil, o.failed(p, "", c, err)
	}
	o.tell(uploading)
	check, err := form.Send(ctx)
	if err == nil && !check.AtCheck() {
		err = check.Want(http.StatusOK, "/id/check")
	}
	if err != nil {
		return nil, o.failed(p, uploading, c, err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.kept[c.Waybill] = len(c.Pictures)
	return check, nil
}

// failed notes which step was cut off. A portal that lives must not fail, but where
// what was cut off before had gone through: then there is nothing to fill in.
func (o *office) failed(p *rig.Served, s step, c journey.Consignee, err error) error {
	for end := time.Now().Add(2 * time.Second); !p.Exited() && o.at() == p && time.Now().Before(end); { // a killed process takes a moment to be known as ended
		time.Sleep(20 * time.Millisecond)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case p.Exited() || p != o.portal || errors.Is(err, context.Canceled):
		if s != "" {
			o.cut[s]++
		}
	case strings.Contains(err.Error(), "has no form"): // sent, and the answer was lost
		return nil
	default:
		o.odd = append(o.odd, c.Waybill+": "+err.Error())
	}
	return err
}
