// Package webtest is a visitor for tests: a real portal over TLS on a database
// of its own, and a browser with a cookie jar that follows links and fills forms.
package webtest

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/config"
	"ecms/portal/internal/contact"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/demo"
	"ecms/portal/internal/faq"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/web"
)

// OpsSecret opens /ops for both kinds of file, ShipmentsSecret for shipments alone.
const (
	OpsSecret       = "b3BlcmF0b3ItdGVzdC1zZWNyZXQtMDEyMzQ1Njc4OQ"
	ShipmentsSecret = "c2hpcG1lbnRzLW9ubHktc2VjcmV0LTAxMjM0NTY3ODk"
)

// Site is a running portal. Loopback is a trusted proxy in it, so that each
// browser may come from an address of its own.
type Site struct {
	// URL is where it answers, over TLS.
	URL string
	// Portal is the site itself, Store what it reads.
	Portal *web.Portal
	Store  *shipment.Store
	// Accounts is who signs in.
	Accounts *account.Store
	// Documents is the folder of sealed pictures.
	Documents string
	// Clock is the time that the portal lives in.
	Clock *Clock
	// Wire is the portal's line to PostgreSQL: it counts and can be cut.
	Wire *Wire
	// Log is all that the portal has logged.
	Log *Log

	server *httptest.Server
	plain  bool
}

// Option changes a site before it starts.
type Option func(*Site)

// Configured changes the configuration.
func Configured(change func(*config.Config)) Option {
	return func(s *Site) { change(&s.Portal.Config) }
}

// Built names the portal's build.
func Built(name string) Option { return func(s *Site) { s.Portal.Build = name } }

// WithoutTLS serves plain HTTP, as behind a proxy.
func WithoutTLS() Option { return func(s *Site) { s.plain = true } }

// Start runs a portal with an empty database until the test ends.
func Start(t testing.TB, options ...Option) *Site {
	t.Helper()
	s := &Site{Clock: NewClock(), Wire: newWire(t, testdb.URL(t)), Log: &Log{}}
	db := open(t, s.Wire.URL(), postgres.Web)
	work := open(t, s.Wire.URL(), postgres.Work)
	s.Store = shipment.NewStore(db, work, s.Clock.Now)
	s.Accounts = account.NewStore(db, work, []byte("webtest's key of thirty-two bytes"), s.Clock.Now)
	shelves := shelf.NewStore(db, work, s.Store, s.Clock.Now)
	s.Accounts.OnConfirmed = func(ctx context.Context, tx *postgres.Tx, id account.ID, emailKey string) error {
		if err := shelves.Join(ctx, tx, id, emailKey); err != nil {
			return err
		}
		return customs.Adopt(ctx, tx, id, emailKey)
	}
	s.Store.OnReceived, s.Store.OnTold = shelves.JoinShipments, shelves.CopyViews
	s.Portal = &web.Portal{
		Config: config.Config{
			Embedded: true, BaseURL: "https://localhost:8080", TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
			OpsTokens: []config.OpsToken{
				{Scopes: []string{"shipments", "checkpoints"}, Secret: OpsSecret}, {Scopes: []string{"shipments"}, Secret: ShipmentsSecret},
			},
		},
		Shipments: s.Store, Accounts: s.Accounts, Shelf: shelves, Mail: mail.NewOutbox(db), Feed: feed.Importer{Store: s.Store, Now: s.Clock.Now}, Web: db,
		Contact: contact.Default(), FAQ: faq.NewStore(db, s.Clock.Now), Customs: identities(t, db, work, s),
		Log: slog.New(slog.NewJSONHandler(s.Log, nil)), Now: s.Clock.Now, Build: "test",
	}
	for _, change := range options {
		change(s)
	}
	handler, err := s.Portal.Handler()
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	s.server = httptest.NewUnstartedServer(handler)
	s.server.Config = web.NewServer(handler)
	if s.plain {
		s.server.Start()
	} else {
		s.server.StartTLS()
	}
	t.Cleanup(s.server.Close)
	s.URL = s.server.URL
	return s
}

func open(t testing.TB, url string, pool postgres.Pool) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(context.Background(), postgres.Options{URL: url, Pool: pool, MaxConns: 8})
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// Tell lets a demo parcel of each story happen, and gives their second facts.
func (s *Site) Tell(t testing.TB, stories ...demo.Story) []demo.Sample {
	t.Helper()
	o := demo.Options{Seed: 1, AsOf: s.Clock.Now()}
	var samples []demo.Sample
	wanted := map[shipment.Waybill]bool{}
	for _, story := range stories {
		sample := demo.SampleOf(o, story)
		samples, wanted[sample.Waybill] = append(samples, sample), true
	}
	var records []shipment.Record
	for _, r := range demo.Shipments(o) {
		if wanted[r.Waybill] {
			records = append(records, r)
		}
	}
	var events []shipment.Checkpoint
	for _, e := range demo.Checkpoints(o) {
		if wanted[e.Waybill] {
			events = append(events, e)
		}
	}
	if _, err := s.Store.ReceiveShipments(t.Context(), records); err != nil {
		t.Fatalf("webtest: %v", err)
	}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), events); err != nil {
		t.Fatalf("webtest: %v", err)
	}
	return samples
}

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock at a fixed moment, noon UTC.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move lets time pass.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Log keeps what is written to it.
type Log struct {
	mu   sync.Mutex
	text []byte
}

var _ io.Writer = (*Log)(nil)

// Write keeps a line.
func (l *Log) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, line...)
	return len(line), nil
}

// String is all that was written.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}
