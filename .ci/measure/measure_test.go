package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// of makes a source of some lines.
func of(path string, lines int) source {
	s, _ := written(path, []byte(strings.Repeat("\n", lines)))
	return s
}

func TestWrittenByHand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		path       string
		hand, test bool
	}{
		{"main.go", true, false},
		{"internal/x/x_test.go", true, true},
		{"web/webtest/site.go", true, true},
		{"web/browsertest/page.go", true, true},
		{"internal/postgres/testdb/testdb.go", true, true},
		{"internal/postgres/testdb/deeper/x.go", true, false},
		{"web/testing.go", true, false},
		{"internal/x/test.go", true, false},
		{"bench/rig/wrk.go", true, false},
		{"bench/rig/wrk_test.go", true, true},
		{"templates/pages/home_templ.go", false, false},
		{"templates/pages/home.templ", false, false},
		{"README.md", false, false},
		{"go", false, false},
	} {
		s, hand := written(c.path, []byte("package x\n\nvar y int\n"))
		if hand != c.hand || s.test != c.test {
			t.Errorf("%s: got by hand %t, test %t; want %t, %t", c.path, hand, s.test, c.hand, c.test)
		}
		if hand && s.lines != 3 {
			t.Errorf("%s: got %d lines, want 3", c.path, s.lines)
		}
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		sources []source
		says    []string
	}{
		{"at the limits", []source{of("a.go", 150), of("b.go", 500), of("c.go", 1)}, nil},
		{"one line too long", []source{of("a.go", 10), of("b.go", 501), of("c.go", 10)}, []string{"b.go has 501 lines, the limit is 500"}},
		{"the median", []source{of("a.go", 151), of("b.go", 152), of("c.go", 1)}, []string{"the median Go file has 151 lines, the limit is 150"}},
		{"tests count, too", []source{of("a_test.go", 600)}, []string{"a_test.go has 600", "the median Go file has 600"}},
		{"nothing", nil, []string{"no Go file found"}},
	} {
		got := sizes(c.sources)
		if len(got) != len(c.says) {
			t.Errorf("%s: got %q, want %d complaints", c.name, got, len(c.says))
			continue
		}
		for i, part := range c.says {
			if !strings.Contains(got[i], part) {
				t.Errorf("%s: got %q, want %q", c.name, got[i], part)
			}
		}
	}
}

func TestBalance(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		sources []source
		says    string
	}{
		{"equal", []source{of("a.go", 100), of("a_test.go", 100)}, ""},
		{"one line short", []source{of("a.go", 100), of("a_test.go", 99)}, "99 test lines are fewer than 100 code lines"},
		{"helpers of tests are tests", []source{of("a.go", 100), of("web/webtest/x.go", 100)}, ""},
		{"generated code does not count", []source{of("a.go", 1), of("a_test.go", 1), of("p_templ.go", 900)}, ""},
		{"no code", nil, ""},
	} {
		got := strings.Join(balance(c.sources), "; ")
		if got != c.says {
			t.Errorf("%s: got %q, want %q", c.name, got, c.says)
		}
	}
}

func TestForbiddenWords(t *testing.T) {
	t.Parallel()
	later, mend, scheme := "TO"+"DO", "FIX"+"ME", "http"+"s://"
	for _, c := range []struct{ name, path, text, says string }{
		{"code in peace", "a.go", "package a\n", ""},
		{"put off", "a.go", "package a\n\n// " + later + ": later\n", `a.go:3 holds "` + later + `"`},
		{"in a template", "x/y.templ", mend, "x/y.templ:1"},
		{"in SQL", "migrations/1.sql", "--\n-- " + later, "migrations/1.sql:2"},
		{"in the Makefile", "Makefile", later, "Makefile:1"},
		{"in a script without ending", ".ci/run", later, ".ci/run:1"},
		{"in prose it may stand", "README.md", later, ""},
		{"a host in the lockfile", "package-lock.json", "{\n\"x\": \"" + scheme + "registry\"}", "package-lock.json:2"},
		{"a host in code", "a.go", scheme, ""},
		{"a place of this machine, in any text", "notes.txt", "VULNDB=" + "file:///x", "notes.txt:1"},
		{"a picture", "a.png", "\x00" + "VULNDB=" + "file:", ""},
	} {
		got := strings.Join(forbidden(c.path, []byte(c.text)), "; ")
		if (c.says == "") != (got == "") || !strings.HasPrefix(got, c.says) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.says)
		}
	}
	if got := forbidden("a.go", []byte(later+" "+mend)); len(got) != 2 {
		t.Errorf("two words: got %q, want both", got)
	}
}

func TestRulesDoNotForbidThemselves(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 4 {
		t.Fatalf("got %v, %v; want this folder's files", files, err)
	}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := forbidden(path, text); got != nil {
			t.Errorf("got %q", got)
		}
	}
}

// TestRepository measures a small repository from its files to its verdict.
func TestRepository(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	put := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := measure(); err == nil || !strings.Contains(err.Error(), "git ls-files") {
		t.Errorf("outside of a repository: got %v", err)
	}
	for _, args := range [][]string{{"init", "-q"}, {"config", "core.quotepath", "true"}} {
		if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
	put(".gitignore", "ignored/\n")
	put("a.go", "// Package a is fine.\npackage a\n")
	put("a_test.go", "package a_test\n\nvar x int\n")
	put("ignored/b.go", strings.Repeat("// long\n", 900))
	put("包裹/c_test.go", "package c_test\n")
	if err := measure(); err != nil {
		t.Errorf("a good repository: %v", err)
	}
	paths, err := listFiles()
	if diff := cmp.Diff([]string{".gitignore", "a.go", "a_test.go", "包裹/c_test.go"}, paths); err != nil || diff != "" {
		t.Errorf("files: %v (-want +got):\n%s", err, diff)
	}
	put("a.go", "// Package a is not.\npackage a\n\n// "+"TO"+"DO\nfunc Bare() {}\n\n\n\nfunc Also() {}\n")
	err = measure()
	if err == nil {
		t.Fatal("a bad repository passes")
	}
	for _, part := range []string{"a.go:4 holds", "9 code lines", "a.go:9:6: Also has no doc comment"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("got %q, want it to say %q", err, part)
		}
	}
}
