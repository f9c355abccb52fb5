package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/config"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/customs/handover"
	"ecms/portal/internal/shipment"
)

func export() Command {
	return Command{Name: "export", Usage: "ids --release WAYBILL[,WAYBILL...]|since=YYYY-MM-DD --out FILE",
		Short: "hand accepted identities over to the broker, in an archive that PORTAL_BROKER_KEYS alone open", Run: runExport}
}

// exportCall is what a call asks for: the parcels named, or all that were accepted since.
type exportCall struct {
	waybills []shipment.Waybill
	since    time.Time
	out      string
}

func runExport(ctx context.Context, e Env, args []string) (err error) {
	call, err := e.readExport(args)
	if err != nil {
		return err
	}
	c, err := e.Config()
	if err != nil {
		return err
	}
	if len(c.BrokerKeys) == 0 {
		return Usagef("PORTAL_BROKER_KEYS is not set: give the broker's public key, age1..., so that nobody else can open the archive")
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	if c.Embedded { // Open has made sure of it
		if err := c.MakeSecrets(); err != nil {
			return Usage{err}
		}
	}
	if err := d.furnishCustoms(e, c); err != nil {
		return err
	}
	list, err := call.find(ctx, d.Customs)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		e.Printf("no identity was accepted since %s: nothing is written\n", call.since.Format(time.DateOnly))
		return nil
	}
	return e.handOver(ctx, c, d.Customs, call, list)
}

// readExport reads the call.
func (e Env) readExport(args []string) (call exportCall, err error) {
	flags := e.Flags("export")
	release := flags.String("release", "", "waybills, or since=DAY: all that were accepted since the beginning of the day (UTC)")
	flags.StringVar(&call.out, "out", "", "the archive's file, which must not be there yet")
	ids := len(args) > 0 && args[0] == "ids"
	if ids {
		args = args[1:]
	}
	if err := e.Parse(flags, args, 0, 0); err != nil {
		return exportCall{}, err
	}
	if !ids || *release == "" || call.out == "" {
		return exportCall{}, Usagef("call it as: portal export %s", export().Usage)
	}
	if day, is := strings.CutPrefix(*release, "since="); is {
		if call.since, err = time.Parse(time.DateOnly, day); err != nil {
			return exportCall{}, Usagef("--release %s: the day is to be as in since=2026-01-31", *release)
		}
		return call, nil
	}
	for _, typed := range strings.Split(*release, ",") {
		w, err := shipment.Parse(typed)
		if err != nil {
			return exportCall{}, Usagef("--release: %q is no waybill", typed)
		}
		if !slices.Contains(call.waybills, w) {
			call.waybills = append(call.waybills, w)
		}
	}
	return call, nil
}

// find lists what is to be handed over; each parcel that was named must be there.
func (c exportCall) find(ctx context.Context, store *customs.Store) ([]customs.Identity, error) {
	if len(c.waybills) == 0 {
		return store.AcceptedSince(ctx, c.since)
	}
	list, err := store.AcceptedOf(ctx, c.waybills)
	if err != nil {
		return nil, err
	}
	var none []string
	for _, w := range c.waybills {
		if !slices.ContainsFunc(list, func(i customs.Identity) bool { return i.Waybill == w }) {
			none = append(none, string(w))
		}
	}
	if len(none) > 0 {
		return nil, fmt.Errorf("no accepted identity for %s: nothing is written", strings.Join(none, ", "))
	}
	return list, nil
}

// handOver writes the archive and tells what is in it, by numbers alone.
func (e Env) handOver(ctx context.Context, c config.Config, store *customs.Store, call exportCall, list []customs.Identity) error {
	reference := "H" + e.Now().UTC().Format("20060102") + "-" + rand.Text()[:8]
	p := handover.Packer{To: c.BrokerKeys, Open: store.HandOver, Now: e.Now}
	m, err := p.Save(ctx, call.out, reference, list)
	switch {
	case errors.Is(err, handover.ErrThere):
		return Usagef("--out %s is there already: an archive is never written over", call.out)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no archive was written: %w", err)
	case err != nil:
		return fmt.Errorf("no archive was written, though what was opened for it is on record as %s: %w", reference, err)
	}
	pictures := 0
	for _, r := range m.Records {
		pictures += len(r.Pictures)
	}
	e.Printf("%s: %d identities with %d pictures for %d keys in %s\n", reference, len(m.Records), pictures, len(c.BrokerKeys), call.out)
	return nil
}
