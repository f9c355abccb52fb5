//go:build unix

package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ecms/portal/internal/postgres/embedded"
)

// taken is a data folder that another portal holds, which wrote text.
func taken(t *testing.T, text string) string {
	t.Helper()
	dir := folder(t)
	f, err := os.Create(filepath.Join(dir, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTakenFolderNamesItsPortal(t *testing.T) {
	t.Parallel()
	bin := programs(t, say("17.2"), "exit 1", "exit 1")
	for _, c := range []struct {
		name, text string
		pid        int
		says       string
	}{
		{"a number", "4711\n", 4711, "another portal (pid 4711) already uses "},
		{"blanks around", "  4711 \n", 4711, "another portal (pid 4711) already uses "},
		{"not yet written", "", 0, "another portal already uses "},
		{"no number", "somebody\n", 0, "another portal already uses "},
		{"far too much", strings.Repeat("9", 4000), 0, "another portal already uses "},
	} {
		dir := taken(t, c.text)
		_, err := embedded.Start(t.Context(), embedded.Options{DataDir: dir, BinDir: bin})
		var held embedded.Taken
		if !errors.As(err, &held) || held.PID != c.pid || held.Dir != dir {
			t.Errorf("%s: got %v (%+v), want pid %d", c.name, err, held, c.pid)
			continue
		}
		if err.Error() != c.says+dir {
			t.Errorf("%s: got %q, want %q", c.name, err, c.says+dir)
		}
		if text, err := os.ReadFile(filepath.Join(dir, "lock")); err != nil || string(text) != c.text {
			t.Errorf("%s: the other's lock file became %q, %v", c.name, text, err)
		}
	}
}

func TestGuestOfASilentPortalIsTold(t *testing.T) {
	t.Parallel()
	dir := taken(t, "4711\n")
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := embedded.Join(ctx, embedded.Options{DataDir: dir, BinDir: programs(t, say("17.2"), "exit 1", "exit 1")})
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "portal (pid 4711) uses "+dir+", but its database does not answer") {
		t.Errorf("got %v, want one that names portal and folder", err)
	}
}

// TestStartCalledOff has the real server in a folder whose name is full of traps.
func TestStartCalledOff(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), `it's "a", [trap] 100%`)
	t.Cleanup(func() { _ = os.RemoveAll(embedded.SocketFolder(dir)) })
	ctx, cancel := context.WithCancel(t.Context())
	cancel() // Ctrl-C while it starts
	if _, err := embedded.Start(ctx, options(dir)); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the call's end", err)
	}
	o := options(dir)
	o.Settings = append(o.Settings, "work_mem=5MB")
	s, err := embedded.Start(t.Context(), o) // the folder is free again
	if err != nil {
		t.Fatal(err)
	}
	if err := run(t, s.URL(), `do $$ begin assert current_setting('work_mem') = '5MB', 'the caller''s setting'; end $$`); err != nil {
		t.Error(err)
	}
	if err := run(t, s.URL(), `create table kept as select 1`); err != nil {
		t.Error(err)
	}
	for range 2 { // a second Stop is no harm
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if err := run(t, s.URL(), `select 1`); err == nil {
		t.Error("the server answers after Stop")
	}
	s, err = embedded.Join(t.Context(), o) // nobody is there: a server of its own
	if err != nil {
		t.Fatal(err)
	}
	if n := rows(t, s.URL()); n != 1 {
		t.Errorf("got %d rows, want 1", n)
	}
	if err := s.Stop(); err != nil || run(t, s.URL(), `select 1`) == nil {
		t.Errorf("the end of a guest without a host: %v; want no server", err)
	}
}
