package account

import (
	"crypto/sha256"
	"encoding/hex"
	"net/mail"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
)

// longestEmail is the longest address that a mail server takes, in bytes (RFC 5321, 4.5.3.1.3).
const longestEmail = 254

// EmailKey is the form in which addresses are compared and joined by: composed
// (NFC), trimmed, in lower case, the domain in the one spelling of all those that
// mail servers take for the same.
func EmailKey(email string) string {
	key := strings.ToLower(norm.NFC.String(strings.TrimSpace(email)))
	at := strings.LastIndexByte(key, '@')
	if at < 0 || len(key) > longestEmail {
		return key
	}
	domain, err := domains().ToUnicode(key[at+1:])
	if err != nil {
		return key
	}
	return key[:at+1] + domain
}

// ReadEmail trims an address and refuses what no mail server would take, as the
// forms of accounts do.
func ReadEmail(typed string) (string, error) { return parseEmail(typed) }

// parseEmail trims an address and refuses what no mail server would take: Invalid
// for the field email. Domains may be of any script, names before the @ are ASCII.
func parseEmail(typed string) (string, error) {
	email := norm.NFC.String(strings.TrimSpace(typed))
	if email == "" {
		return "", fault.Invalid{{Field: "email", Key: "email.empty"}}
	}
	if _, ok := wireEmail(email); !ok {
		return "", fault.Invalid{{Field: "email", Key: "email.wrong"}}
	}
	return email, nil
}

// WireEmail is an address of anybody, with an account or without, as mail servers
// know it, its domain in ASCII; false for what no mail server would take.
func WireEmail(typed string) (string, bool) {
	return wireEmail(norm.NFC.String(strings.TrimSpace(typed)))
}

// domains reads names of domains as browsers do, and holds them to DNS's lengths.
var domains = sync.OnceValue(func() *idna.Profile {
	return idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
})

// wireEmail is an address as mail servers know it, its domain in ASCII. Its length
// comes first: reading a domain takes the square of that.
func wireEmail(email string) (string, bool) {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at > 64 || len(email) > longestEmail {
		return "", false
	}
	local, domain := email[:at], email[at+1:]
	ascii, err := domains().ToASCII(domain)
	if err != nil || strings.ContainsFunc(email, func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) }) || !strings.Contains(ascii, ".") || strings.HasSuffix(ascii, ".") || numeric(ascii) {
		return "", false
	}
	wire := local + "@" + ascii
	parsed, err := mail.ParseAddress(wire)
	if err != nil || parsed.Name != "" || parsed.Address != wire || len(wire) > longestEmail {
		return "", false
	}
	for _, r := range local {
		if r <= ' ' || r >= 0x7f || strings.ContainsRune(`"()<>[]\,;:@`, r) { // quoted names: nobody has one
			return "", false
		}
	}
	return wire, true
}

// numeric says that a domain ends in a number, as only addresses of machines do.
func numeric(domain string) bool {
	last := domain[strings.LastIndexByte(domain, '.')+1:]
	return strings.Trim(last, "0123456789") == ""
}

// triedKey is the address that a try counts for. What is no address counts as
// well, in a form that can be kept.
func triedKey(typed string) string {
	email, err := parseEmail(typed)
	if err != nil {
		sum := sha256.Sum256([]byte(typed))
		return hex.EncodeToString(sum[:])
	}
	return EmailKey(email)
}
