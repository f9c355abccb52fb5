// Package feed takes a carrier's files in: CSV with a header and JSON lines,
// one record a physical line. It checks each line, settles what a file says
// twice, and hands parcels to the store in batches. README.md tells the columns.
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Format is how a file writes its records.
type Format int

// The formats.
const (
	// Unknown asks the file itself: a first byte of { means JSON lines.
	Unknown Format = iota
	CSV
	JSONLines
)

// ErrRefused says that a whole file can't be read, as when its header lacks a
// column; the report tells why, and nothing of it was taken in.
var ErrRefused = errors.New("the file is refused as a whole")

// ParseFormat reads the name of a format: csv, jsonl, or nothing.
func ParseFormat(name string) (Format, error) {
	switch strings.ToLower(name) {
	case "":
		return Unknown, nil
	case "csv":
		return CSV, nil
	case "jsonl", "ndjson", "json":
		return JSONLines, nil
	}
	return Unknown, fmt.Errorf("format %q is neither csv nor jsonl", name)
}

// FormatOf tells a file's format by its name's ending.
func FormatOf(name string) Format {
	f, err := ParseFormat(strings.TrimPrefix(path.Ext(name), "."))
	if err != nil {
		return Unknown
	}
	return f
}

// sniff tells the format by a file's first bytes.
func sniff(first []byte) Format {
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(first, bom), " \t\r\n"), []byte("{")) {
		return JSONLines
	}
	return CSV
}

var bom = []byte("\ufeff")
