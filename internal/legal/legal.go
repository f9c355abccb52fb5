// Package legal holds the portal's terms, its privacy notice and its list of
// cookies: each in versions by date, every one of them readable for ever.
package legal

// CurrentTerms is the version of the terms that new customers agree to: the date
// it was written, "2006-01-02".
func CurrentTerms() string { return "2026-11-22" }
