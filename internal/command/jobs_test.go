package command_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/job"
	"ecms/portal/internal/postgres"
)

// dead puts jobs aside, each failed a minute before the one above it.
func dead(t *testing.T, s *shell, kinds ...string) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for i, kind := range kinds {
		err := db.InTx(t.Context(), func(tx *postgres.Tx) error {
			return job.Enqueue(t.Context(), tx, kind, map[string]string{"ref": "secret"}, job.Unique(fmt.Sprint("of ", kind)), job.After(time.Hour))
		})
		if err != nil {
			t.Fatal(err)
		}
		const aside = `update jobs set state = 'failed', tries = 12, last_error = 'mail server answered 550' || chr(10) || 'twice',
			run_at = timestamptz '2026-03-10' - $1 * interval '1 minute' where state = 'ready' and kind = $2`
		if _, err := db.Exec(t.Context(), aside, i, kind); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func TestJobsAreListed(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	quiet := s.fine(t, "", "jobs")
	if !strings.HasSuffix(quiet, "0\n") || strings.Contains(quiet, "LAST ERROR") {
		t.Errorf("without dead jobs it says %q", quiet)
	}
	dead(t, s, "account.letter", "shelf.join")
	out := s.fine(t, "", "jobs")
	rows := regexp.MustCompile(`(?m)^\d+ +(\S+) +(\S+) +12 +"mail server answered 550\\ntwice"$`).FindAllStringSubmatch(out, -1)
	if len(rows) != 2 || rows[0][1] != "account.letter" || rows[0][2] != "2026-03-10T00:00:00Z" || rows[1][1] != "shelf.join" {
		t.Errorf("two dead jobs are listed as\n%s", out)
	}
	if strings.Contains(out, "secret") {
		t.Errorf("the arguments are shown:\n%s", out)
	}
}

func TestDeadJobsComeBackOnSomebodysWord(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	db := dead(t, s, "account.letter", "account.letter", "shelf.join")
	list, err := job.Aside(t.Context(), db)
	if err != nil || len(list) != 3 {
		t.Fatal(list, err)
	}
	newest, older, other := fmt.Sprint(list[0].ID), fmt.Sprint(list[1].ID), fmt.Sprint(list[2].ID)
	if out := s.fine(t, "", "jobs", "--retry", other); out != "job "+other+" waits again\n" {
		t.Errorf("retry: %q", out)
	}
	if out := s.fine(t, "", "jobs", "--retry", "all"); out != "1 of 2 dead jobs wait again\n" { // the two do the same
		t.Errorf("retry all: %q", out)
	}
	if out := s.fine(t, "", "jobs"); !strings.Contains(out, "account.letter") || !regexp.MustCompile(`(?m)^shelf.join +1 waiting$`).MatchString(out) {
		t.Errorf("listed:\n%s", out)
	}
	for says, args := range map[string][]string{
		"a newer one does the same": {"--retry", older},
		"no dead job " + newest:     {"--retry", newest},
		"no dead job 999":           {"--drop", "999"},
		"no dead job " + other:      {"--drop", other}, // it waits
	} {
		if status, out, err := s.run(t, "", append([]string{"jobs"}, args...)...); status != 1 || out != "" || !strings.Contains(err, says) || strings.Count(err, "\n") != 1 {
			t.Errorf("%v: status %d, %q, %q; want %q", args, status, out, err, says)
		}
	}
	if out := s.fine(t, "", "jobs", "--drop", older); out != "job "+older+" is given up\n" {
		t.Errorf("drop: %q", out)
	}
	if out := s.fine(t, "", "jobs"); !strings.HasSuffix(out, "0\n") {
		t.Errorf("in the end:\n%s", out)
	}
}

func TestJobsCalledWrongly(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	for _, args := range [][]string{{"--retry", "some"}, {"--retry", "1", "--drop", "2"}, {"now"}, {"--drop", "x"}, {"--retry", "1.5"}} {
		if status, out, err := s.run(t, "", append([]string{"jobs"}, args...)...); status != 2 || out != "" || strings.Count(err, "\n") != 1 {
			t.Errorf("%v: status %d, %q, %q", args, status, out, err)
		}
	}
}
