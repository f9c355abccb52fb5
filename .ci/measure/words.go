package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
)

// rule is a word that files of some kinds may not hold, and why. The word is
// kept in two halves so that this file does not hold it.
type rule struct {
	head, tail string
	only       []string // base names or extensions; empty: all text
	why        string
}

func rules() []rule {
	code := []string{".go", ".templ", ".sql", ".css", ".js", ".sh", ".yml", "Makefile", "run", "need"}
	lock := []string{"package-lock.json", ".npmrc", "package.json"}
	return []rule{
		{"TO", "DO", code, "do it or drop it"},
		{"FIX", "ME", code, "do it or drop it"},
		{`"resol`, `ved"`, lock, "the lockfile names no host; see .npmrc"},
		{"http", "://", lock, "the lockfile names no host"},
		{"https", "://", lock, "the lockfile names no host"},
		{"VULNDB=", "file:", nil, "where the vulnerability data lies is the machine's business"},
	}
}

// forbidden gives the places of a file that a rule forbids.
func forbidden(path string, text []byte) (wrong []string) {
	if bytes.IndexByte(text[:min(len(text), 8000)], 0) >= 0 {
		return nil // a picture or another binary
	}
	for _, r := range rules() {
		if len(r.only) > 0 && !slices.Contains(r.only, filepath.Base(path)) && !slices.Contains(r.only, filepath.Ext(path)) {
			continue
		}
		if at := bytes.Index(text, []byte(r.head+r.tail)); at >= 0 {
			line := 1 + bytes.Count(text[:at], []byte("\n"))
			wrong = append(wrong, fmt.Sprintf("%s:%d holds %q: %s", path, line, r.head+r.tail, r.why))
		}
	}
	return wrong
}
