package pages

import (
	"net/url"
	"strconv"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
)

// StaffReportPage is a month's access to identity data, for somebody to review.
type StaffReportPage struct {
	// Month is its first day.
	Month time.Time
	// First says that looks of months before are gone, Last that the month is not over yet.
	First, Last bool
	Lines       []customs.Access
	// Looks are the single looks of this page: Before stand before them, Next counts
	// those up to its end; 0 when nothing follows. All counts them.
	Looks             []IdentityLook
	Before, Next, All int
}

const reportPath = "/staff/ids/report"

// at is the report's address some months away, from the look after so many.
func (p StaffReportPage) at(months, skip int) string {
	q := url.Values{"month": {p.Month.AddDate(0, months, 0).Format("2006-01")}}
	if skip > 0 {
		q.Set("after", strconv.Itoa(skip))
	}
	return reportPath + "?" + q.Encode()
}

// span words the month by its first and last day.
func (p StaffReportPage) span(l *locale.Locale) string {
	return l.Range(p.Month.Format(time.DateOnly), p.Month.AddDate(0, 1, -1).Format(time.DateOnly))
}

// lineWords is what somebody did and why.
func lineWords(l *locale.Locale, a customs.Access) string {
	return lookWords(l, IdentityLook{Role: a.Role, What: a.What, Reason: a.Reason})
}

// roleWords names the part somebody played: to its owner, a look of their own is
// theirs; to the staff it is the consignee's.
func roleWords(l *locale.Locale, role customs.Role, staff bool) string {
	if staff && role == customs.Owner {
		return l.T("staff.ids.role.owner")
	}
	return l.T("id.role." + string(role))
}
