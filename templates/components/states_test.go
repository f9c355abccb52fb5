package components_test

import (
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func TestStatesLookAsAgreed(t *testing.T) {
	for _, s := range components.States(locale.For(locale.English)) {
		t.Run(s.Component+" "+s.Name, func(t *testing.T) {
			html := golden.Render(t, s.Body, locale.English)
			golden.Check(t, s.Name, html)
			golden.Compare(t, s.Component+" "+s.Name, html)
		})
	}
}

func TestStatesHoldInEveryLanguage(t *testing.T) {
	for _, lang := range locale.Languages() {
		for _, s := range components.States(locale.For(lang)) {
			golden.Check(t, string(lang)+" "+s.Component+" "+s.Name, golden.Render(t, s.Body, lang))
		}
	}
}

func TestStatesAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range components.States(locale.For(locale.English)) {
		name := s.Component + " " + s.Name
		if seen[name] {
			t.Errorf("two states are called %q", name)
		}
		seen[name] = true
	}
	if want, got := 20, len(components.Names()); got != want {
		t.Errorf("components with states: got %d, want %d (%v)", got, want, components.Names())
	}
}

func TestPrefixKeepsIDsApart(t *testing.T) {
	field := components.Question(components.Field{Name: "postcode", Label: "Postcode", Hint: "Of the address", Error: "Enter it"})
	ctx := components.Prefixed(golden.Context(locale.English), "a-")
	html := render(t, ctx, field)
	golden.Check(t, "prefixed field", html)
	for _, want := range []string{`id="a-postcode"`, `for="a-postcode"`, `aria-describedby="a-postcode-hint a-postcode-error"`, `name="postcode"`} {
		contains(t, html, want)
	}
}
