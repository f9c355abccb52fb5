package layouts

import "ecms/portal/internal/locale"

// The places of the back office, by the names that Staff takes.
const (
	Desk         = "desk"
	AllParcels   = "all parcels"
	UnknownCodes = "unknown codes"
	Imports      = "imports"
	Identities   = "identities"
)

func staffPlaces(l *locale.Locale) []place {
	return []place{
		{Desk, "/staff", l.T("staff.nav.overview")},
		{AllParcels, "/staff/parcels", l.T("staff.nav.parcels")},
		{Identities, "/staff/ids", l.T("staff.nav.ids")},
		{UnknownCodes, "/staff/codes", l.T("staff.nav.codes")},
		{Imports, "/staff/imports", l.T("staff.nav.imports")},
	}
}
