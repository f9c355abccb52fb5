package locale

import "strings"

// accents maps plain letters to look-alikes that people can still read.
var accents = strings.NewReplacer(
	"a", "á", "b", "ƀ", "c", "ç", "d", "ð", "e", "é", "g", "ĝ", "h", "ĥ", "i", "í", "j", "ĵ", "k", "ķ",
	"l", "ļ", "n", "ñ", "o", "ö", "p", "þ", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "w", "ŵ", "y", "ý", "z", "ž",
	"A", "Å", "B", "Ɓ", "C", "Ç", "D", "Ð", "E", "É", "G", "Ĝ", "H", "Ĥ", "I", "Î", "K", "Ķ", "L", "Ļ", "N", "Ñ",
	"O", "Ö", "P", "Þ", "R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "W", "Ŵ", "Y", "Ý", "Z", "Ž",
)

// pseudoCatalogue turns English into text that can't come from anywhere but a
// catalogue: accented, bracketed and about 40 % longer, placeholders kept.
func pseudoCatalogue(english catalogue) catalogue {
	c := make(catalogue, len(english))
	for key, m := range english {
		c[key] = pseudo(m)
	}
	return c
}

func pseudo(m message) message {
	end := strings.Repeat("~", (len(m.text)*4+9)/10) + "]"
	if m.parts == nil {
		return message{text: "[" + accents.Replace(m.text) + end}
	}
	parts := make([]part, len(m.parts))
	for i, p := range m.parts {
		parts[i] = part{accents.Replace(p.literal), p.name}
	}
	parts[0].literal = "[" + parts[0].literal
	parts[len(parts)-1].literal += end
	var text strings.Builder
	for _, p := range parts {
		text.WriteString(p.literal)
		if p.name != "" {
			text.WriteString("{" + p.name + "}")
		}
	}
	return message{text: text.String(), parts: parts}
}
