package components

// Choice is a question with a few given answers. Its ids follow from Name, as
// those of a Field do.
type Choice struct {
	Name, Label, Hint, Error string
	// Chosen is the value of the answer that stands there when the page opens.
	Chosen  string
	Options []Option
}

// Option is one answer: what is sent, what is read, and the language it is
// written in where that is not the page's.
type Option struct{ Value, Words, Lang string }

// Tick is a box to tick. Its ids follow from Name.
type Tick struct {
	Name, Label, Error string
	Ticked             bool
}
