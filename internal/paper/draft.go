package paper

import "strconv"

// The measures of a page in points: A4.
const (
	pageWidth, pageHeight = 595, 842
	left, right           = 56, pageWidth - 56
	top, bottom           = pageHeight - 52, 84
	nameWidth             = 160
	valueAt               = left + nameWidth + 16
)

// The sizes of letters.
const (
	textSize  = 10.5
	headSize  = 12.5
	titleSize = 21
	smallSize = 8.5
	leading   = textSize * 1.5
)

// The colours, as PDF's operators take them: ink, softer ink, a rule, and the
// accent of the portal's pages.
const (
	ink    = "0.08 0.13 0.17 rg\n"
	soft   = "0.29 0.34 0.39 rg\n"
	accent = "0.04 0.31 0.42 rg 0.04 0.31 0.42 RG\n"
	hair   = "0.80 0.82 0.85 RG 0.6 w\n"
)

// draft is a paper that is being laid out.
type draft struct {
	plain, bold *letters
	pages       [][]byte
	y           float64 // where the next line's top is
}

// turn begins a page.
func (d *draft) turn() { d.pages, d.y = append(d.pages, nil), top }

// room turns the page when so much does not fit any more.
func (d *draft) room(height float64) {
	if d.y-height < bottom {
		d.turn()
	}
}

func (d *draft) page() *[]byte { return &d.pages[len(d.pages)-1] }

func (d *draft) add(operators string) { *d.page() = append(*d.page(), operators...) }

// text writes one line that stands on y.
func (d *draft) text(s *letters, x, y, size float64, text, colour string) {
	out := append(*d.page(), colour...)
	out = numbers(append(out, "BT "...), "Td", x, y)
	*d.page() = append(s.show(out, text, size), "ET\n"...)
}

// line draws a rule across the page.
func (d *draft) line(from, y, to float64) {
	out := numbers(append(*d.page(), hair...), "m", from, y)
	*d.page() = append(numbers(out, "l", to, y), "S\n"...)
}

// head is who gives the paper, what it is and where the matter stands.
func (d *draft) head(s Sheet) {
	d.text(d.bold, left, d.y-headSize, headSize, s.From, accent)
	d.add(accent)
	*d.page() = append(numbers(numbers(append(*d.page(), "1.6 w "...), "m", left, d.y-24), "l", right, d.y-24), "S\n"...)
	d.y -= 52
	for _, line := range d.bold.wrap(s.Title, titleSize, right-left) {
		d.text(d.bold, left, d.y-titleSize*0.8, titleSize, line, ink)
		d.y -= titleSize * 1.35
	}
	d.y -= 8
	if s.Stamp == "" {
		return
	}
	wide := d.bold.width(s.Stamp, textSize) + 20
	*d.page() = append(numbers(append(append(*d.page(), accent...), "1.1 w "...), "re", left+0.5, d.y-20, wide, 20), "S\n"...)
	d.text(d.bold, left+10.5, d.y-20+6.4, textSize, s.Stamp, accent)
	d.y -= 34
}

// section sets names in one column and values in another, with a rule between facts.
func (d *draft) section(s Section) {
	d.room(headSize*2 + textSize*4)
	d.y -= 8
	for _, line := range d.bold.wrap(s.Title, headSize, right-left) {
		d.text(d.bold, left, d.y-headSize, headSize, line, ink)
		d.y -= headSize * 1.4
	}
	d.y -= 4
	for _, fact := range s.Facts {
		names := d.plain.wrap(fact.Name, textSize, nameWidth)
		var values, notes []string
		for _, value := range fact.Values {
			values = append(values, d.plain.wrap(value, textSize, right-valueAt)...)
		}
		if fact.Note != "" {
			notes = d.plain.wrap(fact.Note, smallSize, right-valueAt)
		}
		height := leading*float64(max(len(names), len(values)+len(notes))) + 8
		d.room(height)
		d.line(left, d.y, right)
		for i, line := range names {
			d.text(d.plain, left, d.y-4-textSize-leading*float64(i), textSize, line, soft)
		}
		for i, line := range values {
			d.text(d.plain, valueAt, d.y-4-textSize-leading*float64(i), textSize, line, ink)
		}
		for i, line := range notes {
			d.text(d.plain, valueAt, d.y-4-textSize-leading*float64(i+len(values)), smallSize, line, soft)
		}
		d.y -= height
	}
	d.line(left, d.y, right)
	d.y -= 12
}

// paragraph sets a note.
func (d *draft) paragraph(text string) {
	lines := d.plain.wrap(text, smallSize, right-left)
	d.room(float64(len(lines)) * smallSize * 1.55)
	for _, line := range lines {
		d.text(d.plain, left, d.y-smallSize, smallSize, line, soft)
		d.y -= smallSize * 1.55
	}
	d.y -= 5
}

// feet writes the foot and the number of each page.
func (d *draft) feet(foot string) {
	all := d.pages
	for i := range all {
		d.pages = all[:i+1]
		count := strconv.Itoa(i+1) + " / " + strconv.Itoa(len(all))
		d.line(left, 58, right)
		d.text(d.plain, left, 44, smallSize, foot, soft)
		d.text(d.plain, right-d.plain.width(count, smallSize), 44, smallSize, count, soft)
	}
	d.pages = all
}
