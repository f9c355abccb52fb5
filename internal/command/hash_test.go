package command_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/command"
)

// TestActAsHasher is no test: it is the process that the others start, which is
// this very program again.
func TestActAsHasher(t *testing.T) {
	if os.Getenv("ACT_AS_HASHER") == "" {
		return // nobody started it as such
	}
	if err := account.ServeHashes(os.Stdin, os.Stdout); err != nil {
		t.Fatal(err)
	}
	os.Exit(0)
}

func someWork() account.Work {
	return account.Work{Password: []byte("one parcel"), Salt: []byte("0123456789abcdef"), Memory: 64, Passes: 1, Threads: 1, Size: 32}
}

func TestHashersGiveWayAndAreReplaced(t *testing.T) {
	t.Setenv("ACT_AS_HASHER", "1")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	h := command.StartHashers(self, []string{"-test.run=^TestActAsHasher$"}, slog.New(slog.NewTextHandler(&log, nil)))
	defer h.Close()
	want, err := someWork().Sum(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := func(when string) {
		t.Helper()
		if got, err := h.Sum(t.Context(), someWork()); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v; want %x", when, got, err, want)
		}
	}
	ask("at first")
	pids := h.PIDs()
	if len(pids) != account.Slots() {
		t.Fatalf("%d processes, want %d", len(pids), account.Slots())
	}
	for _, pid := range pids {
		if got := niceOf(t, pid); got < 10 {
			t.Errorf("process %d is nice by %d, want 10", pid, got)
		}
		p, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Kill(); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 * len(pids) {
		ask("after all were killed")
	}
	if !strings.Contains(log.String(), "is lost") {
		t.Errorf("nobody was told: %s", &log)
	}
}

// niceOf reads the nice value of a process.
func niceOf(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	nice, err := strconv.Atoi(fields[16])
	if err != nil {
		t.Fatal(err)
	}
	return nice
}

func TestHashersThatCannotStart(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	h := command.StartHashers("/nowhere/portal", nil, slog.New(slog.NewTextHandler(&log, nil)))
	defer h.Close()
	if sum, err := h.Sum(t.Context(), someWork()); err != nil || len(sum) != 32 {
		t.Errorf("%x, %v", sum, err)
	}
	if !strings.Contains(log.String(), "hashed by the portal itself") {
		t.Errorf("nobody was told: %s", &log)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 50 { // a place is free, so that either may win
		if _, err := h.Sum(ctx, someWork()); err != nil {
			return
		}
	}
	t.Error("somebody who has gone is always served")
}
