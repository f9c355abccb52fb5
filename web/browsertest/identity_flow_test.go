//go:build browser

package browsertest_test

import (
	"testing"

	"ecms/portal/web/webtest/journey"
)

// TestChineseCitizenFlow: eight fields, two of them pictures, and three presses.
func TestChineseCitizenFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email := newcomer()
		c := asked(t, journey.China, email)
		h, doc := handOf(b), c.Document
		h.opens(linkTo(t, email), c)

		h.types("name_local", c.Name+"先生")
		h.types("phone", c.Phone)
		h.ticks("name_consent")
		h.stopped(formAt("/id/person"), []string{"name_local"})
		h.types("name_local", c.Name)
		h.sends(formAt("/id/person"))
		h.at(path(c, "/id/document"))

		h.types("doc_number", misread(doc["doc_number"]))
		for _, part := range []string{"expiry_year", "expiry_month", "expiry_day"} {
			h.types(part, doc[part])
		}
		h.shows("front", card(1))
		h.shows("back", tiny())
		h.stopped(formAt("/id/document"), []string{"doc_number", "back"})
		h.shown(1) // the good one stays
		h.types("doc_number", doc["doc_number"])
		h.shows("back", card(2))
		h.sends(formAt("/id/document"))
		h.at(path(c, "/id/check"))

		h.shown(2)
		h.sees(c.Name)
		h.seesNot(doc["doc_number"])
		h.seesNot(c.Phone)
		h.ticks("consent_customs")
		h.stopped(formAt("/id/submit"), []string{"consent_transfer"})
		h.ticks("consent_transfer")
		h.sends(formAt("/id/submit"))
		h.done(c, doc["doc_number"])
		h.cost(8, 3, 3)
	})
}

// TestKoreanCodeFlow: four fields, no picture, and a resident number that is gone
// at once.
func TestKoreanCodeFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		c := asked(t, journey.Korea, "")
		h := handOf(b)
		h.turn("/track/" + c.Waybill)
		h.press(`.needed a[href$="/needs"]`)
		h.sound()
		h.fill("phone_last4", c.Fact())
		h.press("section.unlock button[type=submit]")
		h.at(path(c, "/needs"))
		h.press(".needed a.btn")
		h.at(path(c, "/id/person"))

		h.types("name_local", c.Name)
		h.types("phone", c.Person["phone"])
		h.types("postcode", "123-456") // of before 2015
		h.ticks("name_consent")
		h.stopped(formAt("/id/person"), []string{"postcode"})
		h.types("postcode", c.Postcode)
		h.noPicture()
		h.sends(formAt("/id/person"))
		h.at(path(c, "/id/document"))

		h.noPicture()
		h.types("doc_number", residentNumber)
		h.stopped(formAt("/id/document"), []string{"doc_number"}, "doc_number")
		h.seesNot(residentNumber)
		h.types("doc_number", c.Document["doc_number"])
		h.sends(formAt("/id/document"))
		h.at(path(c, "/id/check"))
		h.ticks("consent_customs", "consent_transfer")
		h.sends(formAt("/id/submit"))
		h.done(c, c.Document["doc_number"])
		h.cost(4, 3, 2)
	})
}

// TestTaiwanAppFlow: who is registered in EZ WAY types two fields.
func TestTaiwanAppFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email := newcomer()
		c := asked(t, journey.Taiwan, email)
		h := handOf(b)
		h.opens(linkTo(t, email), c)
		h.types("name_local", c.Name)
		h.types("phone", "02-2311-3456") // a fixed line gets no message
		h.ticks("name_consent")
		h.stopped(formAt("/id/person"), []string{"phone"})
		h.types("phone", c.Person["phone"])
		h.noPicture()
		h.sends(formAt("/id/person"))
		h.at(path(c, "/id/document"))
		h.noPicture()
		h.stopped(formAt("/id/document"), []string{"ezway_registered"})
		h.ticks("ezway_registered")
		h.sends(formAt("/id/document"))
		h.at(path(c, "/id/check"))
		h.ticks("consent_customs", "consent_transfer")
		h.sends(formAt("/id/submit"))
		h.done(c, c.Person["phone"])
		h.cost(2, 3, 2)
	})
}

// TestSavedPersonFlow: who has given an identity before and kept it types nothing.
func TestSavedPersonFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, token := member(t)
		first := asked(t, journey.China, email)
		first.Keep = "account"
		given(t, signedIn(t, email), first, 3)

		c := asked(t, func(int) journey.Consignee { return first }, email)
		h := handOf(b)
		h.enter(token)
		h.turn(path(c, "/id/person"))
		h.sends(`form:has([name=person_id]) button[type=submit]`)
		h.at(path(c, "/id/check"))
		h.shown(2)
		h.stopped(formAt("/id/submit"), []string{"consent_customs", "consent_transfer"})
		h.ticks("consent_customs", "consent_transfer")
		h.sends(formAt("/id/submit"))
		h.done(c, first.Document["doc_number"])
		h.cost(0, 2, 1)

		h.turn("/account/people")
		h.press(`main a[href*="/account/people/"]`)
		h.sound()
		h.sees(c.Waybill) // each use is listed
		h.sees(first.Waybill)
		h.seesNot(first.Document["doc_number"])
	})
}

// done wants the page that says what was sent, and the receipt behind it, without
// what it must not tell.
func (h *hand) done(c journey.Consignee, secret string) {
	h.t.Helper()
	h.at(path(c, "/id?sent=yes"))
	h.sees("ID-")
	h.seesNot(secret)
	h.press(`main a[href$="/id/receipt"]`)
	h.sound()
	h.at(path(c, "/id/receipt"))
	h.sees("ID-")
	h.seesNot(secret)
	h.turn(path(c, "/needs"))
	if again := ask[int](h.tab, `document.querySelectorAll('.needed a[href$="/id/person"]').length`); again != 0 {
		h.t.Errorf("%s asks still for what was sent", h.location())
	}
}

// noPicture wants a page that asks for none.
func (h *hand) noPicture() {
	h.t.Helper()
	if n := ask[int](h.tab, `document.querySelectorAll("input[type=file]").length`); n > 0 {
		h.fail("%s asks for %d pictures", h.location(), n)
	}
}

// residentNumber has the form of a Korean one and is nobody's.
const residentNumber = "900101-1234567"

// misread is a number with a digit taken for another, which its check shows.
func misread(number string) string {
	at := len(number) - 3
	return number[:at] + string('0'+(number[at]-'0'+1)%10) + number[at+1:]
}
