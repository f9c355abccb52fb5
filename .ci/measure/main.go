// Command measure counts what the house rules put a number on: file sizes,
// undocumented exported names, test lines against code lines, and words that
// no committed file may hold. It prints the figures and exits 1 when one is off.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const (
	medianLimit = 150
	fileLimit   = 500
)

// source is one Go file that a person wrote.
type source struct {
	path  string
	lines int
	test  bool
	text  []byte
}

func main() {
	if err := measure(); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func measure() error {
	paths, err := listFiles()
	if err != nil {
		return err
	}
	var sources []source
	var wrong []string
	for _, path := range paths {
		text, err := os.ReadFile(path) //nolint:gosec // the path comes from git's own list
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted in the work tree, not yet committed
		}
		if err != nil {
			return err
		}
		wrong = append(wrong, forbidden(path, text)...)
		if s, ok := written(path, text); ok {
			sources = append(sources, s)
		}
	}
	wrong = append(wrong, sizes(sources)...)
	wrong = append(wrong, balance(sources)...)
	undocumented, err := docs(sources)
	if err != nil {
		return err
	}
	wrong = append(wrong, undocumented...)
	if len(wrong) > 0 {
		return errors.New(strings.Join(wrong, "\n         "))
	}
	return nil
}

// listFiles gives the files that git knows or would take, not the ignored ones.
func listFiles() ([]string, error) {
	out, err := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-files: %w", err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), nil
}

// written tells whether a file is Go that somebody wrote by hand, and measures it.
func written(path string, text []byte) (source, bool) {
	if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_templ.go") {
		return source{}, false
	}
	lines := bytes.Count(text, []byte("\n"))
	return source{path, lines, strings.HasSuffix(path, "_test.go") || isTestHelp(path), text}, true
}

// isTestHelp names the packages that only tests import.
func isTestHelp(path string) bool {
	return slices.Contains([]string{"web/webtest", "web/webtest/journey", "web/browsertest", "internal/postgres/testdb", "internal/document/specimen", "internal/seal/leaktest", "templates/golden"}, filepath.ToSlash(filepath.Dir(path)))
}

func sizes(sources []source) (wrong []string) {
	var lengths []int
	longest := source{}
	for _, s := range sources {
		lengths = append(lengths, s.lines)
		if s.lines > longest.lines {
			longest = s
		}
		if s.lines > fileLimit {
			wrong = append(wrong, fmt.Sprintf("%s has %d lines, the limit is %d", s.path, s.lines, fileLimit))
		}
	}
	if len(lengths) == 0 {
		return []string{"no Go file found"}
	}
	slices.Sort(lengths)
	median := lengths[len(lengths)/2]
	fmt.Printf("Go files       %d, median %d lines (limit %d), longest %d: %s\n", len(lengths), median, medianLimit, longest.lines, longest.path)
	if median > medianLimit {
		wrong = append(wrong, fmt.Sprintf("the median Go file has %d lines, the limit is %d", median, medianLimit))
	}
	return wrong
}

// balance compares test lines with code lines of the portal's own module;
// bench and the tools under .ci are neither.
func balance(sources []source) (wrong []string) {
	code, test := 0, 0
	for _, s := range sources {
		switch {
		case strings.HasPrefix(s.path, "bench/"), strings.HasPrefix(s.path, ".ci/"):
		case s.test:
			test += s.lines
		default:
			code += s.lines
		}
	}
	fmt.Printf("lines          %d of code, %d of tests (%.2f)\n", code, test, float64(test)/float64(max(code, 1)))
	if test < code {
		wrong = append(wrong, fmt.Sprintf("%d test lines are fewer than %d code lines", test, code))
	}
	return wrong
}
