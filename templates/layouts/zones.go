package layouts

import (
	"html"
	"strings"
	"sync"

	"ecms/portal/internal/locale"
)

// zoneLists keeps the choices of the second clock by language: they stand on
// every page and never change.
var zoneLists = sync.OnceValue(func() map[locale.Language]string {
	lists := map[locale.Language]string{}
	for _, lang := range locale.Languages() {
		lists[lang] = zoneList(locale.For(lang))
	}
	return lists
})

func zoneList(l *locale.Locale) string {
	var b strings.Builder
	for _, z := range l.Zones() {
		b.WriteString(`<option value="` + html.EscapeString(z.Name) + `">` + html.EscapeString(z.City) + `</option>`)
	}
	return b.String()
}

// zoneOptions gives the choices with the chosen one marked; a chosen zone beyond
// the list is put in front.
func zoneOptions(l *locale.Locale, chosen string) string {
	list, ok := zoneLists()[l.Language()]
	if !ok {
		list = zoneList(l)
	}
	if chosen == "" {
		return list
	}
	value := `<option value="` + html.EscapeString(chosen) + `"`
	before, after, found := strings.Cut(list, value+`>`)
	if !found {
		return value + ` selected>` + html.EscapeString(l.Zone(chosen)) + `</option>` + list
	}
	return before + value + ` selected>` + after
}
