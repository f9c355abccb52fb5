package faq

import (
	"strconv"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

// Facts are what the rules say now, for the answers that speak of them. Whoever
// shows an answer fills them from the rules' own data.
type Facts struct {
	// MaxWeightLb, MaxWeightKg, MaxSideIn and MaxSideCm are the limits of a parcel, decimals.
	MaxWeightLb, MaxWeightKg, MaxSideIn, MaxSideCm string
	// ClaimDays, DutyDays and SilentDays are spans in days.
	ClaimDays, DutyDays, SilentDays int
	// IDDays is how many days a parcel waits for the consignee's ID at least, IDKeptDays
	// how many after its release the ID is kept at most, and IDUnusedDays after how many
	// without a parcel one is erased that was kept for the next.
	IDDays, IDKeptDays, IDUnusedDays int
	// UnlockHours is how long an unlocked parcel stays open.
	UnlockHours int
	// NumbersMax is how many numbers are looked up at a time.
	NumbersMax int
	// Destinations and IDCountries are countries as ISO 3166-1 alpha-2.
	Destinations, IDCountries []string
}

// Names lists the placeholders that an answer may use.
func Names() []string {
	return []string{
		"max_weight_lb", "max_weight_kg", "max_side_in", "max_side_cm", "claim_days", "duty_days", "silent_days",
		"id_days", "id_kept_days", "id_unused_days", "unlock_hours", "numbers_max", "destinations_n", "destinations", "id_countries",
	}
}

// Value is what a placeholder stands for in a language; false for an unknown one.
func (f Facts) Value(l *locale.Locale, name string) (string, bool) {
	switch name {
	case "max_weight_lb":
		return f.MaxWeightLb, true
	case "max_weight_kg":
		return f.MaxWeightKg, true
	case "max_side_in":
		return f.MaxSideIn, true
	case "max_side_cm":
		return f.MaxSideCm, true
	case "claim_days":
		return strconv.Itoa(f.ClaimDays), true
	case "duty_days":
		return strconv.Itoa(f.DutyDays), true
	case "silent_days":
		return strconv.Itoa(f.SilentDays), true
	case "id_days":
		return strconv.Itoa(f.IDDays), true
	case "id_kept_days":
		return strconv.Itoa(f.IDKeptDays), true
	case "id_unused_days":
		return strconv.Itoa(f.IDUnusedDays), true
	case "unlock_hours":
		return strconv.Itoa(f.UnlockHours), true
	case "numbers_max":
		return strconv.Itoa(f.NumbersMax), true
	case "destinations_n":
		return strconv.Itoa(len(f.Destinations)), true
	case "destinations":
		return countries(l, f.Destinations), true
	case "id_countries":
		return countries(l, f.IDCountries), true
	}
	return "", false
}

// Filled is the answer with the facts in it. Countries are named in the language
// of the text, which is not always that of the page around it.
func (q Question) Filled(f Facts) []prose.Block {
	l := locale.For(q.Language)
	return prose.Fill(q.Answer, func(name string) (string, bool) { return f.Value(l, name) })
}

// countries names countries in a row, as they stand inside a sentence.
func countries(l *locale.Locale, codes []string) string {
	row := ""
	for i, code := range codes {
		next := l.InCountry(code)
		switch {
		case i == 0:
			row = next
		case i < len(codes)-1:
			row = l.T("faq.row.more", "row", row, "next", next)
		default:
			row = l.T("faq.row.last", "row", row, "next", next)
		}
	}
	return row
}
