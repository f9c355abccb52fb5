package config_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/config"
)

// pair writes a certificate and its key, and gives their paths.
func pair(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"parcel.example.com"}}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, bytes []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return write("cert.pem", "CERTIFICATE", signed), write("key.pem", "PRIVATE KEY", raw)
}

func TestCertificateAndKeyMustFit(t *testing.T) {
	t.Parallel()
	cert, key := pair(t)
	_, other := pair(t)
	open := filepath.Join(t.TempDir(), "open.pem")
	text, err := os.ReadFile(key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(open, text, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ cert, key, says string }{
		{cert, key, ""},
		{cert, other, "PORTAL_TLS_CERT cannot be used"},
		{cert, open, "PORTAL_TLS_KEY cannot be used: " + open + " can be read by others"},
		{cert, "/no/such/key", "PORTAL_TLS_KEY cannot be used"},
		{"/no/such/cert", key, "PORTAL_TLS_CERT cannot be used"},
		{key, key, "PORTAL_TLS_CERT cannot be used"},
	} {
		got, err := config.Load(env("PORTAL_TLS_CERT", c.cert, "PORTAL_TLS_KEY", c.key))
		switch {
		case c.says == "" && (err != nil || got.TLSCert != c.cert || got.TLSKey != c.key):
			t.Errorf("a fitting pair: %v, %+v", err, got)
		case c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "\n")):
			t.Errorf("error %v, want one line with %q", err, c.says)
		}
	}
}

func TestMailsGoToOnePlace(t *testing.T) {
	t.Parallel()
	_, err := config.Load(env("PORTAL_SMTP_URL", "smtp://mail.example.com:25", "PORTAL_MAIL_DIR", "/srv/mail"))
	if err == nil || !strings.Contains(err.Error(), "PORTAL_MAIL_DIR") {
		t.Errorf("both places: %v", err)
	}
	got, err := config.Load(env("PORTAL_MAIL_DIR", "/srv/mail"))
	if err != nil || got.MailDir != "/srv/mail" {
		t.Errorf("a folder: %q, %v", got.MailDir, err)
	}
}

func TestHomeNames(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"":                             "http://localhost:8080",
		"http://localhost:3000":        "http://localhost:3000",
		"http://portal.localhost":      "http://portal.localhost",
		"http://127.0.0.1:8080/":       "http://127.0.0.1:8080",
		"http://[::1]:8080":            "http://[::1]:8080",
		"https://parcel.example.com":   "https://parcel.example.com",
		"https://parcel.example.com:8": "https://parcel.example.com:8",
	} {
		got, err := config.Load(env("PORTAL_BASE_URL", value))
		if err != nil || got.BaseURL != want {
			t.Errorf("%q gives %q, %v; want %q", value, got.BaseURL, err, want)
		}
	}
}
