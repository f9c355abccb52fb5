package customs

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// text is one typed field of a form, by its name.
type text struct {
	field string
	value *string
}

// guarded are the fields that are looked through for a resident number: all that
// somebody can type into.
func guarded() []string {
	var e PersonEntry
	var d DocumentEntry
	var names []string
	for _, t := range append(e.texts(), d.texts()...) {
		names = append(names, t.field)
	}
	return names
}

// guard empties every field of a Korean form that holds a resident number, before
// anything else reads it, and says so where problems are asked for. It tells
// which fields those are.
func (r Rule) guard(texts []text, p *problems) map[string]bool {
	refused := map[string]bool{}
	if r.Country != "KR" {
		return refused
	}
	for _, t := range texts {
		if !IsResidentNumber(*t.value) || t.field == FieldPhone && abroad(*t.value) {
			continue
		}
		*t.value = ""
		refused[t.field] = true
		if p != nil {
			p.refuse(t.field, FlawResidentNumber)
		}
	}
	return refused
}

// abroad tells a phone number with Korea's prefix and the 0 that should have gone,
// +82 010 2000 0000: it has thirteen digits too.
func abroad(typed string) bool {
	if !strings.HasPrefix(strings.TrimSpace(norm.NFKC.String(typed)), "+") {
		return false
	}
	_, flaw := ReadPhone("KR", typed)
	return flaw == ""
}
