// Package config reads the portal's settings from the environment, once, and
// refuses what is wrong or weak with one clear line each.
package config

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"

	"filippo.io/age"
)

// Config is every setting of the portal.
type Config struct {
	// DatabaseURL is the address of PostgreSQL; empty in the embedded default.
	DatabaseURL string
	// Embedded says that the portal runs a private PostgreSQL in DataDir.
	Embedded bool
	// Addr is where people are served, AdminAddr where metrics and profiles are.
	Addr, AdminAddr string
	// BaseURL is the portal's public address, without a slash at its end.
	BaseURL string
	// DataDir holds the embedded database and documents.
	DataDir string
	// PGBin is the folder of PostgreSQL's programs; empty: look for them.
	PGBin string
	// MasterKey wraps the keys of sealed data: 32 bytes. In the embedded default
	// it is empty until MakeSecrets has run.
	MasterKey []byte
	// OldMasterKeys still open what they have wrapped, until portal keys rotate has
	// wrapped all of it anew.
	OldMasterKeys [][]byte
	// BrokerKeys are the public keys of those who may open what is handed over.
	BrokerKeys []age.Recipient
	// OpsTokens are the secrets of those who may bring data in.
	OpsTokens []OpsToken
	// SMTPURL is the mail server; MailDir takes mails as files instead.
	SMTPURL string
	// MailDir is the folder for mails as .eml files.
	MailDir string
	// MailFrom is the address that mails come from.
	MailFrom string
	// TrustedProxies may say whom they ask for.
	TrustedProxies []netip.Prefix
	// TLSCert and TLSKey are files; empty: plain HTTP behind a proxy.
	TLSCert, TLSKey string
}

// Load reads the environment. The error has one line for each bad value.
func Load(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{
		DatabaseURL: r.database("DATABASE_URL"),
		Addr:        r.address("PORTAL_ADDR", ":8080"),
		AdminAddr:   r.address("PORTAL_ADMIN_ADDR", "127.0.0.1:8081"),
		DataDir:     r.dataDir("PORTAL_DATA_DIR"),
		PGBin:       r.folder("PORTAL_PG_BIN"),
		SMTPURL:     r.smtp("PORTAL_SMTP_URL"),
		MailDir:     r.noFile("PORTAL_MAIL_DIR", getenv("PORTAL_MAIL_DIR")),
	}
	c.Embedded = c.DatabaseURL == ""
	c.BaseURL = r.baseURL("PORTAL_BASE_URL", c.Addr)
	c.MailFrom = r.sender("PORTAL_MAIL_FROM", c.BaseURL, c.SMTPURL != "")
	c.MasterKey = r.masterKey("PORTAL_MASTER_KEY", c.Embedded)
	c.OldMasterKeys = r.oldMasterKeys("PORTAL_OLD_MASTER_KEYS")
	c.BrokerKeys = r.brokerKeys("PORTAL_BROKER_KEYS")
	c.OpsTokens = r.opsTokens("PORTAL_OPS_TOKEN")
	c.TrustedProxies = r.proxies("PORTAL_TRUSTED_PROXIES")
	c.TLSCert, c.TLSKey = r.tls("PORTAL_TLS_CERT", "PORTAL_TLS_KEY")
	if c.SMTPURL != "" && c.MailDir != "" {
		r.refuse("PORTAL_MAIL_DIR", "is set beside PORTAL_SMTP_URL: mails go to one place, unset the other")
	}
	return c, errors.Join(r.problems...)
}

// reader collects what is wrong while it reads.
type reader struct {
	getenv   func(string) string
	problems []error
}

func (r *reader) refuse(name, format string, args ...any) {
	r.problems = append(r.problems, fmt.Errorf("%s %s", name, fmt.Sprintf(format, args...)))
}

// dataDir is the folder given, else the system's place for root, else the person's.
func (r *reader) dataDir(name string) string {
	dir := r.getenv(name)
	if dir == "" {
		dir = defaultDataDir(os.Geteuid(), r.getenv)
	}
	if dir == "" {
		r.refuse(name, "is not set, and neither is HOME: name a folder")
		return ""
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		r.refuse(name, "is not a path: %v", err)
		return dir
	}
	return r.noFile(name, abs)
}

// noFile lets a folder pass that is there or may yet be made.
func (r *reader) noFile(name, path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		r.refuse(name, "is %s, which is a file: name a folder", path)
	}
	return path
}

func defaultDataDir(euid int, getenv func(string) string) string {
	if euid == 0 {
		return "/var/lib/ecms-portal"
	}
	if share := getenv("XDG_DATA_HOME"); filepath.IsAbs(share) { // others don't count, says its standard
		return filepath.Join(share, "ecms-portal")
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", "ecms-portal")
	}
	return ""
}

// folder is a folder that must be there when it is named.
func (r *reader) folder(name string) string {
	dir := r.getenv(name)
	if dir == "" {
		return ""
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		r.refuse(name, "is %s, which is not a folder", dir)
	}
	return dir
}
