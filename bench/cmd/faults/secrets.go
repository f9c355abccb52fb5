package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"ecms/portal/bench/rig"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
	"ecms/portal/internal/seal/leaktest"
	"ecms/portal/web/webtest/journey"
)

// brokerKey is a public key of age whose secret one nobody here has.
const brokerKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

// home is a portal with a PostgreSQL of its own, as it starts without any setting.
type home struct {
	bed              *rig.Bed
	dir, data, mails string
	env              []string
	url              string
	mu               sync.Mutex
	said             bytes.Buffer
}

// Write keeps what the portal says.
func (h *home) Write(b []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.Write(b)
}

func (h *home) log() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.said.String()
}

// leak lets casts go through all identity flows, kills the portal, and looks for what
// they gave in everything that is left: before the kill, after it, and after the next start.
func leak(ctx context.Context, b *rig.Bed, rounds int) error {
	h, err := newHome(b)
	if err != nil {
		return err
	}
	p, err := h.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { p.Kill() }()
	o, err := h.office(ctx)
	if err != nil {
		return err
	}
	secrets, parts := map[string]string{}, map[string][]byte{}
	for n := range rounds {
		if err := h.round(ctx, o, journey.NewCast(n+1, o.Member[0]), secrets, parts); err != nil {
			return fmt.Errorf("round %d: %w", n+1, err)
		}
	}
	scanner := leaktest.New(secrets)
	for name, part := range parts {
		scanner.Bytes(name, part)
	}
	if err := h.checkpoint(ctx); err != nil {
		return err
	}
	if err := h.search(scanner, "served"); err != nil {
		return err
	}
	p.Kill()
	if err := h.search(scanner, "killed"); err != nil {
		return err
	}
	if p, err = h.serve(ctx); err != nil {
		return err
	}
	if err := errors.Join(h.checkpoint(ctx), p.Stop()); err != nil {
		return err
	}
	return h.search(scanner, "served again and stopped")
}

func newHome(b *rig.Bed) (*home, error) {
	h := &home{bed: b, dir: filepath.Join(b.Dir, "home")}
	h.data, h.mails = filepath.Join(h.dir, "data"), filepath.Join(h.dir, "mails")
	temporary := filepath.Join(h.dir, "tmp")
	if err := os.RemoveAll(h.dir); err != nil {
		return nil, err
	}
	for _, dir := range []string{h.dir, h.data, h.mails, temporary} {
		if err := os.MkdirAll(dir, 0o711); err != nil { //nolint:gosec // PostgreSQL's user must enter it
			return nil, err
		}
	}
	addr, err := rig.FreeAddr()
	if err != nil {
		return nil, err
	}
	admin, err := rig.FreeAddr()
	if err != nil {
		return nil, err
	}
	h.url = "http://" + addr
	h.env = []string{
		"PORTAL_DATA_DIR=" + h.data, "PORTAL_ADDR=" + addr, "PORTAL_ADMIN_ADDR=" + admin, "PORTAL_PG_BIN=" + os.Getenv("PORTAL_PG_BIN"),
		"PORTAL_MAIL_DIR=" + h.mails, "TMPDIR=" + temporary, "PORTAL_BROKER_KEYS=" + brokerKey,
	}
	return h, nil
}

func (h *home) serve(ctx context.Context) (*rig.Process, error) {
	p, err := rig.Start(h.env, h, h.bed.Program(), "serve")
	if err != nil {
		return nil, err
	}
	waiting, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	return p, p.Answers(waiting, h.url+"/readyz")
}

// run runs one of the portal's commands beside it.
func (h *home) run(ctx context.Context, args ...string) error {
	p, err := rig.Start(h.env, h, h.bed.Program(), args...)
	if err != nil {
		return err
	}
	return p.Wait(ctx)
}

var signer = regexp.MustCompile(`(?m)^  (consignee|staff) +(\S+@example\.com) +(\S{15,})$`)

// office is the portal with the people whom it prints.
func (h *home) office(ctx context.Context) (journey.Office, error) {
	o := journey.Office{URL: h.url, Code: h.code}
	for range 500 {
		for _, p := range signer.FindAllStringSubmatch(h.log(), -1) {
			if p[1] == "staff" {
				o.Desk = [2]string{p[2], p[3]}
			} else {
				o.Member = [2]string{p[2], p[3]}
			}
		}
		if o.Desk[0] != "" && o.Member[0] != "" {
			return o, nil
		}
		select {
		case <-ctx.Done():
			return o, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return o, errors.New("nobody to sign in as")
}

var eightDigits = regexp.MustCompile(`\b(\d{4})[ -]?(\d{4})\b`)

// code reads the code in a mail to an address.
func (h *home) code(ctx context.Context, address string) (string, error) {
	for ctx.Err() == nil {
		files, err := filepath.Glob(filepath.Join(h.mails, "*.eml"))
		if err != nil {
			return "", err
		}
		for _, file := range files {
			text, err := os.ReadFile(file) //nolint:gosec // the rig's own folder
			if err != nil {
				return "", err
			}
			head, body, _ := strings.Cut(string(text), "\r\n\r\n")
			if found := eightDigits.FindStringSubmatch(body); strings.Contains(head, address) && found != nil {
				return found[1] + found[2], nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "", ctx.Err()
}

// round lets one cast live, and notes what it gave.
func (h *home) round(ctx context.Context, o journey.Office, c journey.Cast, secrets map[string]string, parts map[string][]byte) error {
	file := filepath.Join(h.bed.Dir, "cast.csv")
	if err := os.WriteFile(file, []byte(journey.Shipments(c.All()...)), 0o600); err != nil {
		return err
	}
	if err := h.run(ctx, "import", "shipments", file); err != nil {
		return err
	}
	accepted, err := o.Everything(ctx, c)
	if err != nil {
		return err
	}
	archive := filepath.Join(h.dir, "broker "+c.Guest.Waybill+".age")
	if err := h.run(ctx, "export", "ids", "--release", strings.Join(accepted, ","), "--out", archive); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	paper, err := c.Guest.Paper(ctx, o.URL)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(h.dir, c.Guest.Waybill+".pdf"), paper, 0o600); err != nil {
		return err
	}
	texts, more, err := c.Secrets(ctx)
	for name, text := range texts {
		secrets[c.Guest.Waybill+": "+name] = text
	}
	for name, part := range more {
		parts[name] = part
	}
	return err
}

// checkpoint brings everything into the database's files.
func (h *home) checkpoint(ctx context.Context) error {
	server, err := embedded.Join(ctx, embedded.Options{DataDir: h.data, BinDir: os.Getenv("PORTAL_PG_BIN")})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop() }()
	db, err := postgres.Open(ctx, postgres.Options{URL: server.URL(), Pool: postgres.Work})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.Exec(ctx, `checkpoint`)
	return err
}

// search looks through everything; the waybill must be found, nothing else may be.
func (h *home) search(scanner *leaktest.Scanner, when string) error {
	if err := os.WriteFile(filepath.Join(h.dir, "portal.log"), []byte(h.log()), 0o600); err != nil {
		return err
	}
	r, err := scanner.Folder(h.dir)
	if err != nil {
		return err
	}
	if len(r.Finds) > 0 {
		return fmt.Errorf("portal %s: %s\n%s", when, r, r.Lines())
	}
	control := leaktest.New(map[string]string{"waybill": journey.NewCast(1, "").Guest.Waybill})
	for _, dir := range []string{h.data, h.mails} {
		if known, err := control.Folder(dir); err != nil || !known.Has("waybill", "") {
			return fmt.Errorf("%s: what must be there is not found: %w", dir, err)
		}
	}
	fmt.Printf("secrets, portal %s: %s\n", when, r)
	return nil
}
