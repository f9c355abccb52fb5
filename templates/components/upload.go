package components

import "github.com/a-h/templ"

// Upload asks for one picture by a control of its own: several at once, or a
// forced camera, fail in browsers inside other apps. Its ids follow from Name,
// as those of a Field do.
type Upload struct {
	Name, Label, Hint, Error string
	// Drawing shows what a good picture shows, until one is kept.
	Drawing templ.Component
	// Kept is the picture that is there already; its URL is empty when none is.
	Kept Picture
	// Replace are the words that open the control beside a kept picture.
	Replace string
}

// Picture is a picture to show, with what it shows in words.
type Picture struct {
	URL, Words string
	// Note stands below it; Lang is the language of the note where it is not the page's.
	Note, Lang string
	// Width and Height are in pixels, so that the page does not jump.
	Width, Height int
}

// Group is one question with several short controls in a row, such as a day. Its
// ids follow from Name; the parts have labels and names of their own.
type Group struct {
	Name, Legend, Hint, Error string
	Parts                     []Field
}

// field stands for the group where hint and error are named.
func (g Group) field() Field { return Field{Name: g.Name, Hint: g.Hint, Error: g.Error} }
