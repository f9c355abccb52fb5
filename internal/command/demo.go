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
func (e Env) greet(s Site) {
	e.Printf("The portal is at %s\n", s.Config.BaseURL)
	if s.Config.Embedded {
		e.showSamples(s.Config, demo.Options{Seed: demoSeed, AsOf: e.Now()})
		e.showPeople(s.Config, s.Database)
	}
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
