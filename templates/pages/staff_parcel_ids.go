package pages

import (
	"net/url"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// StaffParcelPage is all that is known of a parcel.
type StaffParcelPage struct {
	shipment.Dossier
	Identity ParcelIdentity
}

// ParcelIdentity is what the staff see of a parcel's identity beside the parcel.
type ParcelIdentity struct {
	// Asked says that customs at the destination asks for one at all.
	Asked bool
	// Cases are what was handed in, newest first; Draft says that a form is begun.
	Cases []IdentityCase
	Draft bool
	// Request is what customs waits for, zero when nothing was asked for; Told are the
	// mails about it, newest first.
	Request customs.Request
	Told    []customs.Told
	// Links are the open ones; Made is a new one in full, shown this once, and
	// Until when it ends.
	Links []customs.ParcelLink
	Made  string
	Until time.Time
}

// parcelLinkPath is where links to a parcel's form are made.
func parcelLinkPath(w shipment.Waybill, rest string) string {
	return "/staff/parcels/" + url.PathEscape(string(w)) + "/link" + rest
}

// linkLine tells of an open link what its key does not.
func linkLine(l *locale.Locale, k customs.ParcelLink) string {
	if k.OpenedAt.IsZero() {
		return l.T("staff.link.unused", "until", clockUTC(l, k.ExpiresAt))
	}
	return l.T("staff.link.used", "when", clockUTC(l, k.OpenedAt), "until", clockUTC(l, k.ExpiresAt))
}
