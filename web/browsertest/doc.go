// Package browsertest opens every page of the portal in a real Chromium and
// looks at it as its readers do: with and without script, on a phone and on a
// wide screen, in light and in dark, by keyboard alone, and in each language.
//
// All of it is tests, behind the build tag browser. With -short only the flows
// and one look at each page are run (make test); without it the whole matrix
// (make browser).
package browsertest
