package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/layouts"
)

// largestKept bounds the buffers that wait for the next answer.
const largestKept = 256 << 10

// pools holds what answers are written with, so that a busy portal makes no
// garbage of its own.
type pools struct {
	buffers sync.Pool // *bytes.Buffer
	squeezer
}

func (p *pools) buffer() *bytes.Buffer {
	if b, ok := p.buffers.Get().(*bytes.Buffer); ok {
		b.Reset()
		return b
	}
	return bytes.NewBuffer(make([]byte, 0, 24<<10))
}

func (p *pools) release(b *bytes.Buffer) {
	if b.Cap() <= largestKept {
		p.buffers.Put(b)
	}
}

// render answers with a page in the visitor's language.
func (p *Portal) render(c echo.Context, status int, page templ.Component) error {
	v := visitOf(c)
	shell := p.shell(v)
	if v.flashes {
		shell.Flash = told(c, v)
	}
	ctx := layouts.WithShell(locale.With(c.Request().Context(), locale.For(v.language)), shell)
	body := p.pools.buffer()
	defer p.pools.release(body)
	if err := page.Render(ctx, body); err != nil {
		return err
	}
	return p.send(c, status, headerHTML, body.Bytes())
}

// send answers with a whole body of known length, compressed for those who can
// read that. Answers differ by language, clock and grant, so none is shared.
func (p *Portal) send(c echo.Context, status int, contentType []string, body []byte) error {
	if len(body) >= smallest && acceptsGzip(c.Request().Header) {
		zipped := p.pools.buffer()
		defer p.pools.release(zipped)
		if err := p.pools.squeeze(zipped, body, publicNumber(visitOf(c), status)); err != nil {
			return err
		}
		c.Response().Header()["Content-Encoding"] = headerGzip
		body = zipped.Bytes()
	}
	return sendAsIs(c, status, contentType, body)
}

// sendAsIs answers with these very bytes.
func sendAsIs(c echo.Context, status int, contentType []string, body []byte) error {
	h := c.Response().Header()
	h["Content-Type"] = contentType
	h["Vary"] = headerVary
	if h["Cache-Control"] == nil {
		h["Cache-Control"] = headerNoStore
	}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	c.Response().WriteHeader(status)
	_, err := c.Response().Write(body)
	return gone(err)
}

// publicNumber is the parcel whose page this is, when it is one that everybody
// with the number gets alike; a number that HTML writes in another way is none.
func publicNumber(v *visit, status int) string {
	number, found := strings.CutPrefix(v.path, "/track/")
	if !found || status != http.StatusOK || v.form != twinPage || !shipment.Waybill(number).Ours() {
		return ""
	}
	return number
}

// seeOther sends the visitor on, within the portal and in the same language.
func seeOther(c echo.Context, path string) error {
	h := c.Response().Header()
	h["Cache-Control"] = headerNoStore
	h["Vary"] = headerVary
	h["Location"] = []string{visitOf(c).prefix + path}
	h["Content-Length"] = []string{"0"}
	c.Response().WriteHeader(http.StatusSeeOther)
	return nil
}
