package locale

import (
	"strconv"
	"time"
)

// Time is the clock time of t in the zone that t carries: "14:05".
func (l *Locale) Time(t time.Time) string {
	return string(l.AppendTime(make([]byte, 0, 5), t))
}

// AppendTime is Time for pages written into a buffer.
func (l *Locale) AppendTime(dst []byte, t time.Time) []byte {
	h, m, _ := t.Clock()
	return appendTwo(append(appendTwo(dst, h), ':'), m)
}

// DateTime is day and clock time of t in the zone that t carries:
// "3 March 2026, 14:05".
func (l *Locale) DateTime(t time.Time) string {
	return string(l.AppendDateTime(make([]byte, 0, 32), t))
}

// AppendDateTime is DateTime for pages written into a buffer.
func (l *Locale) AppendDateTime(dst []byte, t time.Time) []byte {
	y, m, d := t.Date()
	dst = l.AppendDate(dst, y, m, d)
	dst = append(dst, l.dates.timeGap...)
	return l.AppendTime(dst, t)
}

// Offset is the distance from UTC in words: "UTC+8", "UTC+5:30", "UTC−7", "UTC".
func (l *Locale) Offset(minutes int) string {
	return string(l.AppendOffset(make([]byte, 0, 12), minutes))
}

// AppendOffset is Offset for pages written into a buffer.
func (l *Locale) AppendOffset(dst []byte, minutes int) []byte {
	dst = append(dst, "UTC"...)
	switch {
	case minutes == 0:
		return dst
	case minutes < 0:
		dst = append(dst, "−"...)
		minutes = -minutes
	default:
		dst = append(dst, '+')
	}
	dst = strconv.AppendInt(dst, int64(minutes/60), 10)
	if rest := minutes % 60; rest != 0 {
		dst = appendTwo(append(dst, ':'), rest)
	}
	return dst
}

// appendTwo writes a number below 100 with two digits.
func appendTwo(dst []byte, n int) []byte {
	const digits = "0123456789"
	return append(dst, digits[n/10], digits[n%10])
}

// Wait is how long somebody has to wait, rounded up to whole minutes, or to
// whole hours from two hours on.
func (l *Locale) Wait(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	if minutes < 120 {
		return l.N("format.minutes", max(minutes, 1))
	}
	return l.N("format.hours", (minutes+59)/60)
}
