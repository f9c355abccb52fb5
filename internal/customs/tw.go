package customs

import "strings"

// FlawSerial is what Taiwanese resident certificates add.
const FlawSerial Flaw = "serial" // twelve digits: the card's serial, not the person's number

// twLetters are the values of a number's first letter, in order from 10 on. The
// alphabet is out of its order where letters were added late.
const twLetters = "ABCDEFGHJKLMNPQRSTUVXYWZIO"

// checkTWID is a letter, 1 or 2, and eight digits with the weighted sum.
func checkTWID(n string) Flaw {
	switch {
	case len(n) != 10:
		return FlawLength
	case !letters(n[:1]) || !digits(n[1:]):
		return FlawForm
	case n[1] != '1' && n[1] != '2':
		return FlawRegion
	}
	return twSum(n[0], n[1:])
}

// checkTWResident knows the number since 2021 (a letter, 8 or 9, eight digits)
// and the one before (two letters, eight digits), usable to the end of 2030.
func checkTWResident(n string) Flaw {
	switch {
	case len(n) == 12 && digits(n):
		return FlawSerial
	case len(n) != 10:
		return FlawLength
	case !letters(n[:1]) || !digits(n[2:]):
		return FlawForm
	}
	if second := strings.IndexByte("ABCD", n[1]); second >= 0 {
		return twSum(n[0], "0123"[second:second+1]+n[2:])
	}
	switch {
	case n[1] < '0' || n[1] > '9':
		return FlawForm
	case n[1] != '8' && n[1] != '9':
		return FlawRegion
	}
	return twSum(n[0], n[1:])
}

// twSum holds the letter's two digits and the nine after them to the weights 1 9 8 7
// 6 5 4 3 2 1 1: together a multiple of ten.
func twSum(letter byte, nine string) Flaw {
	code := strings.IndexByte(twLetters, letter) + 10
	sum := code/10 + code%10*9
	for i, weight := range []int{8, 7, 6, 5, 4, 3, 2, 1, 1} {
		sum += int(nine[i]-'0') * weight
	}
	if sum%10 != 0 {
		return FlawCheck
	}
	return ""
}

// ReadTaiwanBusiness holds a Taiwanese unified business number, of a company that
// receives a parcel, to eight digits and the sum in force since 2023-04-01: the
// digits of the products make a multiple of five. A seventh digit of 7 gives a
// product whose digits may count as one or as nothing.
func ReadTaiwanBusiness(typed string) Flaw {
	n := canonical(typed)
	if flaw := count(n, 8); flaw != "" {
		return flaw
	}
	sum := 0
	for i, weight := range []int{1, 2, 1, 2, 1, 2, 4, 1} {
		product := int(n[i]-'0') * weight
		sum += product/10 + product%10
	}
	if n == "00000000" || sum%5 != 0 && (n[6] != '7' || (sum+1)%5 != 0) {
		return FlawCheck
	}
	return ""
}
