package config_test

import (
	"encoding/base64"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ecms/portal/internal/config"
)

const (
	goodKey    = "q83vEjRWeJCrze8SNFZ4kOHSw7Slloh5WktMPS4fEAE="
	goodSecret = "q83vEjRWeJCrze8SNFZ4kOHSw7Slloh5WktMPS4fEAE"
	database   = "postgres://portal:pw@db.example.com/portal"
)

// env is an environment for a test; pairs of name and value on top of a home.
func env(pairs ...string) func(string) string {
	m := map[string]string{"HOME": "/home/lin", "PORTAL_DATA_DIR": "/srv/portal"}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func TestEmbeddedDefaultNeedsNothing(t *testing.T) {
	t.Parallel()
	got, err := config.Load(env())
	if err != nil {
		t.Fatal(err)
	}
	want := config.Config{
		Embedded: true, Addr: ":8080", AdminAddr: "127.0.0.1:8081",
		BaseURL: "http://localhost:8080", DataDir: "/srv/portal", MailFrom: "no-reply@localhost",
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestProductionReadsEverything(t *testing.T) {
	t.Parallel()
	got, err := config.Load(env(
		"DATABASE_URL", database, "PORTAL_ADDR", "127.0.0.1:9000", "PORTAL_ADMIN_ADDR", "[::1]:9001",
		"PORTAL_BASE_URL", "https://parcel.example.com/", "PORTAL_MASTER_KEY", goodKey,
		"PORTAL_OPS_TOKEN", "shipments+checkpoints:"+goodSecret, "PORTAL_SMTP_URL", "smtps://u:p@mail.example.com:465",
		"PORTAL_TRUSTED_PROXIES", "10.1.2.3/8, 192.0.2.7",
	))
	if err != nil {
		t.Fatal(err)
	}
	key, _ := base64.StdEncoding.DecodeString(goodKey)
	want := config.Config{
		DatabaseURL: database, Addr: "127.0.0.1:9000", AdminAddr: "[::1]:9001",
		BaseURL: "https://parcel.example.com", DataDir: "/srv/portal", MasterKey: key,
		OpsTokens: []config.OpsToken{{Scopes: []string{"shipments", "checkpoints"}, Secret: goodSecret}},
		SMTPURL:   "smtps://u:p@mail.example.com:465", MailFrom: "no-reply@parcel.example.com",
		TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.7/32")},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateComparable(netip.Prefix{})); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
}

func TestBadValuesAreRefused(t *testing.T) {
	t.Parallel()
	zero := base64.StdEncoding.EncodeToString(make([]byte, 32))
	typed := base64.StdEncoding.EncodeToString([]byte("correct-horse-battery-staple-012"))
	for _, c := range []struct{ name, value, says string }{
		{"DATABASE_URL", "nonsense", "DATABASE_URL is not an address of PostgreSQL"},
		{"DATABASE_URL", "postgres://u:geheim@h:port/x", "DATABASE_URL is not an address"},
		{"PORTAL_ADDR", "8080", "PORTAL_ADDR is \"8080\": give host:port"},
		{"PORTAL_ADDR", ":99999", "the port must be a number"},
		{"PORTAL_ADMIN_ADDR", "localhost:http", "the port must be a number"},
		{"PORTAL_BASE_URL", "http://parcel.example.com", "must be https"},
		{"PORTAL_BASE_URL", "parcel.example.com", "give https://name"},
		{"PORTAL_BASE_URL", "https://parcel.example.com/portal", "scheme and host alone"},
		{"PORTAL_BASE_URL", "https://u:geheim@parcel.example.com", "scheme and host alone"},
		{"PORTAL_BASE_URL", "https://", "give https://name"},
		{"PORTAL_MASTER_KEY", "c2hvcnQ=", "is not the base64 of 32 bytes"},
		{"PORTAL_MASTER_KEY", zero, "too regular"},
		{"PORTAL_MASTER_KEY", typed, "too regular"},
		{"PORTAL_MASTER_KEY", "@/no/such/file", "PORTAL_MASTER_KEY cannot be used"},
		{"PORTAL_OPS_TOKEN", goodSecret, "has no scope in part 1"},
		{"PORTAL_OPS_TOKEN", "shipments:" + goodSecret[:20], "weak secret in part 1"},
		{"PORTAL_OPS_TOKEN", "shipments:" + strings.Repeat("A", 43), "weak secret in part 1"},
		{"PORTAL_OPS_TOKEN", "everything:" + goodSecret, "unknown scope in part 1"},
		{"PORTAL_OPS_TOKEN", "shipments:" + goodSecret + ",checkpoints:" + goodSecret, "twice"},
		{"PORTAL_SMTP_URL", "mail.example.com:25", "PORTAL_SMTP_URL is not a mail server"},
		{"PORTAL_TRUSTED_PROXIES", "proxy.example.com", "holds \"proxy.example.com\""},
		{"PORTAL_TRUSTED_PROXIES", "0.0.0.0/0", "would trust everybody"},
		{"PORTAL_TLS_CERT", "/etc/cert.pem", "PORTAL_TLS_KEY is not set"},
		{"PORTAL_TLS_KEY", "/etc/key.pem", "PORTAL_TLS_CERT is not set"},
		{"PORTAL_PG_BIN", "/no/such/folder", "not a folder"},
		{"PORTAL_DATA_DIR", "/etc/passwd", "name a folder"},
	} {
		_, err := config.Load(env("PORTAL_MASTER_KEY", goodKey, c.name, c.value))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s=%s: error %v, want one with %q", c.name, c.value, err, c.says)
			continue
		}
		if text := err.Error(); strings.Contains(text, "geheim") || strings.Contains(text, "\n") {
			t.Errorf("%s: not one line without secrets: %q", c.name, text)
		}
	}
}

func TestEachBadValueHasItsLine(t *testing.T) {
	t.Parallel()
	_, err := config.Load(env("DATABASE_URL", database, "PORTAL_ADDR", "x", "PORTAL_BASE_URL", "y"))
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 3 || !strings.Contains(err.Error(), "PORTAL_MASTER_KEY is not set") {
		t.Errorf("want three lines, one on the missing key, got %q", lines)
	}
}

func TestDataFolderOfAPerson(t *testing.T) {
	t.Parallel()
	got, err := config.Load(env("PORTAL_DATA_DIR", ""))
	if err != nil {
		t.Fatal(err)
	}
	if got.DataDir != "/var/lib/ecms-portal" && got.DataDir != "/home/lin/.local/share/ecms-portal" {
		t.Errorf("DataDir = %s", got.DataDir)
	}
}

func TestTokensHideTheirSecret(t *testing.T) {
	t.Parallel()
	token := config.OpsToken{Scopes: []string{"shipments"}, Secret: goodSecret}
	if got := token.String() + token.GoString(); strings.Contains(got, goodSecret) {
		t.Errorf("shown: %s", got)
	}
}
