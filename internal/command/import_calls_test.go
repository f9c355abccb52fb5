package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestImportWaysToCall tries every order of words and flags.
func TestImportWaysToCall(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	csv := file(t, "c.csv", someCheckpoints)
	object := `{"waybill":"W1234","at":"2026-03-03T10:00:00Z","code":"InTransit_004"}` + "\n"
	jsonl, other := file(t, "c.jsonl", object), file(t, "c.dat", object)
	dash := filepath.Join(t.TempDir(), "-c.csv")
	if err := os.WriteFile(dash, []byte(someCheckpoints), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, in string
		args     []string
		rows     int
	}{
		{"a file", "", []string{"checkpoints", csv}, 2},
		{"its ending tells JSON lines", "", []string{"checkpoints", jsonl}, 1},
		{"its first byte tells JSON lines", "", []string{"checkpoints", other}, 1},
		{"standard input", someCheckpoints, []string{"checkpoints", "-"}, 2},
		{"standard input with JSON lines", object, []string{"checkpoints", "-"}, 1},
		{"a flag before", object, []string{"--format", "jsonl", "checkpoints", "-"}, 1},
		{"a flag between", object, []string{"checkpoints", "-format=JSONL", "-"}, 1},
		{"a flag behind", object, []string{"checkpoints", "-", "--format", "json"}, 1},
		{"a flag twice: the last counts", object, []string{"--format", "csv", "checkpoints", "-", "--format", "jsonl"}, 1},
		{"an ending that lies", "", []string{"checkpoints", file(t, "x.csv", object), "--format", "jsonl"}, 1},
		{"a name that begins with a dash", "", []string{"checkpoints", "--", dash}, 2},
		{"nothing but a header", "waybill,at,code\n", []string{"checkpoints", "-"}, 0},
	}
	for _, tc := range tests {
		status, out, err := s.run(t, tc.in, append([]string{"import"}, tc.args...)...)
		if status != 0 {
			t.Errorf("%s: status %d: %s", tc.name, status, err)
			continue
		}
		if r := reportOf(t, out); r.Received != tc.rows || r.Rejected != 0 {
			t.Errorf("%s: %+v, want %d rows", tc.name, r, tc.rows)
		}
	}
}

// TestImportReportFile writes the same report to the file, whatever became of the rows.
func TestImportReportFile(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	dir := t.TempDir()
	for _, tc := range []struct {
		name, in string
		status   int
	}{
		{"all rows", someShipments, 0}, {"a bad row", someShipments + "W1\n", 1}, {"a refused file", "waybill\nW1234\n", 1},
	} {
		path := filepath.Join(dir, "report.json") // written over each time
		status, out, errs := s.run(t, tc.in, "import", "shipments", "-", "--report", path)
		kept, err := os.ReadFile(path)
		if status != tc.status || err != nil || string(kept) != out {
			t.Errorf("%s: status %d, want %d; %v\nfile %s\nout %s\n%s", tc.name, status, tc.status, err, kept, out, errs)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v: others may read it", tc.name, info.Mode(), err)
		}
		reportOf(t, out)
	}
}

// TestImportReportThatCannotBeWritten still gives the report on standard output:
// the rows are in, and nobody could tell what became of them otherwise.
func TestImportReportThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	for _, path := range []string{t.TempDir(), "/nonexistent/report.json", filepath.Join(file(t, "f", ""), "report.json")} {
		status, out, err := s.run(t, someShipments, "import", "shipments", "-", "--report", path)
		if status != 3 || !strings.Contains(err, "report: ") {
			t.Errorf("%s: status %d: %s", path, status, err)
		}
		if r := reportOf(t, out); r.Added+r.Unchanged != 1 {
			t.Errorf("%s: %+v", path, r)
		}
	}
}

// TestImportTellsItsProgress ends with what is written and what may be forgotten.
func TestImportTellsItsProgress(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	for _, tc := range []struct{ name, in, want string }{
		{"all rows", someCheckpoints, "read 3 lines, written 2 of 2 rows\ncommitted through line 3\n"},
		{"again", someCheckpoints, "read 3 lines, written 2 of 2 rows\ncommitted through line 3\n"},
		{"a bad row between", "waybill,at,code\nbad\n" + someCheckpoints[16:], "read 4 lines, written 2 of 2 rows\ncommitted through line 4\nportal import: 1 of 3 rows rejected\n"},
		{"bad rows alone", "waybill,at,code\nbad\nbad\n", "read 3 lines\ncommitted through line 3\nportal import: 2 of 2 rows rejected\n"},
		{"empty lines behind", someCheckpoints + "\n\n", "read 5 lines, written 2 of 2 rows\ncommitted through line 5\n"},
	} {
		if _, _, err := s.run(t, tc.in, "import", "checkpoints", "-"); err != tc.want {
			t.Errorf("%s:\n%swant\n%s", tc.name, err, tc.want)
		}
	}
}

// TestImportOfAFolder is no row's fault.
func TestImportOfAFolder(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	if status, _, err := s.run(t, "", "import", "shipments", t.TempDir()); status != 2 || !strings.Contains(err, "directory") {
		t.Errorf("status %d: %s", status, err)
	}
}
