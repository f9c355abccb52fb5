package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/config"
)

func TestSecretsAreMadeOnceAndReadBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	made := make([]config.Config, 8)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			c, err := config.Load(env("PORTAL_DATA_DIR", dir))
			if err == nil {
				err = c.MakeSecrets()
			}
			if err != nil {
				t.Error(err)
			}
			made[i] = c
		})
	}
	all.Wait()
	for _, c := range made {
		if diff := cmp.Diff(made[0], c); diff != "" || len(c.MasterKey) != 32 || len(c.OpsTokens) != 1 {
			t.Fatalf("secrets differ or are missing: %v", diff)
		}
	}
	if diff := cmp.Diff([]string{"shipments", "checkpoints"}, made[0].OpsTokens[0].Scopes); diff != "" {
		t.Errorf("scopes (-want +got):\n%s", diff)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("files %v, %v; want the two secrets alone", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v, want 0600", f.Name(), info.Mode())
		}
	}
}

func TestGivenSecretsStand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, err := config.Load(env("PORTAL_DATA_DIR", dir, "PORTAL_MASTER_KEY", goodKey, "PORTAL_OPS_TOKEN", "shipments:"+goodSecret))
	if err != nil {
		t.Fatal(err)
	}
	before := c
	if err := c.MakeSecrets(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, c); diff != "" {
		t.Errorf("changed (-before +after):\n%s", diff)
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("made %v for nothing", files)
	}
}

func TestNoSecretsAreMadeForProduction(t *testing.T) {
	t.Parallel()
	c, err := config.Load(env("DATABASE_URL", database, "PORTAL_MASTER_KEY", goodKey))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.MakeSecrets(); err == nil || len(c.OpsTokens) != 0 {
		t.Errorf("MakeSecrets: %v, tokens %v", err, c.OpsTokens)
	}
}

func TestKeyFilesOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	for mode, fine := range map[os.FileMode]bool{0o600: true, 0o400: true, 0o640: false, 0o604: false, 0o644: false, 0o660: false} {
		path := filepath.Join(t.TempDir(), "key")
		if err := os.WriteFile(path, []byte(goodKey+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := config.Load(env("DATABASE_URL", database, "PORTAL_MASTER_KEY", "@"+path))
		if fine != (err == nil) || err != nil && !strings.Contains(err.Error(), "can be read by others") {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestSpoiltSecretsStopTheStart(t *testing.T) {
	t.Parallel()
	for file, text := range map[string]string{"master.key": "", "ops.token": "shipments:weak"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(env("PORTAL_DATA_DIR", dir))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.MakeSecrets(); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: error %v, want one that names the file", file, err)
		}
		if got, _ := os.ReadFile(filepath.Join(dir, file)); string(got) != text {
			t.Errorf("%s was overwritten", file)
		}
	}
}
