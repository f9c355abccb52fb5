package config_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/config"
)

func TestOldMasterKeys(t *testing.T) {
	t.Parallel()
	text := func(seed byte) string { return base64.StdEncoding.EncodeToString(drawn(seed, 32)) }
	path := filepath.Join(t.TempDir(), "old.keys")
	if err := os.WriteFile(path, []byte(text(2)+"\n"+text(3)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	open := filepath.Join(t.TempDir(), "open.keys")
	if err := os.WriteFile(open, []byte(text(2)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, value string
		want        []byte // the seeds of the keys
		says        string
	}{
		{"none", "", nil, ""},
		{"commas alone", " , ", nil, ""},
		{"one", text(1), []byte{1}, ""},
		{"two and a file", text(1) + ", @" + path, []byte{1, 2, 3}, ""},
		{"a file that others read", "@" + open, nil, "cannot be used in part 1"},
		{"a short one", text(1) + "," + text(2)[:20], nil, "in part 2: is not the base64 of 32 bytes"},
	} {
		got, err := config.Load(env("PORTAL_OLD_MASTER_KEYS", c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), "PORTAL_OLD_MASTER_KEYS "+c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
			continue
		}
		var want [][]byte
		for _, seed := range c.want {
			want = append(want, drawn(seed, 32))
		}
		if diff := cmp.Diff(want, got.OldMasterKeys); err == nil && diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if err != nil && strings.Contains(err.Error(), text(1)) {
			t.Errorf("%s: a key is shown", c.name)
		}
	}
}
