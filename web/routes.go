package web

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"
)

// Group says who may use a route.
type Group string

// The groups in use so far.
const (
	Public Group = "public" // anybody
	Grant  Group = "grant"  // anybody; a second fact opens more
	Member Group = "member" // who is signed in, for what is their own
	Staff  Group = "staff"  // the carrier's people, signed in
	Ops    Group = "ops"    // holders of an operator's token, and the machines around us
	Dev    Group = "dev"    // the embedded default alone
)

// Class says how a route is limited and cached.
type Class string

// The classes in use so far.
const (
	Lookup  Class = "lookup" // counts unknown numbers
	Unlock  Class = "unlock" // counts wrong second facts, passwords and codes, and letters asked for
	Form    Class = "form"   // a small body
	Upload  Class = "upload" // a form with pictures, read by its handler
	Page    Class = "page"
	Static  Class = "static"
	Machine Class = "ops" // no page, no language
)

// Route is one line of the site map.
type Route struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Group  Group  `json:"group"`
	Class  Class  `json:"class"`

	handler echo.HandlerFunc
}

// Routes is the site map: every address, who may use it, and how it is limited.
// Pages also answer below a language prefix, and GET stands for HEAD as well.
func (p *Portal) Routes() []Route {
	return slices.Concat(p.openRoutes(), p.doorRoutes(), p.memberRoutes(), p.identityRoutes(), p.recallRoutes(), p.staffRoutes(), p.machineRoutes())
}

// The methods of the site map.
const get, post = http.MethodGet, http.MethodPost

// openRoutes are the pages for everybody.
func (p *Portal) openRoutes() []Route {
	return []Route{
		{get, "/", Public, Page, p.showHome},
		{get, "/track", Public, Lookup, p.listParcels},
		{post, "/track", Public, Form, p.findParcels},
		{get, "/track/{n}", Grant, Lookup, p.showParcel},
		{get, "/track/{n}.txt", Grant, Lookup, p.showParcel},
		{get, "/track/{n}.json", Grant, Lookup, p.showParcel},
		{get, "/track/{n...}", Grant, Lookup, p.showParcel}, // numbers with a bare slash in them
		{get, "/track/{n}/unlock", Grant, Page, p.leaveUnlock},
		{post, "/track/{n}/unlock", Grant, Unlock, p.unlockParcel},
		{post, "/clock", Public, Form, p.chooseClock},

		{get, "/contact", Public, Page, p.showContact},
		{get, "/help/who", Public, Page, p.showWho},
		{get, "/help/packing", Public, Page, p.showPacking},
		{get, "/legal/{doc}", Public, Page, p.showLegal},
		{get, "/legal/{doc}/{version}", Public, Page, p.showLegal},
		{get, "/privacy", Public, Page, p.leadToPrivacy},
		{get, "/accessibility", Public, Page, p.showAccessibility},

		{get, "/faq", Public, Page, p.showFAQ},
		{get, "/faq/{q}", Grant, Lookup, p.showAnswer}, // with ?parcel= it looks one up
		{post, "/faq/{q}/feedback", Public, Form, p.voteOnAnswer},
	}
}

// doorRoutes are the ways to register, to sign in and out.
func (p *Portal) doorRoutes() []Route {
	return []Route{
		{get, "/login", Public, Page, p.showLogin},
		{post, "/login", Public, Unlock, p.signIn},
		{get, "/login/link", Public, Page, p.showLoginLink},
		{post, "/login/link", Public, Unlock, p.askLoginLink},
		{get, "/login/link/{t}", Public, Page, p.showLoginEnter},
		{post, "/login/link/{t}", Public, Unlock, p.openLoginEnter},
		{get, "/login/code", Public, Page, p.showLoginCode},
		{post, "/login/code", Public, Unlock, p.openLoginCode},
		{get, "/register", Public, Page, p.showRegister},
		{post, "/register", Public, Unlock, p.askRegister},
		{get, "/register/sent", Public, Page, p.showRegisterSent},
		{get, "/register/confirm/{t}", Public, Page, p.showRegisterConfirm},
		{post, "/register/confirm/{t}", Public, Unlock, p.confirmRegister},
		{get, "/password/forgot", Public, Page, p.showForgot},
		{post, "/password/forgot", Public, Unlock, p.askReset},
		{get, "/password/sent", Public, Page, p.showResetSent},
		{get, "/password/reset/{t}", Public, Page, p.showReset},
		{post, "/password/reset/{t}", Public, Unlock, p.resetPassword},
		{post, "/logout", Public, Form, p.signOut},
		{get, "/.well-known/change-password", Public, Page, p.leadToPassword},
	}
}

// memberRoutes are the pages for who is signed in.
func (p *Portal) memberRoutes() []Route {
	return []Route{
		{get, "/account", Member, Page, p.showDashboard},
		{get, "/account/parcels", Member, Page, p.listKept},
		{get, "/account/parcels.csv", Member, Page, p.exportKept},
		{get, "/account/parcels/add", Member, Page, p.askForParcel},
		{post, "/account/parcels/add", Member, Unlock, p.addParcel},
		{get, "/account/parcels/{n}", Member, Page, p.showKept},
		{post, "/account/parcels/{n}", Member, Form, p.changeKept},

		{get, "/account/people", Member, Page, p.listPeople},
		{get, "/account/people/{id}", Member, Page, p.showPersonKept},
		{post, "/account/people/{id}/extend", Member, Form, p.extendPerson},
		{post, "/account/people/{id}/delete", Member, Form, p.erasePerson},

		{get, "/account/security", Member, Page, p.showSecurity},
		{post, "/account/security", Member, Form, p.saveProfile},
		{post, "/account/security/password", Member, Unlock, p.changePassword},
		{get, "/account/security/email", Member, Page, p.showEmailChange},
		{post, "/account/security/email", Member, Unlock, p.askEmailChange},
		{post, "/account/security/sessions/end", Member, Form, p.endOtherSessions},
		{post, "/account/security/sessions/{id}/end", Member, Form, p.endSession},
		{get, "/account/email/{t}", Member, Page, p.showEmailConfirm},
		{post, "/account/email/{t}", Member, Unlock, p.confirmEmail},
	}
}

// staffRoutes are the pages for the carrier's people.
func (p *Portal) staffRoutes() []Route {
	return []Route{
		{get, "/staff", Staff, Page, p.desk().ShowOverview},
		{get, "/staff/parcels", Staff, Page, p.desk().ShowSearch},
		{post, "/staff/parcels", Staff, Form, p.desk().FindParcels},
		{get, "/staff/parcels/{n...}", Staff, Page, p.desk().ShowParcel},
		{post, "/staff/parcels/{n}/link", Staff, Form, p.desk().MakeLink},
		{post, "/staff/parcels/{n}/link/end", Staff, Form, p.desk().EndLinks},
		{get, "/staff/ids", Staff, Page, p.desk().ListIDs},
		{get, "/staff/ids/report", Staff, Page, p.desk().ShowReport},
		{get, "/staff/ids/returns", Staff, Page, p.desk().ListReturns},
		{get, "/staff/ids/{id}", Staff, Page, p.desk().ShowID},
		{post, "/staff/ids/{id}/take", Staff, Form, p.desk().TakeID},
		{post, "/staff/ids/{id}/view", Staff, Form, p.desk().OpenID},
		{get, "/staff/ids/{id}/pictures/{slot}", Staff, Page, p.desk().ShowIDPicture},
		{post, "/staff/ids/{id}/notes", Staff, Form, p.desk().NoteID},
		{post, "/staff/ids/{id}/decision", Staff, Form, p.desk().DecideID},
		{post, "/staff/ids/{id}/erase", Staff, Form, p.desk().EraseID},
		{post, "/staff/ids/{id}/release", Staff, Form, p.desk().ReleaseID},
		{get, "/staff/codes", Staff, Page, p.desk().ListCodes},
		{get, "/staff/imports", Staff, Page, p.desk().ListImports},
		{get, "/staff/imports/{id}", Staff, Page, p.desk().ShowImport},
	}
}

// machineRoutes are the ways for files, machines and developers.
func (p *Portal) machineRoutes() []Route {
	return []Route{
		{post, "/ops/shipments", Ops, Machine, p.importShipments},
		{post, "/ops/checkpoints", Ops, Machine, p.importCheckpoints},
		{get, "/healthz", Ops, Machine, p.showHealth},
		{get, "/readyz", Ops, Machine, p.showReadiness},

		{get, "/static/{file...}", Public, Static, p.serveStatic},
		{get, "/favicon.ico", Public, Static, p.serveStatic},
		{get, "/manifest.webmanifest", Public, Static, p.serveStatic},
		{get, "/robots.txt", Public, Static, p.showRobots},

		{get, "/dev/gallery", Dev, Page, p.showGallery},
		{get, "/dev/gallery/{component}", Dev, Page, p.showGalleryComponent},
		{get, "/dev/outbox", Dev, Page, p.listMails},
		{get, "/dev/outbox/{ref}", Dev, Page, p.showMail},
		{get, "/dev/outbox/{ref}.html", Dev, Page, p.showMail},
	}
}
