package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/config"
)

func TestDefaultDataFolder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		euid      int
		home, xdg string
		want      string
	}{
		{"root", 0, "/root", "/root/share", "/var/lib/ecms-portal"},
		{"a person", 1000, "/home/lin", "", "/home/lin/.local/share/ecms-portal"},
		{"a person with a place of their own", 1000, "/home/lin", "/data/lin", "/data/lin/ecms-portal"},
		{"a relative place does not count", 1000, "/home/lin", "share", "/home/lin/.local/share/ecms-portal"},
		{"a service without a home", 997, "", "", ""},
		{"a relative home", 997, ".", "", ""},
	} {
		got := config.DefaultDataDir(c.euid, env("HOME", c.home, "XDG_DATA_HOME", c.xdg))
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFoldersThatAreNamed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, value, want, says string }{
		{"PORTAL_DATA_DIR", dir, dir, ""},
		{"PORTAL_DATA_DIR", filepath.Join(dir, "not", "yet"), filepath.Join(dir, "not", "yet"), ""},
		{"PORTAL_DATA_DIR", "data", filepath.Join(here, "data"), ""},
		{"PORTAL_DATA_DIR", file, "", "which is a file: name a folder"},
		{"PORTAL_MAIL_DIR", dir, dir, ""},
		{"PORTAL_MAIL_DIR", filepath.Join(dir, "mails"), filepath.Join(dir, "mails"), ""},
		{"PORTAL_MAIL_DIR", file, "", "which is a file: name a folder"},
		{"PORTAL_PG_BIN", dir, dir, ""},
		{"PORTAL_PG_BIN", file, "", "which is not a folder"},
		{"PORTAL_PG_BIN", filepath.Join(dir, "missing"), "", "which is not a folder"},
	} {
		got, err := config.Load(env(c.name, c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.HasPrefix(err.Error(), c.name+" is "+c.value) && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s=%s: got %v, want %q", c.name, c.value, err, c.says)
			continue
		}
		read := map[string]string{"PORTAL_DATA_DIR": got.DataDir, "PORTAL_MAIL_DIR": got.MailDir, "PORTAL_PG_BIN": got.PGBin}[c.name]
		if err == nil && read != c.want {
			t.Errorf("%s=%s: got %q, want %q", c.name, c.value, read, c.want)
		}
	}
}

// Production never falls back to what the embedded default may do.
func TestProductionNeedsItsKey(t *testing.T) {
	t.Parallel()
	_, err := config.Load(env("DATABASE_URL", database))
	if err == nil || !strings.HasPrefix(err.Error(), "PORTAL_MASTER_KEY is not set") || strings.Contains(err.Error(), "pw@") {
		t.Errorf("got %v, want one line on the missing key", err)
	}
	_, err = config.Load(env("DATABASE_URL", "nonsense"))
	if err == nil || !strings.Contains(err.Error(), "PORTAL_MASTER_KEY is not set") {
		t.Errorf("a bad address is no embedded default: %v", err)
	}
}
