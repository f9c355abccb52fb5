package customs

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/shipment"
)

// What a date of expiry is held to.
const (
	soon       = 30 // days, within which a warning is due
	longestAge = 50 // years that no document is valid for
)

// expiry reads the three boxes of a date. A citizen's card of China may have no
// end: ticked, or written into a box as it stands on the card.
func (c paperCheck) expiry(e DocumentEntry) (last shipment.Date, longTerm bool) {
	ask := c.rule.Expiry
	if ask == Never || c.refused[FieldExpiryDay] || c.refused[FieldExpiryMonth] || c.refused[FieldExpiryYear] {
		return "", false
	}
	boxes := []string{box(e.ExpiryYear), box(e.ExpiryMonth), box(e.ExpiryDay)}
	if c.rule.Doc == CNID && (e.LongTerm || noEnd(boxes)) {
		return "", true
	}
	if boxes[0]+boxes[1]+boxes[2] == "" {
		if ask == Must {
			c.p.refuse(FieldExpiryDay, FlawEmpty)
		}
		return "", false
	}
	last, flaw := readDay(boxes)
	if flaw == "" {
		flaw = c.term(last)
	}
	if flaw != "" {
		c.p.refuse(FieldExpiryDay, flaw)
		return "", false
	}
	return last, false
}

func box(typed string) string { return strings.TrimSpace(norm.NFKC.String(typed)) }

func noEnd(boxes []string) bool {
	for _, b := range boxes {
		if b == "长期" || b == "長期" {
			return true
		}
	}
	return false
}

// readDay makes a date of year, month and day; one that does not exist is none.
func readDay(boxes []string) (shipment.Date, Flaw) {
	for i, b := range boxes {
		switch {
		case b == "":
			return "", FlawEmpty
		case !digits(b) || len(b) > 4 || i == 0 && len(b) != 4 || i > 0 && len(b) > 2:
			return "", FlawDate
		}
	}
	text := fmt.Sprintf("%s-%02s-%02s", boxes[0], boxes[1], boxes[2])
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return "", FlawDate
	}
	return shipment.Date(text), ""
}

// term tells whether a document is still good, and warns when it is not for long.
// On the day that it names, it is.
func (c paperCheck) term(last shipment.Date) Flaw {
	now, ok := c.today.Time()
	switch {
	case last < c.today:
		return FlawPast
	case ok && string(last) > now.AddDate(longestAge, 0, 0).Format(time.DateOnly):
		return FlawFar
	case last < c.today.AddDays(soon):
		c.p.warn(FieldExpiryDay, FlawSoon)
	}
	return ""
}
