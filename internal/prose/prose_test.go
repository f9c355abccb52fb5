package prose_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/prose"

	"github.com/google/go-cmp/cmp"
)

func plain(text string) []prose.Span { return []prose.Span{{Text: text}} }

func block(kind prose.Kind, items ...[]prose.Span) prose.Block {
	return prose.Block{Kind: kind, Items: items}
}

func TestParse(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []prose.Block
	}{
		"nothing":        {"\n \n", nil},
		"two paragraphs": {"one\n\n\ntwo\n", []prose.Block{block(prose.Paragraph, plain("one")), block(prose.Paragraph, plain("two"))}},
		"wrapped lines":  {"one\r\ntwo\n  three", []prose.Block{block(prose.Paragraph, plain("one two three"))}},
		"wrapped Chinese": {"包裹在\n海关。\nECMS", []prose.Block{
			block(prose.Paragraph, plain("包裹在海关。ECMS"))}},
		"wrapped Korean": {"소포가\n세관에", []prose.Block{block(prose.Paragraph, plain("소포가 세관에"))}},
		"headings": {"## One\ntext\n### Two", []prose.Block{
			{Kind: prose.Heading, Level: 2, Items: [][]prose.Span{plain("One")}},
			block(prose.Paragraph, plain("text")),
			{Kind: prose.Heading, Level: 3, Items: [][]prose.Span{plain("Two")}}}},
		"lists": {"- a\n- b\n  more\n\n1. x\n12. y\n- z", []prose.Block{
			block(prose.Bullets, plain("a"), plain("b more")),
			block(prose.Numbers, plain("x"), plain("y")), block(prose.Bullets, plain("z"))}},
		"a list after a line": {"so:\n- a", []prose.Block{block(prose.Paragraph, plain("so:")), block(prose.Bullets, plain("a"))}},
		"two lists":           {"- a\n\n- b", []prose.Block{block(prose.Bullets, plain("a")), block(prose.Bullets, plain("b"))}},
		"strong and link": {"**Now:** see [this](/faq/1.1), **[that](#x)**.", []prose.Block{block(prose.Paragraph, []prose.Span{
			{Text: "Now:", Strong: true}, {Text: " see "}, {Text: "this", Href: "/faq/1.1"}, {Text: ", "},
			{Text: "that", Href: "#x", Strong: true}, {Text: "."}})}},
		"no list": {"-a\n1.5 kg\n2026. year", []prose.Block{block(prose.Paragraph, plain("-a 1.5 kg")), block(prose.Numbers, plain("year"))}},
	} {
		got, err := prose.Parse(tc.text)
		if diff := cmp.Diff(tc.want, got); diff != "" || err != nil {
			t.Errorf("%s: error %v, blocks (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestParseRefusesMistakes(t *testing.T) {
	for _, text := range []string{
		"**open", "a * b", "[no link]", "[open](/x", "[](/x)", "[a [b](/x)", "[a](x)", "[a](javascript:alert(1))",
		"[a](//elsewhere.example)", "[a](http://plain.example)", "[a](/x y)", "[a](/\\x)", "- fine\n- **open",
	} {
		if _, err := prose.Parse(text); err == nil || !strings.Contains(err.Error(), `"`) {
			t.Errorf("Parse(%q): error %v, want one that quotes the text", text, err)
		}
	}
}

func TestLinksLeadToSafePlaces(t *testing.T) {
	blocks, err := prose.Parse("[a](/x) [b](#y) [c](tel:+1) [d](mailto:a@example.com) [e](https://example.com/) [f](/x)")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"#y", "/x", "https://example.com/", "mailto:a@example.com", "tel:+1"}
	if diff := cmp.Diff(want, prose.Links(blocks)); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestFillKeepsValuesText(t *testing.T) {
	blocks, err := prose.Parse("## {n} days\n\n- up to **{n} lb**, [{who}](/x) {unknown} {open")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"n": "44", "who": "**<b>[x](/evil)</b>**{n}"}
	got := prose.Text(prose.Fill(blocks, func(name string) (string, bool) { v, ok := values[name]; return v, ok }))
	want := "44 days\nup to 44 lb, **<b>[x](/evil)</b>**{n} {unknown} {open\n"
	if got != want {
		t.Errorf("filled = %q, want %q", got, want)
	}
	if text := prose.Text(blocks); !strings.HasPrefix(text, "{n} days\n") {
		t.Errorf("filling changed the text itself: %q", text)
	}
	if diff := cmp.Diff([]string{"n", "unknown", "who"}, prose.Names(blocks)); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("a **b** [c](/d)\n\n- e\n1. f\n## g")
	f.Fuzz(func(t *testing.T, text string) {
		blocks, err := prose.Parse(text)
		if err != nil {
			return
		}
		for _, b := range blocks {
			if len(b.Items) == 0 {
				t.Errorf("%q gives a block without items", text)
			}
		}
	})
}
