//go:build browser

package browsertest_test

import (
	"testing"

	"github.com/chromedp/chromedp"

	"ecms/portal/web/webtest/journey"
)

// identityViews are the pages on which an identity is given, and those on which the
// staff look at it: without the matrix the few on which most is to do.
func identityViews(t testing.TB) []view {
	person := path(room(t, "cn", receiver, journey.China, 0), "/id/person")
	document := path(room(t, "cn document", receiver, journey.China, 1), "/id/document")
	check := path(room(t, "cn check", receiver, other, 2), "/id/check")
	list := []view{
		{name: "id-person", path: person, as: receiver, status: 200},
		{name: "id-document", path: document, as: receiver, status: 200},
		{name: "id-check", path: check, as: receiver, status: 200},
		{name: "id-sent", path: path(room(t, "cn sent", receiver, journey.China, 3), "/id?sent=yes"), as: receiver, status: 200},
		{name: "staff-ids", path: "/staff/ids", as: staff, status: 200},
		{name: "staff-id-taken", path: caseOf(t, room(t, "cn taken", receiver, other, 3, taken())), as: staff, status: 200},
	}
	if !full {
		return list
	}
	for _, more := range [][]view{linkViews(t), chinaViews(t), koreaViews(t), taiwanViews(t), afterViews(t), savedViews(t), deskViews(t)} {
		list = append(list, more...)
	}
	return append(list,
		view{name: "id-person-wrong", path: person, as: receiver, status: 200, then: press("/id/person", "name_local", "张伟先生", "phone", "010-6512 3456"), after: 422},
		view{name: "id-person-foreign", path: person, as: receiver, status: 200, then: unfold("main form details summary"), after: 200},
		view{name: "id-document-wrong", path: document, as: receiver, status: 200, then: press("/id/document", "doc_number", "11010519491231002Y", "expiry_year", "2020", "expiry_month", "13"), after: 422},
		view{name: "id-check-wrong", path: check, as: receiver, status: 200, then: press("/id/submit"), after: 422},
	)
}

// unfold opens what is folded.
func unfold(summary string) func(*tab) {
	return func(b *tab) { b.do(chromedp.Click(chromedp.CSS(summary))) }
}

// linkViews are what a mail's link opens, and what those see who have no right.
func linkViews(t testing.TB) []view {
	c, link := withLink(t)
	wrong := "0000"
	if c.Fact() == wrong {
		wrong = "1111"
	}
	recall := func(then func(*tab)) func(*tab) {
		return func(b *tab) {
			b.fill("phone_last4", c.Fact())
			b.press("main form:not([action]) button[type=submit]")
			b.press(`main a[href$="/id/recall"]`)
			then(b)
		}
	}
	return []view{
		{name: "id-link", path: link, status: 200},
		{name: "id-link-wrong", path: link, status: 200, then: func(b *tab) { b.fill("phone_last4", wrong); b.press("main form:not([action]) button") }, after: 422},
		{name: "id-link-empty", path: link, status: 200, then: func(b *tab) { b.press("main form:not([action]) button") }, after: 422},
		{name: "id-link-spent", path: "/p/AAAAAAAAAAAAAAAAAAAAAAAAAA", status: 404},
		{name: "id-locked", path: path(c, "/needs"), status: 404},
		{name: "id-locked-unknown", path: "/parcels/" + unknownNumber + "/id/person", status: 404},
		{name: "id-locked-wrong", path: path(c, "/needs"), status: 404, then: func(b *tab) {
			b.drain() // the 404 is meant
			sendFact("phone_last4", wrong)(b)
		}, after: 422},
		{name: "id-recall", path: link, status: 200, then: recall(func(*tab) {}), after: 200},
		{name: "id-recall-wrong", path: link, status: 200, then: recall(press("/id/recall", "email", "nobody at home")), after: 422},
		{name: "id-recall-code", path: link, status: 200, then: recall(func(b *tab) { press("/id/recall", "email", newcomer())(b) }), after: 200},
	}
}

// chinaViews are the documents of those who are no citizens, and a form begun before.
func chinaViews(t testing.TB) []view {
	foreign := path(room(t, "cn foreigner", receiver, journey.Traveller, 1), "/id/document")
	hk := path(room(t, "cn hong kong", receiver, hongkong, 1), "/id/document")
	begun := room(t, "cn begun", receiver, journey.China, 2)
	return []view{
		{name: "id-needs", path: path(room(t, "cn", receiver, journey.China, 0), "/needs"), as: receiver, status: 200},
		{name: "id-needs-begun", path: path(begun, "/needs"), as: receiver, status: 200},
		{name: "id-person-begun", path: path(begun, "/id/person"), as: receiver, status: 200},
		{name: "id-document-begun", path: path(begun, "/id/document"), as: receiver, status: 200},
		{name: "id-document-replace", path: path(begun, "/id/document"), as: receiver, status: 200, then: unfold(".upload summary"), after: 200},
		{name: "id-passport", path: foreign + "?doc_type=passport", as: receiver, status: 200},
		{name: "id-passport-wrong", path: foreign + "?doc_type=passport", as: receiver, status: 200, then: press("/id/document"), after: 422},
		{name: "id-residence", path: foreign + "?doc_type=cn_residence", as: receiver, status: 200},
		{name: "id-permanent", path: foreign + "?doc_type=cn_pr", as: receiver, status: 200},
		{name: "id-hm-permit", path: hk + "?doc_type=cn_hm_permit", as: receiver, status: 200},
		{name: "id-hmt-residence", path: hk + "?doc_type=cn_hmt_residence", as: receiver, status: 200},
	}
}

func koreaViews(t testing.TB) []view {
	person := path(room(t, "kr", receiver, journey.Korea, 0), "/id/person")
	document := path(room(t, "kr document", receiver, journey.Korea, 1), "/id/document")
	return []view{
		{name: "id-kr-person", path: person, as: receiver, status: 200},
		{name: "id-kr-person-wrong", path: person, as: receiver, status: 200, then: press("/id/person", "name_local", "홍길동", "phone", "02-312-3456", "postcode", "123-456"), after: 422},
		{name: "id-kr-document", path: document, as: receiver, status: 200},
		{name: "id-kr-document-wrong", path: document, as: receiver, status: 200, then: press("/id/document", "doc_number", residentNumber), after: 422},
		{name: "id-kr-check", path: path(room(t, "kr check", receiver, journey.Korea, 2), "/id/check"), as: receiver, status: 200},
		{name: "id-kr-sent", path: path(room(t, "kr sent", receiver, journey.Korea, 3), "/id?sent=yes"), as: receiver, status: 200},
	}
}

func taiwanViews(t testing.TB) []view {
	person := path(room(t, "tw", receiver, journey.Taiwan, 0), "/id/person")
	document := path(room(t, "tw document", receiver, journey.Taiwan, 1), "/id/document")
	return []view{
		{name: "id-tw-person", path: person, as: receiver, status: 200},
		{name: "id-tw-person-wrong", path: person, as: receiver, status: 200, then: press("/id/person", "name_local", "林", "phone", "02-2311-3456"), after: 422},
		{name: "id-tw-document", path: document, as: receiver, status: 200},
		{name: "id-tw-document-wrong", path: document, as: receiver, status: 200, then: press("/id/document"), after: 422},
		{name: "id-tw-card", path: document + "?doc_type=tw_id", as: receiver, status: 200},
		{name: "id-tw-resident", path: document + "?doc_type=tw_arc", as: receiver, status: 200},
		{name: "id-tw-check", path: path(room(t, "tw check", receiver, journey.Taiwan, 2), "/id/check"), as: receiver, status: 200},
		{name: "id-tw-sent", path: path(room(t, "tw sent", receiver, journey.Taiwan, 3), "/id?sent=yes"), as: receiver, status: 200},
	}
}

// afterViews are what became of what was sent.
func afterViews(t testing.TB) []view {
	sent := room(t, "cn sent", receiver, journey.China, 3)
	mended := room(t, "cn refused", receiver, journey.China, 3, taken(), refusedBack())
	done := room(t, "cn accepted", receiver, journey.China, 3, taken(), accepted())
	back := room(t, "kr withdrawn", receiver, journey.Korea, 3, withdrawn)
	return []view{
		{name: "id-review", path: path(sent, "/id"), as: receiver, status: 200, then: unfold(".keeping summary"), after: 200},
		{name: "id-needs-sent", path: path(sent, "/needs"), as: receiver, status: 200},
		{name: "id-replace", path: path(sent, "/id/person?again=yes"), as: receiver, status: 200},
		{name: "id-receipt", path: path(sent, "/id/receipt"), as: receiver, status: 200},
		{name: "id-refused", path: path(mended, "/id"), as: receiver, status: 200},
		{name: "id-refused-needs", path: path(mended, "/needs"), as: receiver, status: 200},
		{name: "id-refused-part", path: path(mended, "/id/document"), as: receiver, status: 200},
		{name: "id-refused-part-wrong", path: path(mended, "/id/document"), as: receiver, status: 200, then: press("/id/document"), after: 422},
		{name: "id-accepted", path: path(done, "/id"), as: receiver, status: 200},
		{name: "id-accepted-needs", path: path(done, "/needs"), as: receiver, status: 200},
		{name: "id-accepted-track", path: "/track/" + done.Waybill, as: receiver, status: 200},
		{name: "id-withdrawn", path: path(back, "/id"), as: receiver, status: 200},
		{name: "id-withdrawn-receipt", path: path(back, "/id/receipt"), as: receiver, status: 200},
	}
}

// savedViews are the pages of who has kept a person.
func savedViews(t testing.TB) []view {
	room(t, "kept", regular, keeping, 3)
	next := path(room(t, "cn next", regular, journey.China, 0), "/id/person")
	use := func(b *tab) { b.press("form:has([name=person_id]) button") }
	return []view{
		{name: "id-person-saved", path: next, as: regular, status: 200},
		{name: "id-check-saved", path: path(room(t, "cn used", regular, journey.China, 0), "/id/person"), as: regular, status: 200, then: use, after: 200},
		{name: "people", path: "/account/people", as: regular, status: 200},
		{name: "people-one", path: "/account/people", as: regular, status: 200, then: func(b *tab) { b.press(`main a[href*="/account/people/"]`) }, after: 200},
		{name: "people-none", path: "/account/people", as: emptied, status: 200},
	}
}

// deskViews are the staff's queue, its cases and what hangs on them.
func deskViews(t testing.TB) []view {
	free := room(t, "cn sent", receiver, journey.China, 3)
	mine := caseOf(t, room(t, "cn mine", receiver, other, 3, taken()))
	open := func(b *tab) {
		b.do(chromedp.SetValue(chromedp.CSS("#reason"), "review"))
		b.press(`form[action$="/view"] button[type=submit]`)
	}
	refuse := "form:has(#reason_code) button:not([formaction])"
	return []view{
		{name: "staff-ids-korea", path: "/staff/ids?country=KR", as: staff, status: 200},
		{name: "staff-ids-report", path: "/staff/ids/report", as: staff, status: 200},
		{name: "staff-ids-returns", path: "/staff/ids/returns", as: staff, status: 200},
		{name: "staff-id", path: caseOf(t, free), as: staff, status: 200},
		{name: "staff-id-kr", path: caseOf(t, room(t, "kr sent", receiver, journey.Korea, 3)), as: staff, status: 200},
		{name: "staff-id-tw", path: caseOf(t, room(t, "tw sent", receiver, journey.Taiwan, 3)), as: staff, status: 200},
		{name: "staff-id-open", path: caseOf(t, room(t, "cn open", receiver, other, 3, taken(), atDesk("/view", map[string][]string{"reason": {"review"}}))), as: staff, status: 200},
		{name: "staff-id-view-wrong", path: mine, as: staff, status: 200, then: press("/view"), after: 422},
		{name: "staff-id-opened", path: caseOf(t, room(t, "kr open", receiver, journey.Korea, 3, taken())), as: staff, status: 200, then: func(b *tab) {
			if ask[bool](b, `!!document.querySelector("#reason")`) { // not opened in another language before
				open(b)
			}
		}, after: 200},
		{name: "staff-id-wrong", path: mine, as: staff, status: 200, then: func(b *tab) { b.press(refuse) }, after: 422},
		{name: "staff-id-note-wrong", path: mine, as: staff, status: 200, then: func(b *tab) { b.press("button[formaction]") }, after: 422},
		{name: "staff-id-erase-wrong", path: mine, as: staff, status: 200, then: press("/erase"), after: 422},
		{name: "staff-id-refused", path: caseOf(t, room(t, "cn refused", receiver, journey.China, 3)), as: staff, status: 200},
		{name: "staff-id-accepted", path: caseOf(t, room(t, "cn accepted", receiver, journey.China, 3)), as: staff, status: 200},
		{name: "staff-id-withdrawn", path: caseOf(t, room(t, "kr withdrawn", receiver, journey.Korea, 3)), as: staff, status: 200},
		{name: "staff-parcel-id", path: "/staff/parcels/" + free.Waybill, as: staff, status: 200},
		{name: "staff-parcel-link", path: "/staff/parcels/" + room(t, "cn", receiver, journey.China, 0).Waybill, as: staff, status: 200, then: press("/link"), after: 200},
	}
}
