package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
)

func TestImport(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	dir := t.TempDir()
	file, report := filepath.Join(dir, "c.csv"), filepath.Join(dir, "report.json")
	if err := os.WriteFile(file, []byte(someCheckpoints+"W1234,yesterday,X\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, err := s.run(t, someShipments, "import", "shipments", "-"); status != 0 || !strings.Contains(out, `"added": 1`) ||
		!strings.Contains(err, "committed through line 2\n") {
		t.Errorf("shipments: %d\n%s\n%s", status, out, err)
	}
	status, out, errs := s.run(t, "", "import", "checkpoints", file, "--report", report)
	var got feed.Report
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if status != 1 || got.Added != 2 || got.Rejected != 1 || got.Errors[0].Line != 4 || !strings.Contains(errs, "1 of 3 rows rejected") {
		t.Errorf("checkpoints: %d\n%s\n%s", status, out, errs)
	}
	if kept, err := os.ReadFile(report); err != nil || string(kept) != out {
		t.Errorf("report file: %v\n%s", err, kept)
	}
	jsonLine := `{"waybill":"W1234","at":"2026-03-03T10:00:00Z","code":"InTransit_004"}`
	if status, out, err := s.run(t, jsonLine, "import", "--format", "jsonl", "checkpoints", "-"); status != 0 || !strings.Contains(out, `"unchanged": 1`) {
		t.Errorf("JSON lines: %d\n%s\n%s", status, out, err)
	}
}

func TestImportCalledWrongly(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	for _, args := range [][]string{
		{"import"}, {"import", "parcels", "-"}, {"import", "shipments"}, {"import", "shipments", "-", "more"},
		{"import", "shipments", "-", "--format", "xml"}, {"import", "shipments", "-", "--what"}, {"import", "shipments", "/no/such/file"},
	} {
		if status, out, err := s.run(t, "", args...); status != 2 || out != "" || strings.Count(err, "\n") != 1 {
			t.Errorf("%q: %d, %q, %q", args, status, out, err)
		}
	}
	if status, _, err := s.run(t, "waybill,code\n", "import", "checkpoints", "-"); status != 1 || !strings.Contains(err, "missing_column") {
		t.Errorf("a refused file: %d, %q", status, err)
	}
	s.env["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/none?sslmode=disable"
	if status, _, err := s.run(t, someShipments, "import", "shipments", "-"); status != 3 {
		t.Errorf("no database: %d, %q", status, err)
	}
}

func TestCodesVerifyRebuild(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.run(t, someShipments, "import", "shipments", "-")
	if status, out, err := s.run(t, "", "codes"); status != 0 || !strings.Contains(out, "Every code") {
		t.Errorf("codes: %d\n%s\n%s", status, out, err)
	}
	s.run(t, someCheckpoints, "import", "checkpoints", "-")
	if status, out, err := s.run(t, "", "codes"); status != 0 || !strings.Contains(out, "MYSTERY") || strings.Contains(out, "InTransit_004") {
		t.Errorf("codes: %d\n%s\n%s", status, out, err)
	}
	var unknown []shipment.UnknownCode
	_, out, _ := s.run(t, "", "codes", "--json")
	if err := json.Unmarshal([]byte(out), &unknown); err != nil || len(unknown) != 1 || unknown[0].Count != 1 {
		t.Errorf("codes --json: %v\n%s", err, out)
	}
	if status, out, err := s.run(t, "", "verify"); status != 0 || !strings.Contains(out, `"checkpoints": 2`) {
		t.Errorf("verify: %d\n%s\n%s", status, out, err)
	}
	spoil(t, s.env["DATABASE_URL"], `update shipments set checkpoint_count = 7`)
	if status, out, err := s.run(t, "", "verify"); status != 1 || !strings.Contains(out, `"have": "7"`) || !strings.Contains(err, "1 values differ") {
		t.Errorf("verify: %d\n%s\n%s", status, out, err)
	}
	if status, out, err := s.run(t, "", "rebuild"); status != 0 || out != "1 parcels mended\n" {
		t.Errorf("rebuild: %d\n%s\n%s", status, out, err)
	}
	if status, out, err := s.run(t, "", "verify"); status != 0 {
		t.Errorf("verify: %d\n%s\n%s", status, out, err)
	}
}

// TestImportAsksForIdentities: what the feed tells asks, in its own transaction, for
// the identity that customs waits for, once.
func TestImportAsksForIdentities(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.run(t, someShipments, "import", "shipments", "-")
	scan := `{"waybill":"W1234","at":"2026-03-03T10:00:00Z","code":"awaiting_id"}`
	for range 2 { // the file comes twice
		if status, _, errs := s.run(t, scan, "import", "--format", "jsonl", "checkpoints", "-"); status != 0 {
			t.Fatalf("%d, %s", status, errs)
		}
	}
	if status, out, errs := s.run(t, "", "jobs"); status != 0 || !strings.Contains(out, "identity.ask  1 waiting") {
		t.Errorf("%d\n%s\n%s", status, out, errs)
	}
}
