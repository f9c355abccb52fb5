package pages

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// IdentityParcel is what the pages of an identity say of its parcel. They are
// open to whoever holds the link: nothing here may be more than masked.
type IdentityParcel struct {
	Waybill shipment.Waybill
	// Country is the destination, ISO 3166-1 alpha-2.
	Country string
	// Consignee is the name on the parcel, masked; empty to leave it out.
	Consignee string
	// Due is the last day, empty when none is set, Days how many are left until
	// then, and After how many days the rule gives.
	Due         shipment.Date
	Days, After int
}

// path is where something about the parcel's identity stands: "/id/check".
func (p IdentityParcel) path(rest string) string {
	return "/parcels/" + url.PathEscape(string(p.Waybill)) + rest
}

func (p IdentityParcel) deadline(l *locale.Locale) components.Deadline {
	return components.Deadline{Day: string(p.Due), Days: p.Days, Rule: l.N("id.due.rule", p.After)}
}

// released is how many days after the release by customs the data are kept.
func (p IdentityParcel) released() string {
	for _, r := range customs.Rules() {
		if r.Country == p.Country {
			return strconv.Itoa(r.Retention.Released)
		}
	}
	return "–"
}

// lower is the country as message keys end in it.
func (p IdentityParcel) lower() string { return strings.ToLower(p.Country) }

// identityHead is what each page of the form begins with.
type identityHead struct {
	Title, Lead string
	// Step of Steps; 0 for pages that are no step.
	Step   int
	Parcel IdentityParcel
	Errors []components.ErrorLine
	Halt   halt
}

// identitySteps are person, document and check.
const identitySteps = 3

func (h identityHead) failed() bool { return len(h.Errors) > 0 || h.Halt.Text != "" }

// busyHalt says that too much is going on at once.
func busyHalt(l *locale.Locale, busy bool) halt {
	if !busy {
		return halt{}
	}
	return halt{Text: l.T("id.busy")}
}

// flawText is a problem in words: those of its country or document where there
// are such, else those that fit all.
func flawText(l *locale.Locale, p fault.Problem, narrower string) string {
	if narrower != "" {
		if key := p.Key + "." + narrower; l.Has(key) {
			return l.T(key, p.Args...)
		}
	}
	return l.T(p.Key, p.Args...)
}

// flawOf is the text of the first problem among some fields.
func flawOf(l *locale.Locale, problems fault.Invalid, narrower string, fields ...string) string {
	for _, p := range problems {
		if slices.Contains(fields, p.Field) {
			return flawText(l, p, narrower)
		}
	}
	return ""
}

// stepHead makes the head of a step, its error summary in the form's order.
func stepHead(parcel IdentityParcel, step int, problems fault.Invalid, words func(fault.Problem) string) identityHead {
	h := identityHead{Step: step, Parcel: parcel, Errors: make([]components.ErrorLine, len(problems))}
	for i, p := range problems {
		h.Errors[i] = components.ErrorLine{Field: p.Field, Text: words(p)}
	}
	return h
}

// docName is a document's official name in the page's language.
func docName(l *locale.Locale, doc customs.DocType) string { return l.T("id.doc." + string(doc)) }

// stepWords count the step for eyes and ears: "Step 1 of 3".
func stepWords(l *locale.Locale, n int) string {
	return l.T("id.step", "n", strconv.Itoa(n), "of", strconv.Itoa(identitySteps))
}

// identityURL is an address of the parcel's identity in the page's language.
func identityURL(s layouts.Shell, p IdentityParcel, rest string) string { return s.URL(p.path(rest)) }
