package locale

import "strings"

// Status is a short line for an event of the timeline by its subtag, such as
// "InTransit_006". A subtag without words of its own gets those of its tag, and
// an empty one an honest general line.
func (l *Locale) Status(subtag string) string {
	if text, ok := l.subtags[subtag]; ok {
		return text
	}
	tag, _, _ := strings.Cut(subtag, "_")
	if text, ok := l.tags[tag]; ok {
		return text
	}
	return l.subtags["unknown"]
}

// Tag is the word for one of the nine main statuses.
func (l *Locale) Tag(tag string) string {
	if text, ok := l.tags[tag]; ok {
		return text
	}
	return l.subtags["unknown"]
}

// Customs is a short line for a customs state, such as "awaiting_duty"; empty
// for a state that is none.
func (l *Locale) Customs(state string) string { return l.customs[state] }

// StatusSentence is the one sentence on top of a parcel's page for its subtag.
// Country is where the deciding checkpoint was, destination where the parcel goes
// (ISO 3166-1 alpha-2); an empty country is taken to be the destination.
func (l *Locale) StatusSentence(subtag, country, destination string) string {
	m, ok := l.headlines[subtag]
	if !ok {
		tag, _, _ := strings.Cut(subtag, "_")
		if m, ok = l.headlines[tag]; !ok {
			m = l.headlines["unknown"]
		}
	}
	if country == "" {
		country = destination
	}
	return m.render([]string{"country", l.InCountry(country), "destination", l.InCountry(destination)})
}

// CustomsSentence is the one sentence on top of a parcel's page while customs
// decides what happens next; empty for a state that is none. Country is the
// destination (ISO 3166-1 alpha-2).
func (l *Locale) CustomsSentence(state, country string) string {
	m, ok := l.customsTop[state]
	if !ok {
		return ""
	}
	return m.render([]string{"country", l.InCountry(country)})
}
