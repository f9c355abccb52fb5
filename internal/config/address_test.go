package config_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ecms/portal/internal/config"
)

func TestListeningAddresses(t *testing.T) {
	t.Parallel()
	for value, fine := range map[string]bool{
		":8080": true, ":0": true, ":65535": true, "0.0.0.0:80": true, "[::]:443": true, "portal.internal:9000": true,
		":65536": false, ":-1": false, ":+80": false, ": 80": false, ":": false, "8080": false, "::1:8080": false, "[::1]": false, ":80:90": false, ":8o80": false,
	} {
		for _, name := range []string{"PORTAL_ADDR", "PORTAL_ADMIN_ADDR"} {
			c, err := config.Load(env(name, value))
			if fine != (err == nil) {
				t.Errorf("%s=%q: got %v, want it taken: %t", name, value, err, fine)
			}
			if err != nil && !strings.HasPrefix(err.Error(), name+" is "+fmt.Sprintf("%q", value)) {
				t.Errorf("%s=%q: %v does not say what is wrong where", name, value, err)
			}
			if got := map[string]string{"PORTAL_ADDR": c.Addr, "PORTAL_ADMIN_ADDR": c.AdminAddr}[name]; fine && got != value {
				t.Errorf("%s: got %q, want %q", name, got, value)
			}
		}
	}
}

func TestBaseURLFollowsTheAddress(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{
		":3000": "http://localhost:3000", "0.0.0.0:80": "http://localhost:80", "[::1]:9": "http://localhost:9",
	} {
		c, err := config.Load(env("PORTAL_ADDR", addr))
		if err != nil || c.BaseURL != want {
			t.Errorf("%s: got %q, %v; want %q", addr, c.BaseURL, err, want)
		}
	}
}

// The address is compared with what browsers send as Origin.
func TestBaseURLIsAsBrowsersSayIt(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"https://Parcel.Example.COM":      "https://parcel.example.com",
		"HTTPS://parcel.example.com/":     "https://parcel.example.com",
		"https://parcel.example.com:443":  "https://parcel.example.com",
		"https://parcel.example.com:4430": "https://parcel.example.com:4430",
		"http://LocalHost:80/":            "http://localhost",
		"http://[::1]:80":                 "http://[::1]",
		"https://[2001:DB8::7]:8443":      "https://[2001:db8::7]:8443",
	} {
		c, err := config.Load(env("PORTAL_BASE_URL", value))
		if err != nil || c.BaseURL != want {
			t.Errorf("%s: got %q, %v; want %q", value, c.BaseURL, err, want)
		}
	}
}

func TestBaseURLsThatAreNone(t *testing.T) {
	t.Parallel()
	for value, says := range map[string]string{
		"http://127.0.0.1.example.com":     "must be https",
		"http://localhost.example.com":     "must be https",
		"http://10.0.0.7:8080":             "must be https",
		"http://[2001:db8::1]":             "must be https",
		"ftp://parcel.example.com":         "give https://name",
		"//parcel.example.com":             "give https://name",
		"https:parcel.example.com":         "give https://name",
		"https://:8080":                    "give https://name",
		"https://parcel.example.com:port":  "give https://name",
		"https://parcel.example.com?":      "scheme and host alone",
		"https://parcel.example.com#":      "scheme and host alone",
		"https://parcel.example.com/?a=b":  "scheme and host alone",
		"https://parcel.example.com//":     "scheme and host alone",
		"https://u:geheim@h:port":          "scheme and host alone",
		"ftp://u:geheim@host":              "scheme and host alone",
		"https://geheim@":                  "scheme and host alone",
		"http://u:geheim@parcel.example:1": "scheme and host alone",
	} {
		c, err := config.Load(env("PORTAL_BASE_URL", value))
		if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "PORTAL_BASE_URL ") {
			t.Errorf("%s: got %q, %v; want an error with %q", value, c.BaseURL, err, says)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: the password is shown: %v", value, err)
		}
	}
}

func TestDatabaseAddresses(t *testing.T) {
	t.Parallel()
	for value, fine := range map[string]bool{
		"postgres://portal:geheim@db.example.com:5432/portal?sslmode=verify-full": true,
		"postgresql://db.example.com/portal":                                      true,
		"host=/var/run/postgresql dbname=portal user=portal password=geheim":      true,
		"host=db port=fivefourthreetwo password=geheim":                           false,
		"host=db sslmode=perhaps password=geheim":                                 false,
		"host=db password='geheim":                                                false,
		"postgres://u:geheim@[::1/x":                                              false,
		"mysql://u:geheim@db/x":                                                   false,
		"geheim":                                                                  false,
	} {
		c, err := config.Load(env("DATABASE_URL", value, "PORTAL_MASTER_KEY", goodKey))
		if fine != (err == nil) || fine && (c.DatabaseURL != value || c.Embedded) {
			t.Errorf("%s: got %v, embedded %t; want it taken: %t", value, err, c.Embedded, fine)
		}
		if err != nil && (strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%s: not one line without secrets: %q", value, err)
		}
	}
}

func TestMailServers(t *testing.T) {
	t.Parallel()
	for value, fine := range map[string]bool{
		"smtp://mail.example.com": true, "smtp://u:geheim@mail.example.com:587": true, "smtps://mail.example.com:465": true,
		"smtp+starttls://u:geheim@mail.example.com": true, "smtp+tls://mail.example.com": false,
		"http://mail.example.com": false, "smtp://": false, "smtp://:25": false, "smtp://u:geheim@mail:port": false, "geheim": false,
		"smtp://u:ge%heim@mail.example.com": false,
	} {
		c, err := config.Load(env("PORTAL_SMTP_URL", value, "PORTAL_MAIL_FROM", "parcels@example.com"))
		if fine != (err == nil) || fine && c.SMTPURL != value {
			t.Errorf("%s: got %q, %v; want it taken: %t", value, c.SMTPURL, err, fine)
		}
		if err != nil && (strings.Contains(err.Error(), "heim") || !strings.Contains(err.Error(), "PORTAL_SMTP_URL is not a mail server")) {
			t.Errorf("%s: got %q", value, err)
		}
	}
}

func TestSenders(t *testing.T) {
	t.Parallel()
	server := []string{"PORTAL_SMTP_URL", "smtp://mail.example.com"}
	for _, tc := range []struct {
		name, want, says string
		env              []string
	}{
		{"nothing said", "no-reply@localhost", "", nil},
		{"of the portal's name", "no-reply@parcel.example.com", "", append(server, "PORTAL_BASE_URL", "https://parcel.example.com:8443")},
		{"given", "parcels@example.com", "", append(server, "PORTAL_MAIL_FROM", "parcels@example.com")},
		{"this machine to the world", "", "PORTAL_MAIL_FROM is not set: ", server},
		{"with a name", "", "PORTAL_MAIL_FROM is not an address", []string{"PORTAL_MAIL_FROM", "ECMS <parcels@example.com>"}},
		{"two lines", "", "PORTAL_MAIL_FROM is not an address", []string{"PORTAL_MAIL_FROM", "parcels@example.com\r\nBcc: x@example.com"}},
		{"no address", "", "PORTAL_MAIL_FROM is not an address", []string{"PORTAL_MAIL_FROM", "parcels"}},
	} {
		c, err := config.Load(env(tc.env...))
		if (err == nil) != (tc.says == "") || err == nil && c.MailFrom != tc.want || err != nil && !strings.HasPrefix(err.Error(), tc.says) {
			t.Errorf("%s: got %q, %v; want %q or %q", tc.name, c.MailFrom, err, tc.want, tc.says)
		}
	}
}

func TestTrustedProxies(t *testing.T) {
	t.Parallel()
	prefixes := func(texts ...string) (all []netip.Prefix) {
		for _, s := range texts {
			all = append(all, netip.MustParsePrefix(s))
		}
		return all
	}
	for _, c := range []struct {
		name, value string
		want        []netip.Prefix
		says        string
	}{
		{"none", "", nil, ""},
		{"commas alone", " , ,", nil, ""},
		{"one address", "192.0.2.7", prefixes("192.0.2.7/32"), ""},
		{"six", "2001:db8::7", prefixes("2001:db8::7/128"), ""},
		{"host bits go", "10.1.2.3/8", prefixes("10.0.0.0/8"), ""},
		{"four inside six", "::ffff:192.0.2.7", prefixes("192.0.2.7/32"), ""},
		{"many", "10.0.0.0/8,192.0.2.7 ,\t::1", prefixes("10.0.0.0/8", "192.0.2.7/32", "::1/128"), ""},
		{"everybody", "10.0.0.0/8,::/0", nil, `holds "::/0": that would trust everybody`},
		{"a name", "proxy.internal", nil, `holds "proxy.internal": give addresses`},
		{"too many bits", "10.0.0.0/33", nil, `holds "10.0.0.0/33"`},
		{"a port", "10.0.0.1:80", nil, `holds "10.0.0.1:80"`},
		{"blanks between", "10.0.0.1 10.0.0.2", nil, `holds "10.0.0.1 10.0.0.2"`},
	} {
		got, err := config.Load(env("PORTAL_TRUSTED_PROXIES", c.value))
		if (c.says == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.says)
			continue
		}
		if diff := cmp.Diff(c.want, got.TrustedProxies, cmpopts.EquateComparable(netip.Prefix{})); err == nil && diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}
