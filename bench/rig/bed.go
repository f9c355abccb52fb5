package rig

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	_ "github.com/lib/pq" // the driver of the rig's own questions

	"ecms/portal/internal/postgres/embedded"
)

// Bed is a folder with the portal as built from this tree and a PostgreSQL of
// its own, whose data stay for the next run.
type Bed struct {
	Dir    string
	server *embedded.Server
	key    string
	older  string // the master key of before, while it is still given
}

// NewBed builds the portal and starts PostgreSQL below dir.
func NewBed(ctx context.Context, dir string) (*Bed, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // PostgreSQL's user must enter it
		return nil, err
	}
	b := &Bed{Dir: dir, key: randomKey()}
	for _, p := range []struct{ name, from string }{{"portal", ".."}, {"yardstick", "."}} {
		if err := build(ctx, filepath.Join(dir, p.name), p.from, p.name); err != nil {
			return nil, err
		}
	}
	return b, b.startPostgres(ctx)
}

func build(ctx context.Context, out, from, name string) error {
	pkg := "."
	if name != "portal" {
		pkg = "./" + name
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", out, pkg) //nolint:gosec // own arguments
	cmd.Dir = from
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", name, err, text)
	}
	return nil
}

func randomKey() string {
	var key [32]byte
	_, _ = rand.Read(key[:])
	return base64.StdEncoding.EncodeToString(key[:])
}

// Key is the master key of the bed's portals, in base64.
func (b *Bed) Key() string { return b.key }

// ChangeKey draws another master key; the one before stays in the portals' settings
// beside it, and is given back.
func (b *Bed) ChangeKey() (before string) {
	b.key, b.older = randomKey(), b.key
	return b.older
}

// ForgetKey takes the master key of before out of the settings.
func (b *Bed) ForgetKey() { b.older = "" }

// startPostgres starts the bed's PostgreSQL, whose launcher starts it again when it dies.
func (b *Bed) startPostgres(ctx context.Context) error {
	server, err := embedded.Start(ctx, embedded.Options{
		DataDir: filepath.Join(b.Dir, "data"), BinDir: os.Getenv("PORTAL_PG_BIN"), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		return err
	}
	b.server = server
	return nil
}

// Close stops PostgreSQL; its data stay.
func (b *Bed) Close() { _ = b.server.Stop() }

// Database is one database of the bed.
type Database struct {
	URL string
	SQL *sql.DB
}

// Close ends the rig's own connections.
func (d *Database) Close() { _ = d.SQL.Close() }

// Fresh makes an empty database with the portal's tables; an older one of
// that name goes.
func (b *Bed) Fresh(ctx context.Context, name string) (*Database, error) {
	admin, err := sql.Open("postgres", b.server.URL())
	if err != nil {
		return nil, err
	}
	defer func() { _ = admin.Close() }()
	for _, statement := range []string{"drop database if exists " + name + " with (force)", "create database " + name} {
		if _, err := admin.ExecContext(ctx, statement); err != nil {
			return nil, err
		}
	}
	d, err := b.Open(name)
	if err != nil {
		return nil, err
	}
	return d, b.Portal(ctx, d, io.Discard, "migrate")
}

// Open reaches a database that is there already.
func (b *Bed) Open(name string) (*Database, error) {
	address := strings.Replace(b.server.URL(), "dbname=portal", "dbname="+name, 1)
	db, err := sql.Open("postgres", address)
	return &Database{URL: address, SQL: db}, err
}

// Program is the portal as built from this tree.
func (b *Bed) Program() string { return filepath.Join(b.Dir, "portal") }

// Data is the data folder of the bed's portals, with the sealed documents in it.
func (b *Bed) Data() string { return filepath.Join(b.Dir, "documents") }

// env is what the portal needs to use a database of the bed.
func (b *Bed) env(d *Database) []string {
	return []string{"DATABASE_URL=" + d.URL, "PORTAL_MASTER_KEY=" + b.key, "PORTAL_OLD_MASTER_KEYS=" + b.older, "PORTAL_DATA_DIR=" + b.Data()}
}

// Portal runs one of the portal's commands to its end.
func (b *Bed) Portal(ctx context.Context, d *Database, out io.Writer, args ...string) error {
	cmd := exec.CommandContext(ctx, b.Program(), args...) //nolint:gosec // the rig's own build
	cmd.Env = append(environ(os.Environ()), b.env(d)...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.MultiWriter(out, &said), io.MultiWriter(out, &said)
	if err := cmd.Run(); err != nil {
		text := said.Bytes()
		return fmt.Errorf("portal %s: %w: %s", args[0], err, text[max(0, len(text)-500):])
	}
	return nil
}

// Feed takes a file of shipments in.
func (b *Bed) Feed(ctx context.Context, d *Database, shipments string) error {
	file := filepath.Join(b.Dir, "feed.csv")
	if err := os.WriteFile(file, []byte(shipments), 0o600); err != nil {
		return err
	}
	return b.Portal(ctx, d, io.Discard, "import", "shipments", file)
}

// Served is a program that answers on a loopback address.
type Served struct {
	*Process
	URL string
}

// Serve starts the portal on a free loopback address and waits until it is ready.
func (b *Bed) Serve(ctx context.Context, d *Database, out io.Writer, extra ...string) (*Served, error) {
	addr, err := FreeAddr()
	if err != nil {
		return nil, err
	}
	admin, err := FreeAddr()
	if err != nil {
		return nil, err
	}
	env := append(b.env(d), "PORTAL_ADDR="+addr, "PORTAL_ADMIN_ADDR="+admin, "PORTAL_BASE_URL=http://"+addr)
	p, err := Start(append(env, extra...), out, b.Program(), "serve")
	if err != nil {
		return nil, err
	}
	s := &Served{p, "http://" + addr}
	return s, s.Answers(ctx, s.URL+"/readyz")
}

// Yardstick starts the hand-written page on the same database.
func (b *Bed) Yardstick(ctx context.Context, d *Database, out io.Writer, conns int) (*Served, error) {
	addr, err := FreeAddr()
	if err != nil {
		return nil, err
	}
	p, err := Start([]string{"DATABASE_URL=" + d.URL, "ADDR=" + addr, fmt.Sprintf("CONNS=%d", conns)}, out, filepath.Join(b.Dir, "yardstick"))
	if err != nil {
		return nil, err
	}
	s := &Served{p, "http://" + addr}
	return s, s.Answers(ctx, s.URL+"/healthz")
}

// Start runs one of the portal's commands without waiting for its end.
func (b *Bed) Start(d *Database, out io.Writer, args ...string) (*Process, error) {
	return Start(b.env(d), out, b.Program(), args...)
}
