package web

import (
	"bytes"
	"html"
	"net/http"
	"sync"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
	"ecms/portal/templates/pages"
)

// busyPages keeps, for each language, the page for those who find no place to
// sign in. A thousand may come at once while the portal is short of time: all of
// it but the address that was typed is drawn once, and it is short enough to wait
// whole in the buffer of net/http and to leave in one write.
type busyPages struct{ drawn sync.Map } // prefix and language -> [2][]byte

// typedHere stands for the address in a page that is drawn to be kept.
const typedHere = "typed-here@portal.invalid"

// sendBusy answers a sign-in that found no place. A visitor who wants to go on to
// some page gets one drawn for them alone.
func (p *Portal) sendBusy(c echo.Context, page pages.LoginPage) error {
	if page.Next != "" {
		return p.render(c, http.StatusServiceUnavailable, pages.LoginBusy(page))
	}
	halves, err := p.busy.of(p.shell(visitOf(c)), c)
	if err != nil {
		return err
	}
	body := p.pools.buffer()
	defer p.pools.release(body)
	body.Write(halves[0])
	body.WriteString(html.EscapeString(page.Email))
	body.Write(halves[1])
	return sendAsIs(c, http.StatusServiceUnavailable, headerHTML, body.Bytes()) // compressing costs more than all else
}

// of gives the page before and after the address.
func (b *busyPages) of(shell layouts.Shell, c echo.Context) ([2][]byte, error) {
	key := shell.Prefix + " " + string(shell.Lang)
	if drawn, ok := b.drawn.Load(key); ok {
		return drawn.([2][]byte), nil //nolint:forcetypeassert // only of stores, and only this
	}
	ctx := layouts.WithShell(locale.With(c.Request().Context(), locale.For(shell.Lang)), shell)
	var out bytes.Buffer
	if err := pages.LoginBusy(pages.LoginPage{Email: typedHere}).Render(ctx, &out); err != nil {
		return [2][]byte{}, err
	}
	before, after, _ := bytes.Cut(out.Bytes(), []byte(typedHere))
	halves := [2][]byte{before, after}
	b.drawn.Store(key, halves)
	return halves, nil
}
