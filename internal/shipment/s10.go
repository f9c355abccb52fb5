package shipment

// isS10Form tells the postal item identifier of UPU S10 ("EE022786941US"): two
// letters, eight digits, a check digit and the country. The check is part of
// the form here, since a number that fails it may be another carrier's.
func isS10Form(s string) bool {
	if len(s) != 13 || !letter(s[0]) || !letter(s[1]) || !letter(s[11]) || !letter(s[12]) {
		return false
	}
	weights := [8]int{8, 6, 4, 2, 3, 5, 9, 7}
	sum := 0
	for i, w := range weights {
		c := s[2+i]
		if !digit(c) {
			return false
		}
		sum += w * int(c-'0')
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return s[10] == byte('0'+check)
}
