package locale

import "strconv"

// Number is a whole number with its thousands grouped: "12,345". All the
// portal's languages group by threes with a comma.
func (l *Locale) Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if len(digits) <= 3 {
		return sign + digits
	}
	out := make([]byte, 0, len(digits)+len(digits)/3+1)
	out = append(out, sign...)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// Weight is a weight as somebody typed it with its unit ("lb" or "kg") in words;
// empty when there is none.
func (l *Locale) Weight(value, unit string) string {
	return l.measure("format.weight.", value, unit)
}

// Length is a length as somebody typed it with its unit ("in" or "cm") in words;
// empty when there is none.
func (l *Locale) Length(value, unit string) string {
	return l.measure("format.length.", value, unit)
}

// Size is length, width and height with their common unit: "30 × 20 × 10 cm";
// empty unless all three are known.
func (l *Locale) Size(length, width, height, unit string) string {
	if length == "" || width == "" || height == "" {
		return ""
	}
	return l.measure("format.length.", length+" × "+width+" × "+height, unit)
}

func (l *Locale) measure(prefix, value, unit string) string {
	if value == "" {
		return ""
	}
	if m, ok := l.messages[prefix+unit]; ok {
		return m.render([]string{"value", value})
	}
	return value + " " + unit
}
