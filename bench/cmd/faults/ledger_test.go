package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/config"
)

// book is a ledger with three rows in it.
func book() *ledger {
	l := &ledger{acked: map[string]bool{}}
	l.add([]string{"EC1,E0-0,0,2026-05-01T10:00:00Z,x\n", "EC1,E0-1,0,2026-05-01T11:00:00Z,x\n", "EC2,E1-0,0,2026-05-01T10:00:00Z,x\n"})
	return l
}

func TestLedgerNoticesWhatIsLostOrDoubled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		kept map[string]int
		says []string
	}{
		{"all there once", map[string]int{"EC1 #E0-0": 1, "EC1 #E0-1": 1, "EC2 #E1-0": 1}, nil},
		{"more than was acknowledged", map[string]int{"EC1 #E0-0": 1, "EC1 #E0-1": 1, "EC2 #E1-0": 1, "EC3 #E2-0": 1}, nil},
		{"one lost", map[string]int{"EC1 #E0-0": 1, "EC2 #E1-0": 1}, []string{"2 of 3 acknowledged rows are there", "EC1 #E0-1 is not"}},
		{"one lost and a stranger", map[string]int{"EC1 #E0-0": 1, "EC2 #E1-0": 1, "EC9 #E9-9": 1}, []string{"2 of 3", "EC1 #E0-1"}},
		{"the event of another parcel", map[string]int{"EC1 #E0-0": 1, "EC2 #E0-1": 1, "EC2 #E1-0": 1}, []string{"2 of 3", "EC1 #E0-1"}},
		{"all lost", nil, []string{"0 of 3"}},
		{"one doubled", map[string]int{"EC1 #E0-0": 2, "EC1 #E0-1": 1, "EC2 #E1-0": 1}, []string{"EC1 #E0-0 is there 2 times"}},
		{"one doubled that nobody acknowledged", map[string]int{"EC1 #E0-0": 1, "EC1 #E0-1": 1, "EC2 #E1-0": 1, "EC3 #E2-0": 3}, []string{"EC3 #E2-0 is there 3 times"}},
	} {
		err := book().compare(c.kept)
		if (err == nil) != (c.says == nil) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: got %q, want one with %q", c.name, err, part)
			}
		}
	}
}

func TestLedgerCountsARowOnce(t *testing.T) {
	t.Parallel()
	l := &ledger{acked: map[string]bool{}}
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for i := range 200 {
				l.add([]string{fmt.Sprintf("EC%d,E%d-0,0,x\n", i%50, i%50)})
			}
		})
	}
	clients.Wait()
	if len(l.acked) != 50 {
		t.Errorf("got %d rows, want 50", len(l.acked))
	}
}

func TestPromisedRows(t *testing.T) {
	t.Parallel()
	part := []string{"a", "b", "c", "d"} // lines 2 to 5 of their file
	for _, c := range []struct {
		name, said string
		want       []string
		fine       bool
	}{
		{"killed before the first commit", "reading\n", []string{}, true},
		{"nothing said", "", []string{}, true},
		{"header alone", "committed through line 1\n", []string{}, true},
		{"half", "committed through line 3\n", []string{"a", "b"}, true},
		{"the last word counts", "committed through line 2\ncommitted through line 4\n", []string{"a", "b", "c"}, true},
		{"the whole file", "committed through line 5\n", []string{"a", "b", "c", "d"}, true},
		{"killed in the middle of a word", "committed through line 3\ncommitted thro", []string{"a", "b"}, true},
		{"a line that the file has not", "committed through line 6\n", nil, false},
		{"no line", "committed through line 0\n", nil, false},
		{"a number that no file has", "committed through line 99999999999999999999\n", nil, false},
	} {
		got, err := promised(part, c.said)
		if fine := err == nil; fine != c.fine {
			t.Errorf("%s: got %v, want fine %t", c.name, err, c.fine)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestPartsOfTheFeed(t *testing.T) {
	t.Parallel()
	rows := make([]string, 100)
	for i := range rows {
		rows[i] = fmt.Sprint(i)
	}
	starts := map[string]bool{}
	for range 200 {
		part := some(rows, 10)
		if len(part) != 10 {
			t.Fatalf("got %d rows, want 10", len(part))
		}
		starts[part[0]] = true
	}
	if len(starts) < 10 {
		t.Errorf("200 parts begin at %d places only", len(starts))
	}
}

// The portal must take the secret that the run posts with.
func TestTokenIsTakenByThePortal(t *testing.T) {
	t.Parallel()
	token := newToken()
	c, err := config.Load(func(name string) string {
		return map[string]string{"HOME": "/home/lin", "PORTAL_OPS_TOKEN": "checkpoints:" + token}[name]
	})
	if err != nil || len(c.OpsTokens) != 1 || c.OpsTokens[0].Secret != token {
		t.Errorf("got %v, %v; want the token", c.OpsTokens, err)
	}
	if newToken() == token {
		t.Error("the same token twice")
	}
}
