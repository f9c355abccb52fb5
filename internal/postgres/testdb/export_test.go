package testdb

// Sweep removes what dead servers left behind.
var Sweep = sweep
