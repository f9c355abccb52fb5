package locale_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
)

// used finds the literal keys of the sources: texts asked for by T and N, and
// problems of forms, and messages kept for the next page.
var used = regexp.MustCompile(`\bT\((?:ctx, )?"([a-z0-9_.]+)"|\bN\("([a-z0-9_.]+)"|\bKey: +"([a-z0-9_]+\.[a-z0-9_.]+)"|"(flash\.[a-z0-9_.]+[a-z0-9_])"`)

func TestEveryKeyInTheSourcesHasAText(t *testing.T) {
	en := locale.For(locale.English)
	root := os.DirFS("../..")
	seen := 0
	for _, top := range []string{"internal", "templates", "web"} {
		err := fs.WalkDir(root, top, func(name string, entry fs.DirEntry, err error) error {
			source := strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ")
			if err != nil || entry.IsDir() || !source || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(root, name)
			for _, m := range used.FindAllSubmatch(text, -1) {
				seen++
				single, plural := string(m[1])+string(m[3])+string(m[4]), string(m[2])
				if single != "" && !en.Has(single) && !strings.HasSuffix(single, ".") {
					t.Errorf("%s: no text for %q", name, single)
				}
				if plural != "" && !en.Has(plural+".other") {
					t.Errorf("%s: no text for %q.other", name, plural)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 50 {
		t.Errorf("only %d keys found in the sources", seen)
	}
}

// quoted finds every string that a source holds in one piece.
var quoted = regexp.MustCompile("\"([a-z0-9_.]+)\"|`([a-z0-9_.]+)`")

// literals are the strings of all sources, tests left out.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	root, found := os.DirFS("../.."), map[string]bool{}
	for _, top := range []string{"internal", "templates", "web"} {
		err := fs.WalkDir(root, top, func(name string, entry fs.DirEntry, err error) error {
			source := strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ")
			if err != nil || entry.IsDir() || !source || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				return err
			}
			text, err := fs.ReadFile(root, name)
			for _, m := range quoted.FindAllSubmatch(text, -1) {
				found[string(m[1])+string(m[2])] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// asked tells whether the sources can ask for a key: in one piece, by a beginning
// that ends in a dot, or by an end that starts with one and a beginning without.
func asked(literals map[string]bool, key string) bool {
	if literals[key] {
		return true
	}
	for at, r := range key {
		if r == '.' && (literals[key[:at+1]] || literals[key[:at]] && literals[key[at:]]) {
			return true
		}
	}
	plural := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	return plural != key && literals[plural]
}

func TestEveryTextIsAskedFor(t *testing.T) {
	found := literals(t)
	for _, key := range locale.Keys(locale.English) {
		if !asked(found, key) {
			t.Errorf("no source asks for %q", key)
		}
	}
	if asked(found, "faq.unasked.for") || asked(found, "unasked.one") {
		t.Error("a key that nobody asks for passes")
	}
}
