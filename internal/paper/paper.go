// Package paper writes papers that people keep: A4 pages in PDF that look alike
// on every machine and hold nothing but what they show. Their texts can be
// searched and copied in every language.
package paper

import (
	"fmt"
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/typeface"
)

// Sheet is what a paper shows.
type Sheet struct {
	Language locale.Language
	// From is who gives it, Title what it is, Stamp where the matter stands.
	From, Title, Stamp string
	// Foot is on every page beside its number, as is the waybill there.
	Foot     string
	Sections []Section
	// Notes stand below, small.
	Notes []string
}

// Section is a list of facts below a heading.
type Section struct {
	Title string
	Facts []Fact
}

// Fact is a name and what is to say of it, each value on a line of its own, with a
// word of help below.
type Fact struct {
	Name   string
	Values []string
	Note   string
}

// PDF writes the paper. The same sheet gives the same bytes.
func (s Sheet) PDF() ([]byte, error) {
	d := draft{plain: lettersOf(s.Language, typeface.Regular, "R"), bold: lettersOf(s.Language, typeface.Bold, "B")}
	d.turn()
	d.head(s)
	for _, section := range s.Sections {
		d.section(section)
	}
	d.y -= 8
	for _, note := range s.Notes {
		d.paragraph(note)
	}
	d.feet(s.Foot)
	return d.file(s)
}

// file puts the pages together.
func (d *draft) file(s Sheet) ([]byte, error) {
	f := &file{}
	root, tree := f.reserve(), f.reserve()
	plain, err := d.plain.embed(f)
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	bold, err := d.bold.embed(f)
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	fonts := f.add("<< /Font << %s%s>> >>", plain, bold)
	var kids strings.Builder
	for _, page := range d.pages {
		n := f.add("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Resources %d 0 R /Contents %d 0 R >>",
			tree, pageWidth, pageHeight, fonts, f.stream(page))
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	f.set(tree, "<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(d.pages))
	f.set(root, "<< /Type /Catalog /Pages %d 0 R /Lang (%s) /ViewerPreferences << /DisplayDocTitle true >> >>", tree, s.Language)
	return f.bytes(root, f.add("<< /Title %s >>", words(s.Title))), nil
}
