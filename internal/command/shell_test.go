package command_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/command"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment/feed"
)

// shell calls commands on a database of its own.
type shell struct {
	env  map[string]string
	now  time.Time
	hear func(line string) // what is written to standard error, as it is written; may be nil
}

// ear is a standard error that is listened to.
type ear struct {
	bytes.Buffer
	hear func(string)
}

func (e *ear) Write(b []byte) (int, error) {
	if e.hear != nil {
		e.hear(string(b))
	}
	return e.Buffer.Write(b)
}

func newShell(t *testing.T) *shell {
	t.Helper()
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		t.Fatal(err)
	}
	return &shell{now: time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC), env: map[string]string{
		"DATABASE_URL":      testdb.URL(t),
		"PORTAL_DATA_DIR":   t.TempDir(),
		"PORTAL_MASTER_KEY": base64.StdEncoding.EncodeToString(key),
	}}
}

// run gives a command's exit status and what it wrote.
func (s *shell) run(t *testing.T, in string, args ...string) (status int, out, err string) {
	t.Helper()
	return s.runFrom(t.Context(), strings.NewReader(in), args...)
}

// runFrom is run with a context and an input of any kind.
func (s *shell) runFrom(ctx context.Context, in io.Reader, args ...string) (status int, out, err string) {
	var stdout bytes.Buffer
	stderr := ear{hear: s.hear}
	status = command.Run(ctx, command.Env{
		Getenv: func(name string) string { return s.env[name] },
		Stdin:  in, Stdout: &stdout, Stderr: &stderr, Build: "a-build",
		Now: func() time.Time { return s.now },
	}, args)
	return status, stdout.String(), stderr.String()
}

// fine runs a command that must end well, and gives its output.
func (s *shell) fine(t *testing.T, in string, args ...string) string {
	t.Helper()
	status, out, err := s.run(t, in, args...)
	if status != 0 {
		t.Fatalf("portal %s: status %d\n%s", strings.Join(args, " "), status, err)
	}
	return out
}

// file writes a file for a test.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// reportOf reads an import's output.
func reportOf(t *testing.T, out string) (r feed.Report) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return r
}

const (
	someShipments   = "waybill,origin_country,origin_zone,destination_country,destination_zone\nW1234,US,America/New_York,CN,Asia/Shanghai\n"
	someCheckpoints = "waybill,at,code\nW1234,2026-03-03T10:00:00Z,InTransit_004\nW1234,2026-03-04T10:00:00Z,MYSTERY\n"
)
