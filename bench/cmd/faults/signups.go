package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"ecms/portal/bench/rig"
)

const (
	newcomers = 6                            // people who register at the same time
	frozenFor = 40 * time.Second             // longer than a worker's lease on a job
	newSecret = "seven small parcels by sea" //nolint:gosec // of made-up people
)

// town is two portals on one database that people register with, and what each
// person was told.
type town struct {
	bed    *rig.Bed
	db     *rig.Database
	mails  string
	next   atomic.Int64
	mu     sync.Mutex
	portal [2]*rig.Served
	asked  map[string]bool // addresses whose registration was acknowledged
	tried  map[string]bool // those sent in, answered or not
	opened map[string]bool // addresses whose account was acknowledged
	begun  map[string]bool // mails whose link was pressed
}

// killSignUps kills one of two portals again and again while people register and
// follow the links in their mails; then a worker freezes beyond its lease, and
// PostgreSQL restarts. Nobody who was told yes may find nothing, or everything twice.
func killSignUps(ctx context.Context, b *rig.Bed, kills int) error {
	db, err := b.Fresh(ctx, "signups")
	if err != nil {
		return err
	}
	defer db.Close()
	t := &town{
		bed: b, db: db, mails: filepath.Join(b.Dir, "mails"),
		asked: map[string]bool{}, tried: map[string]bool{}, opened: map[string]bool{}, begun: map[string]bool{},
	}
	if err := errors.Join(os.RemoveAll(t.mails), os.MkdirAll(t.mails, 0o700)); err != nil {
		return err
	}
	defer t.end()
	for i := range t.portal {
		if err := t.start(ctx, i); err != nil {
			return err
		}
	}
	living, stop := context.WithCancel(ctx)
	var people sync.WaitGroup
	for range newcomers {
		people.Go(func() { t.register(living) })
	}
	people.Go(func() { t.follow(living) })
	err = t.suffer(ctx, kills)
	stop()
	people.Wait()
	if err != nil {
		return err
	}
	return t.judge(ctx)
}

func (t *town) suffer(ctx context.Context, kills int) error {
	for k := range kills {
		time.Sleep(time.Duration(100+rand.IntN(500)) * time.Millisecond) //nolint:gosec // a moment of chance
		i := k % 2
		t.at(i).Kill()
		if err := t.start(ctx, i); err != nil {
			return fmt.Errorf("start after kill %d: %w", k+1, err)
		}
	}
	fmt.Printf("%d kills while %d people registered\n", kills, t.next.Load())
	if err := syscall.Kill(t.at(0).PID(), syscall.SIGSTOP); err != nil {
		return err
	}
	time.Sleep(frozenFor)
	if err := syscall.Kill(t.at(0).PID(), syscall.SIGCONT); err != nil {
		return err
	}
	fmt.Printf("one worker frozen for %s: the other took over\n", frozenFor)
	if err := t.bed.KillPostgres(ctx); err != nil {
		return err
	}
	if err := t.bed.AwaitPostgres(ctx); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	return nil
}

func (t *town) at(i int) *rig.Served {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.portal[i]
}

func (t *town) start(ctx context.Context, i int) error {
	p, err := t.bed.Serve(ctx, t.db, io.Discard, rig.Proxied, "PORTAL_MAIL_DIR="+t.mails)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.portal[i] = p
	return err
}

func (t *town) end() {
	for i := range t.portal {
		if p := t.at(i); p != nil {
			p.Kill()
		}
	}
}

func (t *town) note(in map[string]bool, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	in[address] = true
}

// register sends one address after the other to either portal.
func (t *town) register(ctx context.Context) {
	for ctx.Err() == nil {
		n := int(t.next.Add(1))
		address := fmt.Sprintf("newcomer%d@example.com", n)
		t.note(t.tried, address)
		a, err := rig.NewVisitor(t.at(n%2).URL).Post(ctx, "/register", rig.From(n), url.Values{"email": {address}})
		if err != nil {
			time.Sleep(20 * time.Millisecond) // that portal is down
			continue
		}
		if a.Status == http.StatusSeeOther {
			t.note(t.asked, address)
		}
	}
}

// follow opens the links of the mails that have come.
func (t *town) follow(ctx context.Context) {
	for ctx.Err() == nil {
		letters, err := readMails(t.mails)
		if err != nil {
			time.Sleep(50 * time.Millisecond)
			continue
		}
		for _, l := range letters {
			if t.begun[l.file] || ctx.Err() != nil { // nobody else writes begun
				continue
			}
			t.note(t.begun, l.file)
			form := url.Values{"name": {"Newcomer"}, "password": {newSecret}, "terms": {"yes"}}
			a, err := rig.NewVisitor(t.at(rand.IntN(2)).URL).Post(ctx, l.link, rig.From(30_000), form) //nolint:gosec // either portal
			if err == nil && a.Status == http.StatusSeeOther {
				t.note(t.opened, l.to)
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// judge waits for the queue and compares what was promised with what is there.
func (t *town) judge(ctx context.Context) error {
	if err := t.settled(ctx); err != nil {
		return err
	}
	letters, err := readMails(t.mails)
	if err != nil {
		return err
	}
	mails := map[string]int{}
	for _, l := range letters {
		mails[l.to]++
	}
	accounts := map[string]int{}
	rows, err := t.db.SQL.QueryContext(ctx, `select email from accounts`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var email string
		if err := rows.Scan(&email); err != nil {
			return err
		}
		accounts[email]++
	}
	if err := errors.Join(rows.Err(), once("mail", t.asked, mails), once("account", t.opened, accounts)); err != nil {
		return err
	}
	fmt.Printf("sign-ups: %d acknowledged of %d tried, each with its one mail; %d accounts acknowledged, each there once\n",
		len(t.asked), len(t.tried), len(t.opened))
	return nil
}

// settled waits until no job is left: a dead worker's come back after its lease.
func (t *town) settled(ctx context.Context) error {
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(500 * time.Millisecond) {
		var waiting, failed int
		const query = `select count(*) filter (where state = 'ready'), count(*) filter (where state = 'failed') from jobs where kind = 'account.letter'`
		if err := t.db.SQL.QueryRowContext(ctx, query).Scan(&waiting, &failed); err != nil {
			return err
		}
		if failed > 0 {
			return fmt.Errorf("%d mails were given up", failed)
		}
		if waiting == 0 {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("%d mails still wait", waiting)
		}
	}
}

// once holds how often each thing is there to what was promised: every promised
// one exactly once, and none twice.
func once(what string, promised map[string]bool, there map[string]int) error {
	for name, n := range there {
		if n > 1 {
			return fmt.Errorf("%s of %s is there %d times", what, name, n)
		}
	}
	for name := range maps.Keys(promised) {
		if there[name] != 1 {
			return fmt.Errorf("%s of %s was acknowledged and is not there", what, name)
		}
	}
	return nil
}
