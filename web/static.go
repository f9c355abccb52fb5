package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/static"
)

// Files whose address names their content never change; the others may.
var (
	headerForever = []string{"public, max-age=31536000, immutable"}
	headerHour    = []string{"public, max-age=3600"}
)

// serveStatic sends a file of static/, compressed ahead of time where that helps.
func (p *Portal) serveStatic(c echo.Context) error {
	file, ok := static.Find(c.Request().URL.Path)
	if !ok {
		return fault.ErrNotFound
	}
	h := c.Response().Header()
	h["Content-Type"] = []string{file.Type}
	h["Etag"] = []string{file.ETag}
	h["Cache-Control"] = headerHour
	if file.Forever {
		h["Cache-Control"] = headerForever
	}
	if file.Gzip != nil {
		h["Vary"] = []string{"Accept-Encoding"}
	}
	if asked := c.Request().Header.Get("If-None-Match"); strings.Contains(asked, file.ETag) {
		c.Response().WriteHeader(http.StatusNotModified)
		return nil
	}
	body := file.Body
	if file.Gzip != nil && acceptsGzip(c.Request().Header) {
		h["Content-Encoding"] = headerGzip
		body = file.Gzip
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(body)
	return gone(err)
}

// showRobots lets search engines read the pages that are for everybody, and no
// parcel.
func (p *Portal) showRobots(c echo.Context) error {
	const rules = "User-agent: *\nDisallow: /track\nDisallow: /*/track\nDisallow: /ops/\nDisallow: /dev/\n"
	c.Response().Header()["Cache-Control"] = headerHour
	return p.send(c, http.StatusOK, headerText, []byte(rules))
}
