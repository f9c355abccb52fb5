package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/config"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/document"
	"ecms/portal/internal/legal"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
)

// Env is the world that a command runs in.
type Env struct {
	// Getenv reads the environment.
	Getenv func(string) string
	// Stdin, Stdout and Stderr are the process's own, or a test's.
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Now is the clock.
	Now func() time.Time
	// Build names this build.
	Build string
	// Self is the program's own file; empty: no process is started beside this one.
	Self string
	// Edge makes what speaks HTTP.
	Edge func(Site) Edge
}

func (e Env) say(format string, args ...any) { _, _ = fmt.Fprintf(e.Stderr, format+"\n", args...) }

// Printf writes to the command's output.
func (e Env) Printf(format string, args ...any) { _, _ = fmt.Fprintf(e.Stdout, format, args...) }

// Config reads the configuration; what is wrong with it is Usage.
func (e Env) Config() (config.Config, error) {
	c, err := config.Load(e.Getenv)
	if err != nil {
		return c, Usage{err}
	}
	return c, nil
}

// Database is an open database with the stores on it.
type Database struct {
	// URL is its address, for those who need a connection of their own.
	URL string
	// Web and Work are its two pools.
	Web, Work *postgres.DB
	// Shipments, Accounts and Shelf are the stores on both.
	Shipments *shipment.Store
	Accounts  *account.Store
	Shelf     *shelf.Store
	// Customs keeps consignees' identities; nil for commands that do not need it.
	Customs *customs.Store
	// Mail is where mails go. Outbox is the same in the embedded default, where
	// they are read in the browser unless another way is configured.
	Mail   mail.Sender
	Outbox *mail.Outbox

	documents *document.Files  // under Customs
	server    *embedded.Server // nil with DATABASE_URL
	people    []demo.Person    // who may try the embedded default out; nil elsewhere
}

// Open gives a command the database: the configured one, or the private one of
// the data folder, whether another portal runs it already or nobody does.
func (e Env) Open(ctx context.Context) (*Database, error) {
	c, err := e.Config()
	if err != nil {
		return nil, err
	}
	if c.Embedded { // letters are signed with its key
		if err := c.MakeSecrets(); err != nil {
			return nil, Usage{err}
		}
	}
	d, err := e.reach(ctx, c, embedded.Join, nil)
	if err != nil {
		return nil, err
	}
	if err := d.ready(ctx, c); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// reach opens the pools, and starts the private server where one is needed.
func (e Env) reach(ctx context.Context, c config.Config,
	start func(context.Context, embedded.Options) (*embedded.Server, error), log *slog.Logger,
) (*Database, error) {
	d := &Database{URL: c.DatabaseURL}
	if c.Embedded {
		var err error
		if d.server, err = start(ctx, embedded.Options{DataDir: c.DataDir, BinDir: c.PGBin, Log: log}); err != nil {
			return nil, err
		}
		d.URL = d.server.URL()
	}
	var err error
	if d.Web, err = postgres.Open(ctx, postgres.Options{URL: d.URL, Pool: postgres.Web}); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if d.Work, err = postgres.Open(ctx, postgres.Options{URL: d.URL, Pool: postgres.Work}); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if err := d.furnish(e, c); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// furnish puts the stores on the pools. An address that is confirmed and a parcel
// that comes in find one another here, as neither store knows the other.
func (d *Database) furnish(e Env, c config.Config) (err error) {
	d.Shipments = shipment.NewStore(d.Web, d.Work, e.Now)
	d.Accounts = account.NewStore(d.Web, d.Work, c.MasterKey, e.Now)
	d.Shelf = shelf.NewStore(d.Web, d.Work, d.Shipments, e.Now)
	d.Accounts.OnConfirmed, d.Shipments.OnReceived = d.join, d.Shelf.JoinShipments
	d.Shipments.OnTold = func(ctx context.Context, tx *postgres.Tx, ws []shipment.Waybill) error {
		if err := d.Shelf.CopyViews(ctx, tx, ws); err != nil {
			return err
		}
		return customs.Asked(ctx, tx, ws)
	}
	d.Outbox = mail.NewOutbox(d.Web)
	if c.Embedded && len(c.MasterKey) > 0 {
		if d.people, err = demo.People(c.MasterKey, legal.CurrentTerms()); err != nil {
			return err
		}
	}
	d.Mail, err = postOffice(c, d.Outbox)
	return err
}

// join gives an account what was kept under its address before: parcels and the
// persons that were saved without an account.
func (d *Database) join(ctx context.Context, tx *postgres.Tx, id account.ID, emailKey string) error {
	if err := d.Shelf.Join(ctx, tx, id, emailKey); err != nil {
		return err
	}
	return customs.Adopt(ctx, tx, id, emailKey)
}

// postOffice chooses the way that mails go.
func postOffice(c config.Config, outbox *mail.Outbox) (mail.Sender, error) {
	switch {
	case c.SMTPURL != "":
		return mail.NewSMTP(c.SMTPURL, nil)
	case c.MailDir != "":
		return mail.NewDir(c.MailDir), nil
	case c.Embedded:
		return outbox, nil
	}
	return mail.Nowhere{}, nil
}

// ready makes sure that the tables are there: made in the private database, asked
// for in one that somebody else looks after.
func (d *Database) ready(ctx context.Context, c config.Config) error {
	if c.Embedded {
		_, _, err := postgres.Migrate(ctx, d.URL)
		return err
	}
	have, want, err := postgres.Current(ctx, d.Work)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if have < want {
		return Usagef("the database is at migration %d of %d: run portal migrate first", have, want)
	}
	return nil
}

// Close ends the pools, then the private server if it is ours.
func (d *Database) Close() error {
	var errs []error
	for _, db := range []*postgres.DB{d.Web, d.Work} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if d.documents != nil {
		errs = append(errs, d.documents.Close())
	}
	if d.server != nil {
		errs = append(errs, d.server.Stop())
	}
	return errors.Join(errs...)
}
