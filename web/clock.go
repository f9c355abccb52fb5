package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
)

// chooseClock keeps the zone that event times are also shown in, and leads back
// to the page it was chosen on. The empty choice goes back to the parcel's own.
func (p *Portal) chooseClock(c echo.Context) error {
	name := field(c, "zone")
	if name != "" && p.zones.find(name) == nil {
		return fault.Invalid{{Field: "zone", Key: "clock.zone.unknown"}}
	}
	if name == "" {
		setCookie(c, cookieClock, "", forget)
		setCookie(c, cookieClockBare, "", forget)
	} else {
		setCookie(c, cookieClock, name, year)
	}
	h := c.Response().Header()
	h["Cache-Control"] = headerNoStore
	h["Location"] = []string{localPath(field(c, "next"))}
	c.Response().WriteHeader(http.StatusSeeOther)
	return nil
}

// localPath gives the address when it is surely a path of this portal, else "/".
// Browsers read "\" as "/" and skip tabs and line breaks, so that much that looks
// like a path is somebody else's address.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" || len(next) > 2000 {
		return "/"
	}
	if !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\t\r\n") ||
		strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return "/"
	}
	safe := url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}
	return safe.String()
}

// escapePath writes a decoded path for a link.
func escapePath(path string) string {
	plain := true
	for i := 0; i < len(path) && plain; i++ {
		c := path[i]
		plain = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("/-._", c) >= 0
	}
	if plain {
		return path
	}
	return (&url.URL{Path: path}).EscapedPath()
}
