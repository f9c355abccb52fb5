package golden

import (
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Check holds what is true of any piece of our HTML: tags nest, ids are unique,
// labels and descriptions point at something, nothing is inline that the
// content security policy forbids, and no message is left unfilled.
func Check(t testing.TB, name, markup string) {
	t.Helper()
	c := checker{ids: map[string]int{}}
	if err := c.read(markup); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	for id, n := range c.ids {
		if n > 1 {
			t.Errorf("%s: id %q stands %d times", name, id, n)
		}
	}
	for _, ref := range c.references {
		if c.ids[ref] == 0 {
			t.Errorf("%s: nothing has the id %q that is referred to", name, ref)
		}
	}
	for _, id := range c.controls {
		if !slices.Contains(c.labelled, id) {
			t.Errorf("%s: control %q has no label", name, id)
		}
	}
	for _, wrong := range c.wrong {
		t.Errorf("%s: %s", name, wrong)
	}
}

// Headings counts the h1 of a page.
func Headings(markup string) int { return strings.Count(markup, "<h1") }

type checker struct {
	open                           []string
	ids                            map[string]int
	references, labelled, controls []string
	wrong                          []string
}

// void lists the elements that have no end tag and stand in our pages.
var void = []string{"meta", "link", "input", "br", "img"}

func (c *checker) read(markup string) error {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				return z.Err()
			}
			if len(c.open) > 0 {
				c.wrong = append(c.wrong, "left open: "+strings.Join(c.open, " "))
			}
			return nil
		case html.TextToken:
			if text := string(z.Text()); strings.Contains(text, "{") {
				c.wrong = append(c.wrong, "unfilled message: "+text)
			}
		case html.StartTagToken:
			token := z.Token()
			c.attributes(token)
			if !slices.Contains(void, token.Data) {
				c.open = append(c.open, token.Data)
			}
		case html.SelfClosingTagToken:
			c.attributes(z.Token())
		case html.EndTagToken:
			tag := z.Token().Data
			if len(c.open) == 0 || c.open[len(c.open)-1] != tag {
				c.wrong = append(c.wrong, "</"+tag+"> closes "+strings.Join(c.open, " "))
				continue
			}
			c.open = c.open[:len(c.open)-1]
		}
	}
}

func (c *checker) attributes(t html.Token) {
	id, hidden := "", false
	for _, a := range t.Attr {
		switch {
		case a.Key == "id":
			id = a.Val
			c.ids[a.Val]++
		case a.Key == "for":
			c.labelled = append(c.labelled, a.Val)
			c.references = append(c.references, a.Val)
		case a.Key == "aria-labelledby", a.Key == "aria-describedby":
			c.references = append(c.references, strings.Fields(a.Val)...)
		case a.Key == "style", strings.HasPrefix(a.Key, "on"):
			c.wrong = append(c.wrong, "inline "+a.Key)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#") && len(a.Val) > 1:
			c.references = append(c.references, a.Val[1:])
		case a.Key == "type" && a.Val == "hidden":
			hidden = true
		}
	}
	switch t.Data {
	case "input", "select", "textarea":
		if !hidden {
			c.controls = append(c.controls, id)
		}
	case "style":
		c.wrong = append(c.wrong, "inline style sheet")
	}
}
