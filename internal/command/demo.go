package command

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ecms/portal/internal/config"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/mail"
)

// demoSeed is the seed of the parcels that the embedded default starts with.
const demoSeed = 1

func loadDemo() Command {
	return Command{Name: "demo", Usage: "[--seed N] [--as-of YYYY-MM-DD]",
		Short: "load some 400 made-up parcels; the same seed gives the same waybills", Run: runDemo}
}

func runDemo(ctx context.Context, e Env, args []string) (err error) {
	flags := e.Flags("demo")
	seed := flags.Uint64("seed", demoSeed, "chooses the set")
	asOf := flags.String("as-of", "", "the day before which all has happened; today unless given")
	if err := e.Parse(flags, args, 0, 0); err != nil {
		return err
	}
	o := demo.Options{Seed: *seed, AsOf: e.Now()}
	if *asOf != "" {
		if o.AsOf, err = time.Parse(time.DateOnly, *asOf); err != nil {
			return Usagef("--as-of is %q: give a day as 2026-03-31", *asOf)
		}
	}
	c, err := e.Config()
	if err != nil {
		return err
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if err := demo.Load(ctx, d.Shipments, o); err != nil {
		return err
	}
	if d.people != nil {
		if err := demo.Admit(ctx, d.Accounts, d.people); err != nil {
			return err
		}
	}
	e.showSamples(c, o)
	if c.Embedded {
		if err := d.furnishCustoms(e, c); err != nil {
			return err
		}
		if err := e.showWaiting(ctx, c, d, o); err != nil {
			return err
		}
	}
	e.showPeople(c, d)
	return nil
}

// loadDemoOnce fills the embedded default at its first start, or at the next
// when that was broken off, or when its folder is from before there were accounts:
// the parcels then learn whose they are.
func (e Env) loadDemoOnce(ctx context.Context, d *Database) error {
	o := demo.Options{Seed: demoSeed, AsOf: e.Now()}
	met, err := demo.Met(ctx, d.Accounts, d.people)
	if err != nil {
		return fmt.Errorf("demo accounts: %w", err)
	}
	first, err := d.Shipments.Lookup(ctx, demo.Samples(o)[0].Waybill)
	if errors.Is(err, fault.ErrNotFound) || err == nil && (!met || len(first.Checkpoints) == 0) {
		err = demo.Load(ctx, d.Shipments, o)
	}
	if err != nil {
		return fmt.Errorf("demo parcels: %w", err)
	}
	if met {
		return nil
	}
	return demo.Admit(ctx, d.Accounts, d.people)
}

// greet tells where the portal is, and in the embedded default what to try.
func (e Env) greet(ctx context.Context, s Site) {
	e.Printf("The portal is at %s\n", s.Config.BaseURL)
	if !s.Config.Embedded {
		return
	}
	o := demo.Options{Seed: demoSeed, AsOf: e.Now()}
	e.showSamples(s.Config, o)
	if err := e.showWaiting(ctx, s.Config, s.Database, o); err != nil {
		s.Log.WarnContext(ctx, "no links for the parcels that wait", "error", err)
	}
	e.showPeople(s.Config, s.Database)
}

// showWaiting tells of the parcels that wait for an identity, each with a link that
// is made now, the fact that opens it, and what may be typed there.
func (e Env) showWaiting(ctx context.Context, c config.Config, d *Database, o demo.Options) error {
	e.Printf("Identities that customs waits for, each by the link that a consignee gets:\n")
	for _, w := range demo.WaitingParcels(o) {
		key, _, err := d.Customs.MakeLink(ctx, w.Waybill, 0)
		if err != nil {
			return err
		}
		typed := []string{w.Name, w.Phone}
		if w.Postcode != "" && w.Destination == "KR" {
			typed = append(typed, w.Postcode)
		}
		if w.Number != "" {
			typed = append(typed, w.Number)
		}
		e.Printf("  %s/%s/p/%s  to %s, phone %s; type %s\n", c.BaseURL, w.Language, key, w.Destination, w.PhoneLast4, strings.Join(typed, ", "))
	}
	return nil
}

// showPeople tells who can sign in, and where their mails are read.
func (e Env) showPeople(c config.Config, d *Database) {
	if len(d.people) == 0 {
		return
	}
	e.Printf("Sign in at %s/login as\n", c.BaseURL)
	for _, p := range d.people {
		e.Printf("  %-10s %-22s %s\n", p.Part, p.Email, p.Password)
	}
	if d.Mail == mail.Sender(d.Outbox) && c.Local() {
		e.Printf("Mails stay on this machine: read them at %s/dev/outbox\n", c.BaseURL)
	}
}

func (e Env) showSamples(c config.Config, o demo.Options) {
	e.Printf("Parcels to try, each with the facts that unlock it:\n")
	for _, s := range demo.Samples(o) {
		facts := []string{"phone " + s.PhoneLast4}
		if s.Postcode != "" {
			facts = append(facts, "postcode "+s.Postcode)
		}
		if s.OrderNo != "" {
			facts = append(facts, "order "+s.OrderNo)
		}
		e.Printf("  %s/track/%s  %s, to %s: %s\n", c.BaseURL, s.Waybill, s.Story, s.Destination, strings.Join(facts, ", "))
	}
}
