//go:build browser && !matrix

package browsertest_test

// full asks for the whole matrix; without it one look at each page is enough.
const full = false
