package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/lib/pq"
)

// connector makes connections that keep to the limits of their pool.
type connector struct {
	cfg    pq.Config
	limits limits
}

func newConnector(url string, l limits) (*connector, error) {
	cfg, err := parse(url)
	if err != nil {
		return nil, err
	}
	for name, value := range l.settings() {
		cfg.Runtime[name] = value
	}
	if cfg.ApplicationName == "" {
		cfg.ApplicationName = l.name
	}
	return &connector{cfg: cfg, limits: l}, nil
}

// parse reads an address. Where none says how to use TLS, a server on this very
// machine may do without: lib/pq would insist on it.
func parse(url string) (pq.Config, error) {
	cfg, err := pq.NewConfig(url)
	if err != nil {
		return pq.Config{}, fmt.Errorf("database address: %w", err)
	}
	cfg = cfg.Clone()
	if cfg.SSLMode == "" && near(cfg) {
		cfg.SSLMode = pq.SSLModePrefer
	}
	return cfg, nil
}

// near says that every host of the address is this machine.
func near(cfg pq.Config) bool {
	hosts := []pq.ConfigMultihost{{Host: cfg.Host, Hostaddr: cfg.Hostaddr}}
	for _, h := range append(hosts, cfg.Multi...) {
		ip := net.ParseIP(h.Host)
		switch {
		case h.Hostaddr.IsValid() && !h.Hostaddr.IsLoopback():
			return false
		case h.Hostaddr.IsValid(), h.Host == "localhost", filepath.IsAbs(h.Host), strings.HasPrefix(h.Host, "@"):
		case ip == nil || !ip.IsLoopback():
			return false
		}
	}
	return true
}

// Connect makes one connection, within the time allowed for that.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, c.limits.connect)
	defer cancel()
	cfg := c.cfg
	if by, ok := ctx.Deadline(); ok {
		cfg.ConnectTimeout = max(time.Until(by), time.Millisecond)
	}
	p, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, err
	}
	d := &dialer{patience: c.limits.read}
	p.Dialer(d)
	inner, err := p.Connect(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to postgres: %w", err)
	}
	able, ok := inner.(pqConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("postgres: a %T cannot be guarded", inner), inner.Close())
	}
	return &conn{pqConn: able, wire: d.last.Load()}, nil
}

// Driver is lib/pq's.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

// Listen opens a connection of its own for notifications, which may be silent
// for hours and is made anew whenever it breaks; event hears of both.
func Listen(url string, event pq.EventCallbackType) (*pq.Listener, error) {
	cfg, err := parse(url)
	if err != nil {
		return nil, err
	}
	if cfg.SSLMode == pq.SSLModePrefer && os.Getenv("PGSSLMODE") == "" {
		url = withSetting(url, "sslmode", "prefer")
	}
	if cfg.ConnectTimeout == 0 {
		url = withSetting(url, "connect_timeout", "3")
	}
	return pq.NewListener(url, 100*time.Millisecond, 2*time.Second, event), nil
}

// withSetting adds a setting that an address does not have yet.
func withSetting(url, name, value string) string {
	setting := name + "=" + value
	if !strings.HasPrefix(url, "postgres://") && !strings.HasPrefix(url, "postgresql://") {
		return url + " " + setting
	}
	if strings.Contains(url, name+"=") {
		return url
	}
	if strings.Contains(url, "?") {
		return url + "&" + setting
	}
	return url + "?" + setting
}

// failing is a database that answers everything with one error.
type failing struct{ err error }

func nothing(err error) *sql.DB { return sql.OpenDB(failing{err}) }

// Connect fails.
func (f failing) Connect(context.Context) (driver.Conn, error) { return nil, f.err }

// Driver is lib/pq's.
func (f failing) Driver() driver.Driver { return &pq.Driver{} }
