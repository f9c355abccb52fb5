//go:build browser && matrix

package browsertest_test

// full asks for the whole matrix of languages, widths and themes.
const full = true
