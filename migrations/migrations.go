// Package migrations holds the database's schema: one SQL file per change,
// forward only in use, in the order of their numbers.
package migrations

import "embed"

// Files are the migrations, named 0001_name.sql and on.
//
//go:embed *.sql
var Files embed.FS
