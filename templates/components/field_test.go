package components_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func TestFieldTellsHintAndErrorToReaders(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		field     components.Field
		described string
		invalid   string
	}{
		{"plain", components.Field{Name: "n"}, "", ""},
		{"hint", components.Field{Name: "n", Hint: "h"}, "n-hint", ""},
		{"error", components.Field{Name: "n", Error: "e"}, "n-error", "true"},
		{"both", components.Field{Name: "n", Hint: "h", Error: "e"}, "n-hint n-error", "true"},
		{"several lines", components.Field{Name: "n", Hint: "h", Error: "e", Rows: 3}, "n-hint n-error", "true"},
	} {
		doc := read(t, golden.Render(t, components.Question(tt.field), locale.English))
		control := doc.Find("#n")
		if got := control.AttrOr("aria-describedby", ""); got != tt.described {
			t.Errorf("%s: described by %q, want %q", tt.name, got, tt.described)
		}
		if got := control.AttrOr("aria-invalid", ""); got != tt.invalid {
			t.Errorf("%s: invalid is %q, want %q", tt.name, got, tt.invalid)
		}
		if got := doc.Find(".field").HasClass("wrong"); got != (tt.invalid != "") {
			t.Errorf("%s: marked as wrong: %v", tt.name, got)
		}
		for id := range strings.FieldsSeq(tt.described) {
			if words(doc.Find("#"+id)) == "" {
				t.Errorf("%s: %s says nothing", tt.name, id)
			}
		}
		if got := doc.Find("label").AttrOr("for", ""); got != "n" {
			t.Errorf("%s: label is for %q", tt.name, got)
		}
	}
}

func TestFieldKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{
		"", " blanks  kept ", "a\nb\nc", "\nfirst line empty", `</textarea><b>`, `"quoted" & 'single'`, "全角１２３", "ก็ 한글 🚚", strings.Repeat("x", 4000),
	} {
		area := read(t, golden.Render(t, components.Question(components.Field{Name: "n", Rows: 2, Value: typed}), locale.English))
		if got := area.Find("textarea").Text(); got != typed {
			t.Errorf("several lines: got %q, want %q", got, typed)
		}
		if strings.Contains(typed, "\n") {
			continue
		}
		line := read(t, golden.Render(t, components.Question(components.Field{Name: "n", Value: typed}), locale.English))
		if got := line.Find("input").AttrOr("value", "?"); got != typed {
			t.Errorf("one line: got %q, want %q", got, typed)
		}
	}
}

func TestFieldSetsKeyboardAndLimits(t *testing.T) {
	t.Parallel()
	f := components.Field{Name: "n", InputMode: "numeric", Autocomplete: "postal-code", Max: 12, Short: true}
	control := read(t, golden.Render(t, components.Question(f), locale.Korean)).Find("input")
	for at, want := range map[string]string{
		"inputmode": "numeric", "autocomplete": "postal-code", "maxlength": "12", "name": "n", "type": "text", "class": "control short",
	} {
		if got := control.AttrOr(at, ""); got != want {
			t.Errorf("%s = %q, want %q", at, got, want)
		}
	}
	bare := read(t, golden.Render(t, components.Question(components.Field{Name: "n"}), locale.Korean)).Find("input")
	for _, at := range []string{"inputmode", "autocomplete", "maxlength", "aria-describedby", "aria-invalid"} {
		if v, ok := bare.Attr(at); ok {
			t.Errorf("%s = %q stands though nothing is set", at, v)
		}
	}
}

func TestErrorSummaryStandsOnlyForErrors(t *testing.T) {
	t.Parallel()
	if html := golden.Render(t, components.Errors(nil), locale.English); html != "" {
		t.Errorf("no errors: got %s", html)
	}
	lines := []components.ErrorLine{{Field: "a", Text: "First <b>"}, {Field: "b", Text: "Second"}}
	for _, lang := range locale.Languages() {
		doc := read(t, golden.Render(t, components.Errors(lines), lang))
		box := doc.Find(`[role="alert"]`)
		if got, want := words(doc.Find("#"+box.AttrOr("aria-labelledby", "none"))), locale.For(lang).T("errors.title"); got != want {
			t.Errorf("%s: titled %q, want %q", lang, got, want)
		}
		for i, l := range lines {
			a := box.Find("li a").Eq(i)
			if words(a) != l.Text || a.AttrOr("href", "") != "#"+l.Field {
				t.Errorf("%s: line %d is %q to %q", lang, i, words(a), a.AttrOr("href", ""))
			}
		}
	}
}

func TestButtonsSendTheirForm(t *testing.T) {
	t.Parallel()
	for quiet, class := range map[bool]string{false: "btn", true: "btn quiet"} {
		b := read(t, golden.Render(t, components.Button("Go <on>", quiet), locale.English)).Find("button")
		if words(b) != "Go <on>" || b.AttrOr("type", "") != "submit" || b.AttrOr("class", "") != class {
			t.Errorf("quiet %v: %q of type %q and class %q", quiet, words(b), b.AttrOr("type", ""), b.AttrOr("class", ""))
		}
	}
}
