package locale

import (
	"strconv"
	"strings"
	"time"
)

// datePatterns says how a language writes dates. In a pattern y, m and d stand
// for the numbers, M for the month's name; other letters must not be used.
type datePatterns struct {
	full     string     // year, month and day
	monthDay string     // month and day
	day      string     // the day of a month already named
	between  string     // between two ends with the same year, both in full words
	ends     rangeOrder // where the year of a shortened range stands
	months   [12]string // names for M
	timeGap  string     // between date and time
}

// rangeOrder tells which end of a shortened range carries the common part.
type rangeOrder int

const (
	commonLast  rangeOrder = iota // 3–6 March 2026
	commonFirst                   // 2026年3月3日至6日
)

var englishMonths = [12]string{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}

func patternsOf(lang Language) datePatterns {
	switch lang {
	case SimplifiedChinese, TraditionalChinese:
		return datePatterns{
			full: "y年m月d日", monthDay: "m月d日", day: "d日",
			between: "至", ends: commonFirst, timeGap: " ",
		}
	case Korean:
		return datePatterns{
			full: "y년 m월 d일", monthDay: "m월 d일", day: "d일",
			between: "~", ends: commonFirst, timeGap: " ",
		}
	default:
		return datePatterns{
			full: "d M y", monthDay: "d M", day: "d",
			between: "–", ends: commonLast, months: englishMonths, timeGap: ", ",
		}
	}
}

func (p *datePatterns) append(dst []byte, pattern string, y int, m time.Month, d int) []byte {
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case 'y':
			dst = strconv.AppendInt(dst, int64(y), 10)
		case 'm':
			dst = strconv.AppendInt(dst, int64(m), 10)
		case 'M':
			dst = append(dst, p.months[m-1]...)
		case 'd':
			dst = strconv.AppendInt(dst, int64(d), 10)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// Date is a calendar day in words: "3 March 2026", "2026年3月3日".
func (l *Locale) Date(y int, m time.Month, d int) string {
	return string(l.AppendDate(make([]byte, 0, 24), y, m, d))
}

// AppendDate is Date for pages written into a buffer.
func (l *Locale) AppendDate(dst []byte, y int, m time.Month, d int) []byte {
	if m < time.January || m > time.December {
		return dst
	}
	return l.dates.append(dst, l.dates.full, y, m, d)
}

// Day is a stored day ("2006-01-02") in words; anything else comes back as it is.
func (l *Locale) Day(day string) string {
	y, m, d, ok := splitDay(day)
	if !ok {
		return day
	}
	return l.Date(y, m, d)
}

// Range is a span of stored days in words, shortened where both ends share month
// or year: "3–6 March 2026", "2026年3月3日至6日". One end missing gives the other.
func (l *Locale) Range(from, to string) string {
	if from == to || to == "" {
		return l.Day(from)
	}
	y1, m1, d1, ok1 := splitDay(from)
	y2, m2, d2, ok2 := splitDay(to)
	if !ok1 || !ok2 {
		return strings.TrimSpace(l.Day(from) + " " + l.Day(to))
	}
	p := &l.dates
	short, wide := p.monthDay, true
	if y1 == y2 && m1 == m2 {
		short, wide = p.day, false
	}
	first, last := p.full, p.full
	if y1 == y2 && p.ends == commonLast {
		first = short
	} else if y1 == y2 {
		last = short
	}
	dst := p.append(make([]byte, 0, 48), first, y1, m1, d1)
	dst = p.appendBetween(dst, wide)
	return string(p.append(dst, last, y2, m2, d2))
}

// appendBetween writes the mark of a range; English puts spaces around it where
// an end has several words.
func (p *datePatterns) appendBetween(dst []byte, wide bool) []byte {
	if wide && p.ends == commonLast {
		return append(append(append(dst, ' '), p.between...), ' ')
	}
	return append(dst, p.between...)
}

// splitDay reads "2006-01-02" without allocating.
func splitDay(s string) (y int, m time.Month, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, digits := range [3]string{s[:4], s[5:7], s[8:]} {
		for j := range len(digits) {
			c := digits[j]
			if c < '0' || c > '9' {
				return 0, 0, 0, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	if n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 {
		return 0, 0, 0, false
	}
	return n[0], time.Month(n[1]), n[2], true
}
