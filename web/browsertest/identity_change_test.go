//go:build browser

package browsertest_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest/journey"
)

// TestReplacedAndWithdrawnFlow: what was sent gives way to something better, and is
// taken back at last.
func TestReplacedAndWithdrawnFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, token := member(t)
		c := asked(t, journey.Taiwan, email)
		given(t, signedIn(t, email), c, 3)
		h := handOf(b)
		h.enter(token)
		h.turn(path(c, "/id"))
		first := h.reference()

		h.press(`.keeping a[href*="/id/person"]`)
		h.sound()
		h.types("name_local", "林美玲")
		h.types("phone", c.Person["phone"])
		h.sends(formAt("/id/person"))
		h.turn(path(c, "/id")) // until it is sent, what was given stands
		if again := h.reference(); again != first {
			t.Errorf("before anything is sent, %s stands in the place of %s", again, first)
		}
		h.turn(path(c, "/id/document"))
		h.ticks("ezway_registered")
		h.sends(formAt("/id/document"))
		h.ticks("consent_customs", "consent_transfer")
		h.sends(formAt("/id/submit"))
		if again := h.reference(); again == first {
			t.Errorf("%s stands still", again)
		}
		h.cost(2, 3, 0)

		h.do(chromedp.Click(chromedp.CSS(".keeping summary")))
		h.sends(formAt("/id/withdraw"))
		h.at(path(c, "/id"))
		h.says("id.state.withdrawn")
		h.turn(path(c, "/needs"))
		h.sends(".needed a.btn") // customs waits as before
		h.at(path(c, "/id/person"))
	})
}

// TestRefusedAndAcceptedFlow: the staff refuse one picture, its owner sends just
// that one anew, and the parcel needs nothing any more.
func TestRefusedAndAcceptedFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, token := member(t)
		c := asked(t, journey.China, email)
		given(t, signedIn(t, email), c, 3)
		desk := handOf(openTab(t, look{width: 1280, noScript: b.mute, address: address()}))
		desk.language, desk.mute = b.language, b.mute
		desk.enter(tokenOf(t, staff))

		desk.turn("/staff/ids?country=CN")
		desk.takes(c)
		desk.seesNot(c.Document["doc_number"])
		desk.do(chromedp.SetValue(chromedp.CSS("#reason"), "review"))
		desk.sends(formAt("/view"))
		desk.sees(c.Document["doc_number"])
		desk.shown(2)
		desk.press("form:has(#reason_code) button:not([formaction])")
		desk.sound()
		desk.tab.refused("reason_code", "")
		desk.do(chromedp.SetValue(chromedp.CSS("#reason_code"), "unreadable"))
		desk.ticks("part_back")
		desk.sends("form:has(#reason_code) button:not([formaction])")
		desk.told()

		h := handOf(b)
		h.enter(token)
		h.turn("/track/" + c.Waybill)
		h.press(`.needed a[href$="/needs"]`)
		h.sound()
		h.press(".needed a.btn")
		h.at(path(c, "/id/document"))
		h.says("id.refusal.unreadable")
		if asks := ask[string](b, `[...document.querySelectorAll("main form :is(input,select,textarea):not([type=hidden])")].map(e => e.name).join(" ")`); asks != "back" {
			t.Errorf("asked again is %q, want the back alone", asks)
		}
		h.shows("back", tiny())
		h.stopped(formAt("/id/document"), []string{"back"})
		h.shows("back", card(7))
		h.sends(formAt("/id/document"))
		h.at(path(c, "/id/check"))
		h.shown(2)
		h.ticks("consent_customs", "consent_transfer")
		h.sends(formAt("/id/submit"))
		h.done(c, c.Document["doc_number"])
		h.cost(1, 2, 1)

		desk.takes(c)
		desk.sends(`form:has([name=decision][value=accept]) button[type=submit]`)
		desk.told()
		h.turn("/track/" + c.Waybill)
		if asks := ask[int](b, `document.querySelectorAll(".needed a.btn").length`); asks > 0 {
			t.Errorf("%s asks still for what is accepted", h.location())
		}
		h.turn(path(c, "/id"))
		h.says("id.state.accepted")
		h.says("id.role.staff") // who saw it is told
	})
}

// takes opens the newest case of a parcel from its page and takes it.
func (h *hand) takes(c journey.Consignee) {
	h.t.Helper()
	h.turn("/staff/parcels/" + c.Waybill)
	h.sends(`main a[href*="/staff/ids/"]`)
	h.sees(c.Waybill)
	h.sends(formAt("/take"))
}

// says wants a text of the catalogue in the tab's language.
func (b *tab) says(key string, args ...string) {
	b.t.Helper()
	want := locale.For(locale.Language(b.language)).T(key, args...)
	if shown := ask[string](b, "document.querySelector('main').textContent"); !strings.Contains(squeeze(shown), squeeze(want)) {
		b.fail("%s does not say %q", b.location(), want)
	}
}

var identityReference = regexp.MustCompile(`ID-[0-9A-Z]{4}-[0-9A-Z]{4}`)

// reference is that of the identity whose page is shown.
func (b *tab) reference() string {
	b.t.Helper()
	found := identityReference.FindString(b.text("main"))
	if found == "" {
		b.fail("%s names no reference", b.location())
	}
	return found
}

// caseOf is the path of the newest case of a parcel in the staff's queue.
func caseOf(t testing.TB, c journey.Consignee) string {
	t.Helper()
	html := string(fetch(t, "/en/staff/parcels/"+c.Waybill, http.StatusOK, as(t, staff)...))
	link := regexp.MustCompile(`/staff/ids/[0-9]+`).FindString(html)
	if !strings.HasPrefix(link, "/staff/ids/") {
		t.Fatalf("the staff's page of %s leads to no case", c.Waybill)
	}
	return link
}
