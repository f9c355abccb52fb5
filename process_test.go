package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
)

// TestMain lets this test program be the portal itself, so that tests can start
// and kill it as people and machines do.
func TestMain(m *testing.M) {
	if os.Getenv("PORTAL_TEST_AS_PORTAL") != "" {
		main()
	}
	os.Exit(m.Run())
}

// house is a data folder with addresses of its own, and the program that runs there.
type house struct {
	dir, addr, admin, program string
	env                       []string // beside the usual
}

func newHouse(t *testing.T) house {
	t.Helper()
	dir, err := os.MkdirTemp("", "portal-house")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return house{dir: dir, addr: free(t), admin: free(t), program: os.Args[0]}
}

// command prepares a portal process.
func (h house) command(t *testing.T, args ...string) (*exec.Cmd, *output, *output) {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), h.program, args...)
	cmd.Env = append(os.Environ(), "PORTAL_TEST_AS_PORTAL=1", "DATABASE_URL=", "PORTAL_DATA_DIR="+h.dir, "PORTAL_ADDR="+h.addr, "PORTAL_ADMIN_ADDR="+h.admin)
	cmd.Env = append(cmd.Env, h.env...)
	var out, errs output
	cmd.Stdout, cmd.Stderr = &out, &errs
	return cmd, &out, &errs
}

// run runs a command to its end.
func (h house) run(t *testing.T, in string, args ...string) (status int, out, errs string) {
	t.Helper()
	cmd, o, e := h.command(t, args...)
	cmd.Stdin = strings.NewReader(in)
	_ = cmd.Run() // the status tells
	return cmd.ProcessState.ExitCode(), o.String(), e.String()
}

// serve starts a portal and waits until it is ready.
func (h house) serve(t *testing.T) (cmd *exec.Cmd, out *output) {
	t.Helper()
	cmd, out, errs := h.command(t, "serve")
	h.begin(t, cmd, out, errs)
	return cmd, out
}

// begin starts a portal that was prepared and waits until it is ready.
func (house) begin(t *testing.T, cmd *exec.Cmd, out, errs *output) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { // nothing comes of it when it has ended
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	for start := time.Now(); len(sample.FindAllString(out.String(), -1)) < 5; time.Sleep(20 * time.Millisecond) {
		if time.Since(start) > time.Minute {
			t.Fatalf("the portal does not start\n%s\n%s", out, errs)
		}
	}
}

// TestHouse lives through a day of one data folder: a portal, commands beside it,
// a second portal, a killed one, and commands without any.
func TestHouse(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	portal, out := h.serve(t)
	samples := sample.FindAllString(out.String(), -1)

	shipments := "waybill,origin_country,origin_zone,destination_country,destination_zone\nHOUSE-1,US,UTC,CN,Asia/Shanghai\n"
	if status, report, errs := h.run(t, shipments, "import", "shipments", "-"); status != 0 || !strings.Contains(report, `"added": 1`) {
		t.Fatalf("import beside a portal: status %d\n%s%s", status, report, errs)
	}
	if got := fetch(t, "http://"+h.addr+"/track/HOUSE-1"); got != http.StatusOK {
		t.Errorf("what came in beside the portal: status %d", got)
	}
	if status, said, errs := h.run(t, "", "serve"); status != 1 || said != "" || !strings.Contains(errs, h.dir) || !strings.Contains(errs, fmt.Sprint(portal.Process.Pid)) {
		t.Errorf("a second portal: status %d, %q, %q, want one line with the folder and the process", status, said, errs)
	}

	if err := portal.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = portal.Wait()
	if status, _, errs := h.run(t, "waybill,at,code\nHOUSE-1,2026-03-03T10:00:00Z,InTransit_004\n", "import", "checkpoints", "-"); status != 0 {
		t.Fatalf("import behind a killed portal: status %d\n%s", status, errs)
	}
	portal, out = h.serve(t)
	if again := sample.FindAllString(out.String(), -1); strings.Join(again, " ") != strings.Join(samples, " ") {
		t.Errorf("behind the kill the samples are %q, were %q", again, samples)
	}
	for _, url := range append(samples, "http://"+h.addr+"/track/HOUSE-1", "http://"+h.admin+"/readyz") {
		if got := fetch(t, url); got != http.StatusOK {
			t.Errorf("behind the kill: %s: status %d", url, got)
		}
	}
	if status, _, errs := h.run(t, "", "verify"); status != 0 {
		t.Errorf("verify: status %d\n%s", status, errs)
	}

	if err := portal.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := portal.Wait(); err != nil {
		t.Errorf("stopped: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(h.dir, "*", "postmaster.pid")); len(left) > 0 {
		t.Errorf("the database runs on: %q", left)
	}
}

// TestDemoThatWasBroken makes the demo parcels' events up that a kill kept from coming.
func TestDemoThatWasBroken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	portal, out := h.serve(t)
	first := sample.FindString(out.String())
	server, err := embedded.Join(t.Context(), embedded.Options{DataDir: h.dir})
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), postgres.Options{URL: server.URL(), Pool: postgres.Work})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), `delete from checkpoints`); err != nil {
		t.Fatal(err)
	}
	if status, said, errs := h.run(t, "", "rebuild"); status != 0 || !strings.HasSuffix(said, " parcels mended\n") {
		t.Fatalf("rebuild: status %d, %s%s", status, said, errs)
	}
	_ = db.Close()
	if err := portal.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = portal.Wait()
	h.serve(t)
	waybill := first[strings.LastIndex(first, "/")+1:]
	if status, text := fetchText(t, "http://"+h.addr+"/track/"+waybill+".json"); status != http.StatusOK || !strings.Contains(text, `"at":`) {
		t.Errorf("%s has no events: status %d, %s", waybill, status, text)
	}
}
