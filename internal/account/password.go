package account

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
)

// The length of a password in characters. Without a second factor 15 is the least
// (NIST SP 800-63B-4, 3.1.1.2).
const (
	ShortestPassword = 15
	LongestPassword  = 128
)

// passwordProblems tells what is wrong with a new password: its length, or that it
// is among the first that anybody would try. There are no rules of composition.
func passwordProblems(password, email string) fault.Invalid {
	password = norm.NFC.String(password)
	problem := func(key string, args ...string) fault.Invalid {
		return fault.Invalid{{Field: "password", Key: key, Args: args}}
	}
	switch n := utf8.RuneCountInString(password); {
	case password == "":
		return problem("password.empty")
	case n < ShortestPassword:
		return problem("password.short", "n", strconv.Itoa(ShortestPassword))
	case n > LongestPassword:
		return problem("password.long", "n", strconv.Itoa(LongestPassword))
	case common(password):
		return problem("password.common")
	case common(password, ownPieces(email)...):
		return problem("password.email")
	}
	return nil
}

// nameProblems tells what is wrong with the name that somebody wants to be greeted by.
func nameProblems(name string) fault.Invalid {
	if utf8.RuneCountInString(strings.TrimSpace(name)) > longestName {
		return fault.Invalid{{Field: "name", Key: "name.long", Args: []string{"n", strconv.Itoa(longestName)}}}
	}
	if strings.ContainsFunc(name, unprintable) || !utf8.ValidString(name) {
		return fault.Invalid{{Field: "name", Key: "name.wrong"}}
	}
	return nil
}

// unprintable characters end lines of a mail's head, or turn its text around.
func unprintable(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
