package components

import "strings"

// leadTo is where a link of a longer text leads: paths of the portal as to says,
// all others as they stand.
func leadTo(href string, to func(path string) string) string {
	if strings.HasPrefix(href, "/") {
		return to(href)
	}
	return href
}
