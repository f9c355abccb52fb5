package config

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// address is a host and port to listen on.
func (r *reader) address(name, standard string) string {
	value := r.getenv(name)
	if value == "" {
		return standard
	}
	_, port, err := net.SplitHostPort(value)
	if err != nil {
		r.refuse(name, "is %q: give host:port or :port", value)
		return value
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		r.refuse(name, "is %q: the port must be a number from 0 to 65535", value)
	}
	return value
}

// database is an address of PostgreSQL. Its password is never shown.
func (r *reader) database(name string) string {
	value := r.getenv(name)
	if value == "" {
		return ""
	}
	if _, err := pq.NewConfig(value); err != nil || !strings.Contains(value, "=") && !strings.Contains(value, "://") {
		r.refuse(name, "is not an address of PostgreSQL: give postgres://user:password@host:5432/database")
	}
	return value
}

// baseURL is how people reach the portal. Cookies are marked Secure, which
// browsers keep without https on this machine's own names only.
func (r *reader) baseURL(name, addr string) string {
	value := r.getenv(name)
	if value == "" {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			port = "8080"
		}
		return "http://" + net.JoinHostPort("localhost", port)
	}
	u, err := url.Parse(strings.TrimSuffix(value, "/"))
	switch {
	case strings.Contains(value, "@"): // perhaps a password, so it is not shown
		r.refuse(name, "holds a user name: give scheme and host alone, as https://name")
		return ""
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		r.refuse(name, "is %q: give https://name", value)
		return ""
	case u.Path != "" || strings.ContainsAny(value, "?#"):
		r.refuse(name, "is %q: give scheme and host alone, as https://%s", value, u.Host)
		return ""
	case u.Scheme == "http" && !loopback(strings.ToLower(u.Hostname())):
		r.refuse(name, "is %q: it must be https, as only localhost may do without", value)
		return ""
	}
	standard := map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	u.Host = strings.TrimSuffix(strings.ToLower(u.Host), standard) // as browsers say it in Origin
	return u.String()
}

// Local tells whether the portal's own address is one of this machine's, so that
// nobody is meant to come from elsewhere.
func (c Config) Local() bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && loopback(strings.ToLower(u.Hostname()))
}

func loopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// smtp is a mail server; its password is never shown.
func (r *reader) smtp(name string) string {
	value := r.getenv(name)
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" || !slices.Contains([]string{"smtp", "smtp+starttls", "smtps"}, u.Scheme) {
		r.refuse(name, "is not a mail server: give smtp+starttls://user:password@host:587 or smtps://user:password@host:465")
		return ""
	}
	return value
}

// sender is the address that mails come from: one at the portal's own name unless
// another is given. A machine's own name is no sender for the world.
func (r *reader) sender(name, base string, abroad bool) string {
	value := r.getenv(name)
	if value == "" {
		u, err := url.Parse(base)
		if err != nil || u.Hostname() == "" || loopback(u.Hostname()) {
			if abroad {
				r.refuse(name, "is not set: give the address that mails come from, as parcels@example.com")
			}
			return "no-reply@localhost"
		}
		return "no-reply@" + u.Hostname()
	}
	if a, err := mail.ParseAddress(value); err != nil || a.Address != value || strings.ContainsAny(value, "\" <>") {
		r.refuse(name, "is not an address: give it without a name, as parcels@example.com")
		return ""
	}
	return value
}

// proxies are addresses or networks, separated by commas.
func (r *reader) proxies(name string) []netip.Prefix {
	var all []netip.Prefix
	for part := range strings.SplitSeq(r.getenv(name), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		p, err := netip.ParsePrefix(part)
		if ip, single := netip.ParseAddr(part); single == nil {
			ip = ip.Unmap()
			p, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		switch {
		case err != nil:
			r.refuse(name, "holds %q: give addresses or networks as 10.0.0.0/8, separated by commas", part)
		case p.Bits() == 0:
			r.refuse(name, "holds %q: that would trust everybody", part)
		default:
			all = append(all, p.Masked())
		}
	}
	return all
}
