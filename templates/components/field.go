package components

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// Field is one question of a form: label, hint, error and control. Its ids
// follow from Name: name, name-hint, name-error.
type Field struct {
	Name, Label, Hint, Error, Value string
	// Type is that of the input: "email", "password" ...; empty is text. A password
	// is never given back, whatever Value holds.
	Type string
	// InputMode picks the keyboard of a phone; Autocomplete what the browser may fill.
	InputMode, Autocomplete string
	// Max bounds the length, 0 for none.
	Max int
	// Rows makes it a text of several lines that grows; 0 is one line.
	Rows int
	// ReadOnly shows a value that is not to be changed here.
	ReadOnly bool
	// Short sets a narrow control, for a few characters.
	Short bool
	// Invalid marks the control where the error stands elsewhere, above its group.
	Invalid bool
}

// describedBy lists the ids that explain the control: hint, then error.
func (f Field) describedBy(ctx context.Context) string {
	hint, wrong := id(ctx, f.Name+"-hint"), id(ctx, f.Name+"-error")
	switch {
	case f.Hint != "" && f.Error != "":
		return hint + " " + wrong
	case f.Hint != "":
		return hint
	case f.Error != "":
		return wrong
	}
	return ""
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// shown is what stands in the control when the page opens.
func (f Field) shown() string {
	if f.Type == "password" {
		return ""
	}
	return f.Value
}

func (f Field) class() string {
	if f.Short {
		return "control short"
	}
	return "control"
}

// lines is the value inside a text of several lines, where a browser drops a
// line break at the start: one more keeps what was typed.
func (f Field) lines() string {
	if strings.HasPrefix(f.Value, "\n") {
		return "\n" + f.Value
	}
	return f.Value
}

// ErrorLine is one line of the error summary, linked to its field.
type ErrorLine struct{ Field, Text string }

// attributes are those that text and input controls share.
func (f Field) attributes(ctx context.Context) templ.OrderedAttributes {
	a := templ.OrderedAttributes{{Key: "id", Value: id(ctx, f.Name)}}
	put := func(key, value string) {
		if value != "" {
			a = append(a, templ.KeyValue[string, any]{Key: key, Value: value})
		}
	}
	put("inputmode", f.InputMode)
	put("autocomplete", f.Autocomplete)
	put("aria-describedby", f.describedBy(ctx))
	if f.Max > 0 {
		put("maxlength", strconv.Itoa(f.Max))
	}
	if f.Error != "" || f.Invalid {
		put("aria-invalid", "true")
	}
	if f.ReadOnly {
		a = append(a, templ.KeyValue[string, any]{Key: "readonly", Value: true})
	}
	return a
}
