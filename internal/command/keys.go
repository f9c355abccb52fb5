package command

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"ecms/portal/internal/config"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/seal"
)

func keys() Command {
	return Command{Name: "keys", Usage: "rotate",
		Short: "wrap the keys of sealed data by the master key in force, while the portal runs", Run: runKeys}
}

// runKeys needs the new master key and, in PORTAL_OLD_MASTER_KEYS, those before.
func runKeys(ctx context.Context, e Env, args []string) (err error) {
	flags := e.Flags("keys")
	if err := e.Parse(flags, args, 1, 1); err != nil {
		return err
	}
	if flags.Arg(0) != "rotate" {
		return Usagef("call it as: portal keys %s", keys().Usage)
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
	if c.Embedded { // Open has made sure of it
		if err := c.MakeSecrets(); err != nil {
			return Usage{err}
		}
	}
	if err := d.furnishCustoms(e, c); err != nil {
		return err
	}
	r, err := d.Customs.RewrapAll(ctx, func(r customs.Rotation) {
		e.say("%d wrapped anew, %d to go", r.Rewrapped, r.Left)
	})
	if errors.Is(err, seal.ErrUnreadable) {
		return fmt.Errorf("%w: is the master key of before in PORTAL_OLD_MASTER_KEYS?", err)
	}
	if err != nil {
		return err
	}
	e.Printf("%d keys wrapped anew; older master keys are no longer needed\n", r.Rewrapped)
	return nil
}

// furnishCustoms opens the documents and puts the store of identities on them: for
// commands that look after sealed data, as the others need neither folder nor keys.
func (d *Database) furnishCustoms(e Env, c config.Config) (err error) {
	ring, err := seal.NewRing(c.MasterKey, c.OldMasterKeys...)
	if err != nil {
		return Usage{err}
	}
	if d.documents, err = document.OpenFiles(filepath.Join(c.DataDir, "documents")); err != nil {
		return Usage{err}
	}
	d.Customs = customs.NewStore(d.Web, d.Work, d.Shipments, d.documents, ring, e.Now)
	return nil
}
