package feed

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"ecms/portal/internal/shipment"
)

// waybill reads a number in any of the ways that people write it.
func (r *row) waybill(col int) shipment.Waybill {
	v := r.values[col]
	if v == "" {
		return ""
	}
	w, err := shipment.Parse(v)
	switch {
	case errors.Is(err, shipment.ErrCheckCharacter):
		r.fail(col, checkCharacter)
	case err != nil:
		r.fail(col, badWaybill)
	}
	return w
}

// instant reads RFC 3339 with an offset; zero when there is none.
func (r *row) instant(col int, now time.Time) (at time.Time, offsetMinutes int) {
	v := r.values[col]
	if v == "" {
		return time.Time{}, 0
	}
	t, err := time.Parse(time.RFC3339Nano, v)
	if err != nil {
		if _, naked := time.Parse("2006-01-02T15:04:05.999999999", v); naked == nil {
			r.fail(col, noOffset)
		} else {
			r.fail(col, badInstant)
		}
		return time.Time{}, 0
	}
	_, seconds := t.Zone()
	at = t.UTC().Truncate(time.Microsecond)
	switch {
	case at.After(now.Add(24 * time.Hour)):
		r.fail(col, futureInstant)
	case at.Year() < 2000 || seconds < -14*3600 || seconds > 14*3600:
		r.fail(col, badInstant)
	}
	return at, seconds / 60
}

// whole reads a whole number; the fallback stands for an empty value.
func (r *row) whole(col int, fallback, least, most int, reason string) int {
	v := r.values[col]
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		r.fail(col, reason)
	}
	return n
}

func (r *row) truth(col int) bool {
	switch v := r.values[col]; {
	case v == "" || v == "false" || v == "0":
		return false
	case v == "true" || v == "1":
		return true
	case strings.EqualFold(v, "true"):
		return true
	case strings.EqualFold(v, "false"):
		return false
	}
	r.fail(col, badBoolean)
	return false
}

func (r *row) country(col int) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	v = strings.ToUpper(v)
	if !isCountry(v) {
		r.fail(col, badCountry)
	}
	return v
}

// zone takes a name of the IANA list. They all begin with a capital; other files
// beside them (localtime, posix/..., right/...) hold a clock of this machine alone.
func (r *row) zone(col int, known map[string]bool) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	ok, asked := known[v]
	if !asked {
		_, err := time.LoadLocation(v)
		ok = err == nil && v != "Local" && v[0] >= 'A' && v[0] <= 'Z'
		known[v] = ok
	}
	if !ok {
		r.fail(col, badZone)
	}
	return v
}

func (r *row) date(col int) shipment.Date {
	v := r.values[col]
	if v == "" {
		return ""
	}
	t, err := time.Parse(time.DateOnly, v)
	if err != nil || t.Year() < 2000 || t.Year() > 2199 {
		r.fail(col, badDate)
	}
	return shipment.Date(v)
}

// decimal reads a number as it was typed, without leading zeros or a sign.
func (r *row) decimal(col int, reason string) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	if rest, minus := strings.CutPrefix(v, "-"); minus && isDecimal(rest) {
		r.fail(col, negative)
		return v
	}
	if !isDecimal(v) {
		r.fail(col, reason)
		return v
	}
	v = strings.TrimLeft(v, "0")
	if v == "" || v[0] == '.' {
		v = "0" + v
	}
	return v
}

// isDecimal tells up to six digits with up to four after a point.
func isDecimal(v string) bool {
	whole, part, point := strings.Cut(v, ".")
	return len(whole) >= 1 && len(whole) <= 6 && allDigits(whole) && (!point || len(part) >= 1 && len(part) <= 4 && allDigits(part))
}

func allDigits(v string) bool {
	return strings.IndexFunc(v, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// oneOf reads one of a few words in any case, as they are written here.
func (r *row) oneOf(col int, reason string, words ...string) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	for _, w := range words {
		if strings.EqualFold(v, w) {
			return w
		}
	}
	r.fail(col, reason)
	return v
}
