package locale

import (
	"fmt"
	"slices"
	"strings"
)

// message is one text of a catalogue, split once at its placeholders, so that
// rendering only joins strings.
type message struct {
	text  string // as written in the catalogue
	parts []part // nil when it has no placeholder
}

// part is a stretch of literal text followed by a placeholder; the last part's
// name is empty.
type part struct{ literal, name string }

// parseMessage splits text at its {name} placeholders. Names are made of lower
// case letters, digits and underscores; any other brace is an error.
func parseMessage(text string) (message, error) {
	m := message{text: text}
	rest := text
	for {
		literal, after, found := strings.Cut(rest, "{")
		if strings.Contains(literal, "}") {
			return message{}, fmt.Errorf("a } without its {: %q", text)
		}
		if !found {
			if m.parts != nil {
				m.parts = append(m.parts, part{literal: literal})
			}
			return m, nil
		}
		name, tail, closed := strings.Cut(after, "}")
		if !closed || !isName(name) {
			return message{}, fmt.Errorf("a placeholder is {name}: %q", text)
		}
		m.parts = append(m.parts, part{literal, name})
		rest = tail
	}
}

func isName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return s != ""
}

// render fills the placeholders from args (name, value, name, value ...). A
// placeholder without a value stays as {name}, so that tests and eyes see it.
func (m message) render(args []string) string {
	if m.parts == nil {
		return m.text
	}
	size := len(m.text)
	for i := 1; i < len(args); i += 2 {
		size += len(args[i])
	}
	var b strings.Builder
	b.Grow(size)
	for _, p := range m.parts {
		b.WriteString(p.literal)
		if p.name == "" {
			continue
		}
		if v, ok := value(args, p.name); ok {
			b.WriteString(v)
		} else {
			b.WriteString("{" + p.name + "}")
		}
	}
	return b.String()
}

func value(args []string, name string) (string, bool) {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return "", false
}

// placeholders lists the names a message needs, sorted, each once.
func (m message) placeholders() []string {
	var names []string
	for _, p := range m.parts {
		if p.name != "" {
			names = append(names, p.name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
