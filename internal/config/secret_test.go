package config_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/config"
)

// drawn is a good secret of n bytes, another one for each seed.
func drawn(seed byte, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*37) ^ seed*11
	}
	return b
}

func TestOpsTokens(t *testing.T) {
	t.Parallel()
	a, b := base64.RawURLEncoding.EncodeToString(drawn(1, 32)), base64.RawURLEncoding.EncodeToString(drawn(2, 48))
	padded := base64.URLEncoding.EncodeToString(drawn(3, 32))
	token := func(secret string, scopes ...string) config.OpsToken {
		return config.OpsToken{Scopes: scopes, Secret: secret}
	}
	for _, c := range []struct {
		name, value string
		want        []config.OpsToken
		says        string
	}{
		{"none", "", nil, ""},
		{"commas alone", " ,,", nil, ""},
		{"one", "shipments:" + a, []config.OpsToken{token(a, "shipments")}, ""},
		{"both scopes", "checkpoints+shipments:" + a, []config.OpsToken{token(a, "checkpoints", "shipments")}, ""},
		{"two with blanks", " shipments:" + a + " , checkpoints:" + b + ",", []config.OpsToken{token(a, "shipments"), token(b, "checkpoints")}, ""},
		{"padded", "shipments:" + padded, []config.OpsToken{token(padded, "shipments")}, ""},
		{"turned round", a + ":shipments", nil, "has an unknown scope in part 1: there are shipments, checkpoints"},
		{"no scope", ":" + a, nil, "unknown scope in part 1"},
		{"a scope left empty", "shipments+:" + a, nil, "unknown scope in part 1"},
		{"upper case", "Shipments:" + a, nil, "unknown scope in part 1"},
		{"the second is bad", "shipments:" + a + ",staff:" + b, nil, "unknown scope in part 2"},
		{"the secret alone", a, nil, "has no scope in part 1"},
		{"no secret", "shipments:", nil, "weak secret in part 1"},
		{"31 bytes", "shipments:" + base64.RawURLEncoding.EncodeToString(drawn(4, 31)), nil, "weak secret in part 1"},
		{"a sentence", "shipments:" + base64.RawURLEncoding.EncodeToString([]byte("my dog is called Rex and he is 7 years old")), nil, "weak secret"},
		{"of another alphabet", "shipments:" + strings.Repeat("+/", 22), nil, "weak secret"},
		{"twice", "shipments:" + a + ",checkpoints:" + b + ",checkpoints:" + a, nil, "has the secret of part 3 twice"},
	} {
		got, err := config.Load(env("PORTAL_OPS_TOKEN", c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
			continue
		}
		if err != nil && (strings.Contains(err.Error(), a) || strings.Contains(err.Error(), b)) {
			t.Errorf("%s: the secret is shown: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want, got.OpsTokens); err == nil && diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestMasterKeys(t *testing.T) {
	t.Parallel()
	key := drawn(5, 32)
	for _, c := range []struct{ name, value, says string }{
		{"standard", base64.StdEncoding.EncodeToString(key), ""},
		{"without padding", base64.RawStdEncoding.EncodeToString(key), ""},
		{"of the URL alphabet", base64.URLEncoding.EncodeToString(key), ""},
		{"with a line's end", base64.StdEncoding.EncodeToString(key) + "\n", ""},
		{"31 bytes", base64.StdEncoding.EncodeToString(key[:31]), "is not the base64 of 32 bytes"},
		{"33 bytes", base64.StdEncoding.EncodeToString(append(key[:32:32], 1)), "is not the base64 of 32 bytes"},
		{"hexadecimal", fmt.Sprintf("%x", key), "is not the base64 of 32 bytes"},
		{"no base64", strings.Repeat("?", 44), "is not the base64 of 32 bytes"},
		{"two bytes in turn", base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00\xff", 16))), "too regular"},
		{"eleven different bytes", base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a", 3)[:32])), "too regular"},
		{"hexadecimal of 16 bytes", base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%x", key[:16])), "too regular"},
		{"no path", "@", "cannot be used"},
	} {
		got, err := config.Load(env("PORTAL_MASTER_KEY", c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.HasPrefix(err.Error(), "PORTAL_MASTER_KEY "+strings.TrimPrefix(c.says, "too regular")) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
			continue
		}
		if err == nil && string(got.MasterKey) != string(key) {
			t.Errorf("%s: got %x, want %x", c.name, got.MasterKey, key)
		}
		if err != nil && len(c.value) > 1 && strings.Contains(err.Error(), c.value) {
			t.Errorf("%s: the key is shown: %v", c.name, err)
		}
	}
}

func TestKeyFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(file("behind", goodKey), link); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, path, says string }{
		{"plain", file("plain", goodKey), ""},
		{"ends of lines", file("lines", "\n"+goodKey+"\r\n\n"), ""},
		{"behind a link, as containers mount them", link, ""},
		{"empty", file("empty", ""), "is not the base64"},
		{"two keys", file("two", goodKey+"\n"+goodKey), "is not the base64"},
		{"a folder", dir, "is not a file"},
		{"a device", "/dev/zero", "is not a file"},
		{"missing", filepath.Join(dir, "missing"), "no such file"},
	} {
		got, err := config.Load(env("DATABASE_URL", database, "PORTAL_MASTER_KEY", "@"+c.path))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) || err == nil && len(got.MasterKey) != 32 {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
		}
	}
}

// No way of printing a configuration's tokens shows a secret.
func TestTokensNeverPrintTheirSecret(t *testing.T) {
	t.Parallel()
	tokens := []config.OpsToken{{Scopes: []string{"shipments", "checkpoints"}, Secret: goodSecret}}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, shown := range []string{fmt.Sprintf(format, tokens), fmt.Sprintf(format, tokens[0]), fmt.Sprintf(format, config.Config{OpsTokens: tokens})} {
			if strings.Contains(shown, goodSecret) || !strings.Contains(shown, "shipments+checkpoints:***") {
				t.Errorf("%s shows %s", format, shown)
			}
		}
	}
}
