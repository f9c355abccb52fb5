package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// showLegal shows the version of a document that the address names, else the one in force.
func (p *Portal) showLegal(c echo.Context) error {
	name := legal.Name(c.Param("doc"))
	if !slices.Contains(legal.Names(), name) {
		return fault.ErrNotFound
	}
	l := locale.For(visitOf(c).language)
	d, err := legal.Find(name, c.Param("version"), l.Language())
	if err != nil {
		return err
	}
	page := pages.LegalPage{Versions: legal.Versions(name), Before: legal.Before(name, d.Version)}
	page.Document = withFigures(l, d)
	if page.Before != "" {
		before, err := legal.Find(name, page.Before, l.Language())
		if err != nil {
			return err
		}
		page.Lines = legal.Difference(withFigures(l, before).Blocks, page.Document.Blocks)
	}
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.Legal(page))
}

// leadToPrivacy leads from the address that people guess to the notice.
func (p *Portal) leadToPrivacy(c echo.Context) error { return seeOther(c, "/legal/privacy") }

// showAccessibility shows the statement on how everybody can use the website.
func (p *Portal) showAccessibility(c echo.Context) error {
	l := locale.For(visitOf(c).language)
	d, err := legal.Find(legal.Accessibility, "", l.Language())
	if err != nil {
		return err
	}
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.Accessibility(withFigures(l, d)))
}

// withFigures is a document with what the rules say now in its places.
func withFigures(l *locale.Locale, d legal.Document) legal.Document {
	facts, spans := faqFacts(), keptFor()
	d.Blocks = prose.Fill(d.Blocks, func(name string) (string, bool) {
		if v, ok := spans[name]; ok {
			return v, true
		}
		return facts.Value(l, name)
	})
	return d
}

// wcag is the version of the guidelines that the portal is built to.
const wcag = "2.2"

// keptFor is how long things are kept, by the names that legal texts use.
func keptFor() map[string]string {
	parcels, accounts := shipment.Kept(), account.Kept()
	whole := func(d, unit time.Duration) string { return strconv.Itoa(int(d / unit)) }
	const day = 24 * time.Hour
	var forms customs.Retention // the longest of all countries
	for _, r := range customs.Rules() {
		forms.Draft, forms.Looks = max(forms.Draft, r.Retention.Draft), max(forms.Looks, r.Retention.Looks)
	}
	return map[string]string{
		"grant_hours": whole(parcels.GrantLife, time.Hour), "grant_idle_hours": whole(parcels.GrantIdle, time.Hour),
		"lock_hours": whole(parcels.Tries, time.Hour), "report_days": whole(parcels.Reports, day),
		"session_days": whole(accounts.SessionLife, day), "session_idle_hours": whole(accounts.SessionIdle, time.Hour),
		"event_days": whole(accounts.Events, day), "letter_days": whole(accounts.Letters, day), "try_minutes": whole(accounts.Tries, time.Minute),
		"year_days": whole(year, day), "letter_minutes": whole(letterAge, time.Minute), "flash_seconds": whole(flashAge, time.Second),
		"draft_hours": whole(forms.Draft, time.Hour), "look_days": strconv.Itoa(forms.Looks), "link_days": whole(customs.LinkKept(), day), "proof_minutes": whole(accounts.Recalled, time.Minute),
		"wcag": wcag,
	}
}
