// Package fault names the kinds of failure that a person or a shop can meet, so
// that the edge can turn any error of the domain into one status and one page.
package fault

import (
	"errors"
	"strings"
	"time"
)

// The kinds. Domain sentinels wrap one of them with %w.
var (
	// ErrNotFound says that nothing by that name is there for this person.
	ErrNotFound = errors.New("not found")
	// ErrForbidden says that the person is known and still may not.
	ErrForbidden = errors.New("forbidden")
	// ErrConflict says that the state has moved on: somebody was first, or it is final.
	ErrConflict = errors.New("conflict")
	// ErrUnavailable says that a part the portal needs (PostgreSQL) is away for now.
	ErrUnavailable = errors.New("unavailable")
)

// Problem is one thing to mend on a form: the field's name and the key of the
// message that tells how, with its arguments (name, value, name, value ...).
type Problem struct {
	Field string
	Key   string
	Args  []string
}

// Invalid lists everything to mend on a form, all at once, in the form's order.
type Invalid []Problem

// Error joins field and message key of each problem; it never holds a typed value.
func (v Invalid) Error() string {
	parts := make([]string, len(v))
	for i, p := range v {
		parts[i] = p.Field + ": " + p.Key
	}
	return strings.Join(parts, "; ")
}

// For gives the first problem of a field, or false when the field is fine.
func (v Invalid) For(field string) (Problem, bool) {
	for _, p := range v {
		if p.Field == field {
			return p, true
		}
	}
	return Problem{}, false
}

// TooMany says that a limit is used up and when the next try is allowed.
type TooMany struct {
	// Limit names the limit: "lookup", "unlock" ...
	Limit string
	// RetryAfter is how long to wait from now.
	RetryAfter time.Duration
}

// Error names the limit.
func (t TooMany) Error() string { return "too many: " + t.Limit }
