package pages

import "strconv"

// key is the message key of a status; what has no words of its own speaks as
// the nearest that has: a wrong address, or a fault of ours.
func (p FailurePage) key() string {
	switch p.Status {
	case 403, 404, 405, 409, 413, 415, 422, 429, 500, 503:
		return "failure." + strconv.Itoa(p.Status)
	case 400:
		return "failure.422"
	}
	if p.Status >= 400 && p.Status < 500 {
		return "failure.404"
	}
	return "failure.500"
}

// typed is what the box starts with: a number that can be mended, else nothing.
func (p UnknownPage) typed() string {
	if p.Kind == NumberUnknown {
		return ""
	}
	return p.Number
}
