package testdb_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
)

func TestEachTestHasItsOwnMigratedDatabase(t *testing.T) {
	t.Parallel()
	a, b := testdb.New(t), testdb.New(t)
	ctx := t.Context()
	if _, err := a.Exec(ctx, `insert into jobs (kind) values ('x')`); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := b.Get(ctx, &n, `select count(*) from jobs`); err != nil || n != 0 {
		t.Errorf("the other database holds %d jobs (%v), want 0", n, err)
	}
	have, want, err := postgres.Current(ctx, a)
	if err != nil || have != want || want < 3 {
		t.Errorf("Current = %d of %d, %v", have, want, err)
	}
}

// TestServerEndsWithItsProcess runs this test binary again as a test process that
// is killed, and expects neither server nor folder to be left.
func TestServerEndsWithItsProcess(t *testing.T) {
	if os.Getenv("PORTAL_TEST_VICTIM") != "" {
		var dir string
		db := testdb.New(t)
		if err := db.Get(t.Context(), &dir, `select current_setting('data_directory')`); err != nil {
			t.Fatal(err)
		}
		fmt.Println("folder:", dir)
		select {}
	}
	t.Parallel()
	victim := exec.Command(os.Args[0], "-test.run=^TestServerEndsWithItsProcess$")
	victim.Env = append(os.Environ(), "PORTAL_TEST_VICTIM=1")
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, dir, ok := strings.Cut(strings.TrimSpace(line), "folder: ")
	if _, err := os.Stat(dir); !ok || err != nil {
		t.Fatalf("the victim says %q: %v", line, err)
	}
	_ = victim.Process.Kill()
	_ = victim.Wait()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Dir(dir)); os.IsNotExist(err) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s is still there", dir)
		}
	}
}
