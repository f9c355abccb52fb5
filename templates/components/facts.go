package components

// Fact is one row of a list of facts: a name and what is known.
type Fact struct {
	Name, Value string
	// Note explains the value in a quiet line; Href makes a number a link.
	Note, Href string
	// Code marks a number that is set in one width and not translated.
	Code bool
}
