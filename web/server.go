// Package web is the portal's HTTP edge: addresses, requests, cookies, forms and
// status codes. It holds no SQL, no rule of the trade and no markup.
package web

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/config"
	"ecms/portal/internal/contact"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/faq"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/layouts"
)

// Portal is the site: the stores it shows and what it needs to answer.
type Portal struct {
	// Config is the checked configuration.
	Config config.Config
	// Shipments answers lookups and unlocks.
	Shipments *shipment.Store
	// Accounts knows who signs in, Shelf which parcels they keep.
	Accounts *account.Store
	Shelf    *shelf.Store
	// Customs keeps what consignees hand in to be identified.
	Customs *customs.Store
	// Mail is the outbox of the embedded default, read at /dev/outbox.
	Mail *mail.Outbox
	// FAQ keeps whether answers helped.
	FAQ *faq.Store
	// Feed takes the carrier's files in.
	Feed feed.Importer
	// Web is the pool that pages read from; readiness is asked of it.
	Web *postgres.DB
	// Contact is how people reach the carrier; what is not set is not shown.
	Contact contact.Card
	// Log takes one line per request and per failure, without personal data.
	Log *slog.Logger
	// Now is the clock; nil takes the real one.
	Now func() time.Time
	// Metrics counts requests; nil makes a set of its own.
	Metrics *Metrics
	// Build names this build of the portal; pages of another build are not reused.
	Build string

	made     sync.Once
	handler  http.Handler
	failed   error
	https    bool
	foreign  *http.CrossOriginProtection
	guesses  *guesses
	votes    *votes
	help     templ.Component // the help block of every page
	zones    zones
	pools    pools
	busy     busyPages
	places   *places          // of uploads
	views    *places          // of pictures that are shown
	studio   *document.Studio // takes pictures in
	authors  authors
	allowed  map[string]string // route pattern -> methods
	inFlight atomic.Int64
	imports  chan struct{} // one place per file that is being written
}

// busiest is how many requests are answered at once. More would only wait for
// the same connections to PostgreSQL: they are turned away at once instead.
const busiest = 512

// Handler gives the site, made ready to serve when it is first asked for.
func (p *Portal) Handler() (http.Handler, error) {
	p.made.Do(func() { p.handler, p.failed = p.build() })
	return p.handler, p.failed
}

func (p *Portal) build() (http.Handler, error) {
	if p.Now == nil {
		p.Now = time.Now
	}
	if p.Metrics == nil {
		p.Metrics = NewMetrics()
	}
	p.https = p.Config.TLSCert != "" || strings.HasPrefix(p.Config.BaseURL, "https://")
	p.guesses = newGuesses(p.Now)
	p.votes = newVotes(p.Now)
	p.places, p.studio = newPlaces(uploadsAtOnce, uploadsParcel), document.NewStudio(picturesAtOnce)
	p.views = newPlaces(picturesOut, picturesOutParcel)
	p.help = layouts.Help(p.Contact)
	p.imports = make(chan struct{}, importsAtOnce)
	p.foreign = http.NewCrossOriginProtection()
	if p.Config.BaseURL != "" { // a proxy may change Host, never the visitor's Origin
		if err := p.foreign.AddTrustedOrigin(p.Config.BaseURL); err != nil {
			return nil, fmt.Errorf("base address: %w", err)
		}
	}
	p.Metrics.running(p.inFlight.Load)
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	e.IPExtractor = func(r *http.Request) string { return addressOf(r, p.Config.TrustedProxies).String() }
	e.Pre(p.edge)
	p.register(e)
	return e, nil
}

// edge is the one middleware: it meets the visitor, guards the handler, turns
// its error into a page, and keeps the books.
func (p *Portal) edge(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		v := p.meet(c)
		protect(c.Response().Header(), v.id, v.secure)
		if len(c.Request().TransferEncoding) > 0 {
			c.Response().Header()["Connection"] = headerClose
		}
		if err := p.guarded(c, next); err != nil {
			p.fail(c, v, err)
		}
		p.keepBooks(c, v)
		return nil
	}
}

// guarded runs the handler; a panic in it is an error like any other.
func (p *Portal) guarded(c echo.Context, next echo.HandlerFunc) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	defer p.inFlight.Add(-1)
	if p.inFlight.Add(1) > busiest {
		return fmt.Errorf("%d requests at once: %w", busiest, fault.ErrUnavailable)
	}
	if err := p.foreign.Check(c.Request()); err != nil {
		return fmt.Errorf("%w: %w", fault.ErrForbidden, err)
	}
	return next(c)
}

// keepBooks counts and logs the answer. The log names the route, never the path,
// which may hold a waybill, and no address.
func (p *Portal) keepBooks(c echo.Context, v *visit) {
	took, answer := p.Now().Sub(v.began), c.Response()
	route := p.Metrics.count(c.Path(), answer.Status, took)
	p.Log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
		slog.String("request", v.id), slog.String("method", c.Request().Method), slog.String("route", route),
		slog.Int("status", answer.Status), slog.Int64("bytes", answer.Size), slog.Int64("took_us", took.Microseconds()))
}
