package feed

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// phone takes a number in any national writing: telling whether it exists is
// not the feed's to decide.
func (r *row) phone(col int) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	count := 0
	for _, c := range norm.NFKC.String(v) {
		switch {
		case c >= '0' && c <= '9':
			count++
		case !strings.ContainsRune(" +-.()/‐‑–", c):
			r.fail(col, badPhone)
			return v
		}
	}
	if count < 4 || count > 15 {
		r.fail(col, badPhone)
	}
	return v
}

func (r *row) email(col int) string {
	v := r.values[col]
	if v == "" {
		return ""
	}
	name, host, _ := strings.Cut(v, "@")
	dot := strings.LastIndexByte(host, '.')
	if name == "" || dot < 1 || dot == len(host)-1 || strings.ContainsAny(v, " ,;:<>()[]\"\\") ||
		strings.Contains(host, "@") || strings.Contains(host, "..") {
		r.fail(col, badEmail)
	}
	return v
}

// isCountry tells the codes that ISO 3166-1 assigns.
func isCountry(v string) bool {
	return len(v) == 2 && v[0] >= 'A' && v[0] <= 'Z' && v[1] >= 'A' && v[1] <= 'Z' &&
		strings.Contains(countries[int(v[0]-'A')], v[1:]+" ")
}

// countries lists second letters by the first. It stands for a constant.
var countries = [26]string{
	"D E F G I L M O Q R S T U W X Z ", "A B D E F G H I J L M N O Q R S T V W Y Z ",
	"A C D F G H I K L M N O R U V W X Y Z ", "E J K M O Z ", "C E G H R S T ", "I J K M O R ",
	"A B D E F G H I L M N P Q R S T U W Y ", "K M N R T U ", "D E L M N O Q R S T ", "E M O P ",
	"E G H I M N P R W Y Z ", "A B C I K R S T U V Y ", "A C D E F G H K L M N O P Q R S T U V W X Y Z ",
	"A C E F G I L O P R U Z ", "M ", "A E F G H K L M N R S T W Y ", "A ", "E O S U W ",
	"A B C D E G H I J K L M N O R S T V X Y Z ", "C D F G H J K L M N O R T V W Z ", "A G M S Y Z ",
	"A C E G I N U ", "F S ", "", "E T ", "A M W ",
}
