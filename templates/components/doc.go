// Package components holds the pieces that pages are set from. They take plain
// values and know no domain; each stands once, with its states listed in
// States for the golden tests, the gallery and the browser check.
package components
