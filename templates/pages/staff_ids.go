package pages

import (
	"net/url"
	"strconv"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// IdentityCase is one identity in the queue of the staff.
type IdentityCase struct {
	ID        string
	Reference string // that the person knows it by
	Waybill   shipment.Waybill
	Country   string
	Doc       customs.DocType
	State     customs.State
	// SubmittedAt is when it came; Due the last day at the destination, Days how many are left.
	SubmittedAt time.Time
	Due         shipment.Date
	Days        int
	// TakenBy names who works on it, empty for nobody; Mine that it is the reader.
	TakenBy string
	Mine    bool
	// Again counts earlier refusals of the same parcel; Warnings what the checks found odd.
	Again, Warnings int
	// Refusal is why it was refused; ErasedAt and ErasedWhy tell when and why nothing is left.
	Refusal   customs.Reason
	ErasedAt  time.Time
	ErasedWhy string
}

// StaffIDsPage is the queue, oldest due first.
type StaffIDsPage struct {
	Cases []IdentityCase
	// Waiting counts all, which may be more than are shown.
	Waiting int
	// Country is the filter, empty for all.
	Country string
	// Before is how many stand on earlier pages, Next how many up to this one's end;
	// 0 when nothing follows.
	Before, Next int
}

func staffIDPath(id, rest string) string { return "/staff/ids/" + url.PathEscape(id) + rest }

// taken says who works on a case.
func taken(l *locale.Locale, c IdentityCase) string {
	switch {
	case c.State != customs.Review:
		return ""
	case c.Mine:
		return l.T("staff.ids.mine")
	case c.TakenBy != "":
		return l.T("staff.ids.taken", "who", c.TakenBy)
	}
	return l.T("staff.ids.free")
}

type queueFilter struct {
	words, path string
	here        bool
}

// countries are the filters of the queue: all, then each country with a rule.
func (p StaffIDsPage) countries(l *locale.Locale) []queueFilter {
	list := []queueFilter{{l.T("staff.ids.all"), "/staff/ids", p.Country == ""}}
	for _, r := range customs.Rules() {
		list = append(list, queueFilter{l.Country(r.Country), "/staff/ids?country=" + r.Country, p.Country == r.Country})
	}
	return list
}

// after is the page of the queue that follows so many cases.
func (p StaffIDsPage) after(skip int) string {
	q := url.Values{}
	if p.Country != "" {
		q.Set("country", p.Country)
	}
	if skip > 0 {
		q.Set("after", strconv.Itoa(skip))
	}
	if len(q) == 0 {
		return "/staff/ids"
	}
	return "/staff/ids?" + q.Encode()
}
