package legal_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

func parse(t *testing.T, text string) []prose.Block {
	t.Helper()
	blocks, err := prose.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return blocks
}

func TestDifferenceOfTwoVersions(t *testing.T) {
	t.Parallel()
	const base = "First.\n\n## One\n\n- a\n- b\n\n## Two\n\nLast.\n"
	for name, c := range map[string]struct {
		newer string
		want  []legal.Line
	}{
		"the same":     {base, nil},
		"an item more": {"First.\n\n## One\n\n- a\n- b\n- c\n\n## Two\n\nLast.\n", []legal.Line{{Heading: "One", Text: "c"}}},
		"an item less": {"First.\n\n## One\n\n- b\n\n## Two\n\nLast.\n", []legal.Line{{Heading: "One", Text: "a", Removed: true}}},
		"a changed line": {
			"Once.\n\n## One\n\n- a\n- b\n\n## Two\n\nLast.\n",
			[]legal.Line{{Text: "First.", Removed: true}, {Text: "Once."}},
		},
		"a part more": {
			base + "\n## Three\n\nMore **now**.\n",
			[]legal.Line{{Heading: "Three", Text: "Three"}, {Heading: "Three", Text: "More now."}},
		},
		"all gone": {"", []legal.Line{
			{Text: "First.", Removed: true}, {Heading: "One", Text: "One", Removed: true}, {Heading: "One", Text: "a", Removed: true},
			{Heading: "One", Text: "b", Removed: true}, {Heading: "Two", Text: "Two", Removed: true}, {Heading: "Two", Text: "Last.", Removed: true},
		}},
	} {
		if diff := cmp.Diff(c.want, legal.Difference(parse(t, base), parse(t, c.newer))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestNewVersionsSayWhatTheyChange holds the words on changes against the texts.
func TestNewVersionsSayWhatTheyChange(t *testing.T) {
	t.Parallel()
	for _, n := range everything() {
		for _, v := range legal.Versions(n) {
			for _, lang := range locale.Languages() {
				d, before := find(t, n, v, lang), legal.Before(n, v)
				if before == "" {
					if len(d.Changes) != 0 {
						t.Errorf("%s %s %s: the first version changes something", n, v, lang)
					}
					continue
				}
				lines := legal.Difference(find(t, n, before, lang).Blocks, d.Blocks)
				if len(lines) == 0 || len(d.Changes) == 0 {
					t.Errorf("%s %s %s: %d lines differ, told in %d sentences", n, v, lang, len(lines), len(d.Changes))
				}
			}
		}
	}
}
