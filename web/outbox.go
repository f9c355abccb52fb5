package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/templates/pages"
)

// mostMails is how many mails the outbox lists.
const mostMails = 100

// headerMailPolicy lets a mail show the styles in its tags, and nothing else: it
// runs no script, loads nothing, sends no form and has no part in the portal.
var headerMailPolicy = []string{"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; sandbox allow-top-navigation"}

// listMails shows the mails that have landed in the embedded default.
func (p *Portal) listMails(c echo.Context) error {
	mails, err := p.Mail.List(c.Request().Context(), mostMails)
	if err != nil {
		return err
	}
	page := pages.Outbox{Zone: visitOf(c).zone}
	for _, m := range mails {
		page.Mails = append(page.Mails, pages.OutboxRow{Ref: m.Ref, To: m.To, Subject: m.Subject, At: m.At})
	}
	return p.render(c, http.StatusOK, pages.OutboxList(page))
}

// showMail shows one mail as text, or below its address with .html as its reader
// would see it.
func (p *Portal) showMail(c echo.Context) error {
	ref, asHTML := strings.CutSuffix(c.Param("ref"), ".html")
	m, err := p.Mail.Find(c.Request().Context(), ref)
	if err != nil {
		return err
	}
	if asHTML {
		c.Response().Header()["Content-Security-Policy"] = headerMailPolicy
		return p.send(c, http.StatusOK, headerHTML, []byte(m.HTML))
	}
	return p.render(c, http.StatusOK, pages.OutboxShow(pages.OutboxMail{
		OutboxRow: pages.OutboxRow{Ref: m.Ref, To: m.To, Subject: m.Subject, At: m.At},
		Text:      m.Text, Base: p.Config.BaseURL, Zone: visitOf(c).zone,
	}))
}
