// Package browsertest opens every page of the portal in a real Chromium and
// looks at it as its readers do: with and without script, on a phone and on a
// wide screen, in light and in dark, by keyboard alone, and in each language.
//
// All of it is tests. The build tag browser runs the flows and takes one look at
// each page (make test); the tag matrix beside it adds every language, width and
// theme, axe-core and the Nu checker (make browser).
package browsertest
