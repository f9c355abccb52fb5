package web

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
)

// The sizes in bytes up to which a body is read.
const (
	largestForm = 64 << 10
	largestFeed = 64 << 20 // unpacked
)

// register hands the site map to the router. Methods outside it, OPTIONS and
// TRACE among them, are refused on every path.
func (p *Portal) register(e *echo.Echo) {
	p.Metrics.know("", "-")
	methods := map[string][]string{}
	for _, r := range p.Routes() {
		twin := strings.Contains(r.Path, "}.") // of the page without the ending, in the same handler
		if twin || !p.opens(r) {
			continue
		}
		pattern := echoPattern(r.Path)
		p.Metrics.know(pattern, r.Path)
		handler := p.admit(r)
		e.Add(r.Method, pattern, handler)
		methods[pattern] = append(methods[pattern], r.Method)
		if r.Method == http.MethodGet {
			e.Add(http.MethodHead, pattern, handler)
			methods[pattern] = append(methods[pattern], http.MethodHead)
		}
	}
	p.allowed = map[string]string{}
	for pattern, ms := range methods {
		slices.Sort(ms)
		p.allowed[pattern] = strings.Join(slices.Compact(ms), ", ")
		e.Add(http.MethodOptions, pattern, refuseMethod)
	}
}

// opens tells whether a route is there at all: the gallery in the embedded default
// alone, the outbox where that is at home besides, as its links let people in, the
// way in for files where somebody has a token. Elsewhere no method finds anything
// under their addresses.
func (p *Portal) opens(r Route) bool {
	switch {
	case strings.HasPrefix(r.Path, "/dev/outbox"):
		return p.Config.Embedded && p.Config.Local()
	case r.Group == Dev:
		return p.Config.Embedded
	case strings.HasPrefix(r.Path, "/ops/"):
		return len(p.Config.OpsTokens) > 0
	}
	return true
}

// fromHere tells whether a connection comes from this very machine: the mails of
// the embedded default are nobody else's on the network, even though it listens there.
func fromHere(peer string) bool {
	at, err := netip.ParseAddrPort(peer)
	return err == nil && at.Addr().Unmap().IsLoopback()
}

// echoPattern writes "/track/{n}" as the router does: "/track/:n", and
// "/static/{file...}" as "/static/*".
func echoPattern(path string) string {
	if head, _, found := strings.Cut(path, "{"); found && strings.HasSuffix(path, "...}") {
		return head + "*"
	}
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

func refuseMethod(echo.Context) error { return echo.ErrMethodNotAllowed }

// admit applies what the site map says about a route before its handler.
func (p *Portal) admit(r Route) echo.HandlerFunc {
	speaks := r.Class != Static && r.Class != Machine // has a language
	return func(c echo.Context) error {
		v := visitOf(c)
		if r.Class == Machine {
			v.form = twinJSON
		}
		if v.prefix != "" && !speaks {
			return fault.ErrNotFound
		}
		if r.Group == Dev && !fromHere(c.Request().RemoteAddr) {
			return fault.ErrNotFound
		}
		if r.Group == Member || r.Group == Staff {
			if in, err := p.keepDoor(c, r.Group); err != nil || !in {
				return err
			}
		}
		if r.Method == http.MethodPost && r.Class != Machine && r.Class != Upload {
			if !isForm(c.Request().Header.Get("Content-Type")) {
				return echo.ErrUnsupportedMediaType
			}
			c.Request().Body = http.MaxBytesReader(c.Response().Writer, c.Request().Body, largestForm)
			if err := readForm(c.Request()); err != nil {
				return err
			}
		}
		if r.Class == Upload {
			defer p.places.finish(c)
		}
		return r.handler(c)
	}
}
