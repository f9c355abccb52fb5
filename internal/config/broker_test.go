package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"ecms/portal/internal/config"
)

func TestBrokerKeys(t *testing.T) {
	t.Parallel()
	var public, secret []string
	for range 3 {
		key, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		public, secret = append(public, key.Recipient().String()), append(secret, key.String())
	}
	path := filepath.Join(t.TempDir(), "broker.keys")
	if err := os.WriteFile(path, []byte("# Shanghai\n"+public[1]+"\n\n# Taipei\n  "+public[2]+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	loose := filepath.Join(t.TempDir(), "loose.keys")
	if err := os.WriteFile(loose, []byte(public[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(loose, 0o662); err != nil { // past the umask
		t.Fatal(err)
	}
	wrong := public[0][:len(public[0])-1] + "q"
	if wrong == public[0] {
		wrong = public[0][:len(public[0])-1] + "p"
	}
	for _, c := range []struct {
		name, value string
		want        []string
		says        string
	}{
		{"none", "", nil, ""},
		{"commas alone", " , ", nil, ""},
		{"one", public[0], public[:1], ""},
		{"two and a file", public[0] + ", @" + path, public, ""},
		{"one twice", public[0] + "," + public[0], public[:1], ""},
		{"a typing error", public[1] + "," + wrong, nil, "is no public key of age in part 2"},
		{"another kind", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", nil, "is no public key of age in part 1"},
		{"a secret one", secret[0], nil, "holds a secret key in part 1"},
		{"a secret one in small letters", strings.ToLower(secret[0]), nil, "holds a secret key in part 1"},
		{"a file that others change", "@" + loose, nil, "cannot be used in part 1: " + loose + " can be changed by others"},
		{"no such file", "@/nowhere/keys", nil, "cannot be used in part 1"},
	} {
		got, err := config.Load(env("PORTAL_BROKER_KEYS", c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), "PORTAL_BROKER_KEYS "+c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
			continue
		}
		if err != nil {
			for _, one := range append(secret, wrong) {
				if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(one)) {
					t.Errorf("%s: the key is shown: %v", c.name, err)
				}
			}
			continue
		}
		if len(got.BrokerKeys) != len(c.want) {
			t.Errorf("%s: %d keys, want %d", c.name, len(got.BrokerKeys), len(c.want))
			continue
		}
		for i, key := range got.BrokerKeys {
			if key, is := key.(*age.X25519Recipient); !is || key.String() != c.want[i] {
				t.Errorf("%s: key %d is %v, want %s", c.name, i, key, c.want[i])
			}
		}
	}
}
