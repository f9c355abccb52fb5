package feed_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
)

// cpuOf tells the processor time that this process and its PostgreSQL have
// used; on a busy machine it tells more than the clock does.
func cpuOf(b *testing.B, db *postgres.DB) (own, server time.Duration) {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	own = time.Duration(u.Utime.Nano() + u.Stime.Nano())
	var backend string
	if err := db.QueryRowContext(b.Context(), `select pg_backend_pid()::text`).Scan(&backend); err != nil {
		b.Fatal(err)
	}
	parent := statOf(backend)[1]
	ticks := 0
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, dir := range all {
		switch f := statOf(filepath.Base(dir)); {
		case len(f) > 14 && f[1] == parent:
			ticks += number(f[11]) + number(f[12])
		case filepath.Base(dir) == parent && len(f) > 14:
			ticks += number(f[11]) + number(f[12]) + number(f[13]) + number(f[14])
		}
	}
	return own, time.Duration(ticks) * 10 * time.Millisecond
}

// statOf gives the fields of a process's stat after its name: state, parent ...
func statOf(pid string) []string {
	text, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return nil
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	return strings.Fields(rest)
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
