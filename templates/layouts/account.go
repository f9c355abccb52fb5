package layouts

import "ecms/portal/internal/locale"

// abouts are the pages about the portal itself that each page leads to at its foot.
var abouts = [...]struct{ key, path string }{
	{"contact", "/contact"},
	{"terms", "/legal/terms"},
	{"privacy", "/legal/privacy"},
	{"cookies", "/legal/cookies"},
	{"accessibility", "/accessibility"},
}

// The places of an account, by the names that Account takes.
const (
	Dashboard = "dashboard"
	Parcels   = "parcels"
	People    = "people"
	Security  = "security"
)

// place is one entry of a section's navigation.
type place struct{ name, path, words string }

func accountPlaces(l *locale.Locale) []place {
	return []place{
		{Dashboard, "/account", l.T("account.nav.dashboard")},
		{Parcels, "/account/parcels", l.T("account.nav.parcels")},
		{People, "/account/people", l.T("account.nav.people")},
		{Security, "/account/security", l.T("account.nav.security")},
	}
}

// current tells assistive technology where the visitor is: on the place's own
// page, or somewhere below it.
func (p place) current(s Shell) string {
	if s.Path == p.path {
		return "page"
	}
	return "true"
}
