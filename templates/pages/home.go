// Package pages holds one file per page, with the structs that the edge fills.
package pages

import (
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// HomePage is the first page: one box for numbers.
type HomePage struct {
	// Numbers is what was typed, given back as it was.
	Numbers  string
	Problems fault.Invalid
}

// HomeForm is what POST /track takes.
type HomeForm struct {
	Numbers string `form:"numbers"`
}

// numbersField is the box for numbers, the same on home, list and unknown pages.
func numbersField(l *locale.Locale, typed string, problems fault.Invalid) components.Field {
	return components.Field{
		Name: "numbers", Label: l.T("home.numbers"), Hint: l.T("home.numbers.hint"),
		Error: problemText(l, problems, "numbers"), Value: typed,
		Autocomplete: "off", Rows: 1,
	}
}

func problemText(l *locale.Locale, problems fault.Invalid, field string) string {
	if p, ok := problems.For(field); ok {
		return l.T(p.Key, p.Args...)
	}
	return ""
}

func errorLines(l *locale.Locale, problems fault.Invalid) []components.ErrorLine {
	lines := make([]components.ErrorLine, len(problems))
	for i, p := range problems {
		lines[i] = components.ErrorLine{Field: p.Field, Text: l.T(p.Key, p.Args...)}
	}
	return lines
}
