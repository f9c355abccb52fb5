//go:build browser

package browsertest_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"ecms/portal/internal/document/specimen"
	"ecms/portal/web/webtest/journey"
)

// hand is a reader at work, who counts what it takes: fields typed or chosen, each
// once however often it is mended, and presses. A tick is neither.
type hand struct {
	*tab
	fields  map[string]bool
	presses int // that led on
	refused int // that were answered with what is wrong
}

func handOf(b *tab) *hand { return &hand{tab: b, fields: map[string]bool{}} }

// types fills a field.
func (h *hand) types(name, text string) {
	h.t.Helper()
	h.fill(name, text)
	h.fields[name] = true
}

// shows chooses a picture.
func (h *hand) shows(name string, picture []byte) {
	h.t.Helper()
	path := filepath.Join(h.t.TempDir(), name+".jpg")
	if err := os.WriteFile(path, picture, 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.do(chromedp.SetUploadFiles(chromedp.CSS("#"+name), []string{path}))
	h.fields[name] = true
}

func (h *hand) ticks(names ...string) {
	h.t.Helper()
	for _, name := range names {
		h.do(chromedp.Click(chromedp.CSS("#" + name)))
		if !ask[bool](h.tab, "document.getElementById('"+name+"').checked") {
			h.fail("%s: a click does not tick %s", h.location(), name)
		}
	}
}

// sends presses a button that leads on.
func (h *hand) sends(selector string) {
	h.t.Helper()
	h.press(selector)
	h.sound()
	if got := h.status(); got != 200 {
		h.fail("%s: got status %d", h.location(), got)
	}
	h.presses++
}

// stopped presses a button and wants to hear what is wrong with some fields: each is
// named in the summary, and all others stand as they were, but for those that went.
func (h *hand) stopped(selector string, wrong []string, gone ...string) {
	h.t.Helper()
	before := h.written()
	h.press(selector)
	h.sound()
	h.refused++
	if got := h.status(); got != 422 {
		h.fail("%s: got status %d, want 422", h.location(), got)
	}
	after := h.written()
	for name, text := range before {
		if slices.Contains(gone, name) {
			text = ""
		}
		if after[name] != text {
			h.t.Errorf("%s: after an error %s holds %q, want %q", h.location(), name, after[name], text)
		}
	}
	for _, name := range wrong {
		h.do(chromedp.Click(chromedp.CSS(`.errors a[href="#` + name + `"]`)))
		if at := ask[string](h.tab, "document.activeElement.id"); at != name {
			h.t.Errorf("%s: the summary leads to %q, want %q", h.location(), at, name)
		}
		if said := ask[string](h.tab, "document.getElementById('"+name+"').closest('.field').querySelector('.error')?.innerText ?? ''"); said == "" {
			h.t.Errorf("%s: nothing beside %s says what is wrong", h.location(), name)
		}
	}
	if told := ask[int](h.tab, "document.querySelectorAll('.errors li').length"); told != len(wrong) {
		h.t.Errorf("%s: %d things are wrong, want %v", h.location(), told, wrong)
	}
}

// written is what stands in the page's fields and boxes.
func (h *hand) written() map[string]string {
	h.t.Helper()
	return ask[map[string]string](h.tab, `Object.fromEntries([...document.querySelectorAll("main form :is(input,select,textarea):not([type=file],[type=hidden])")]
		.map(e => [e.name, e.type === "checkbox" ? String(e.checked) : e.value]))`)
}

// cost holds what was counted to what the way may cost.
func (h *hand) cost(fields, presses, refused int) {
	h.t.Helper()
	if len(h.fields) != fields || h.presses != presses || h.refused != refused {
		h.t.Errorf("it took %d fields %v, %d presses and %d that were refused; want %d, %d and %d",
			len(h.fields), slices.Sorted(maps.Keys(h.fields)), h.presses, h.refused, fields, presses, refused)
	}
	h.t.Logf("%d fields, %d presses, %d refused", len(h.fields), h.presses, h.refused)
}

// shown wants so many pictures on the page, each of which the browser could read.
func (h *hand) shown(n int) {
	h.t.Helper()
	seen := ask[[]int](h.tab, `Promise.all([...document.querySelectorAll("figure.shown img")].map(async i => { i.loading = "eager"; await i.decode(); return i.naturalWidth }))`)
	if len(seen) != n || slices.Contains(seen, 0) {
		h.fail("%s shows pictures of widths %v, want %d of them", h.location(), seen, n)
	}
}

// opens follows the link of the mail and answers its question, wrongly at first.
// What this takes is not counted.
func (h *hand) opens(link string, c journey.Consignee) {
	h.t.Helper()
	wrong := "0000"
	if c.Fact() == wrong {
		wrong = "1111"
	}
	h.turn(link)
	h.sees(c.Waybill)
	h.seesNot(c.Name)
	h.fill("phone_last4", wrong)
	h.submit("")
	h.tab.refused("phone_last4", wrong)
	h.fill("phone_last4", c.Fact())
	h.submit("")
	h.at(path(c, "/id/person"))
	h.seesNot(c.Phone)
}

func path(c journey.Consignee, rest string) string { return "/parcels/" + c.Waybill + rest }

// formAt selects the button of the form that is sent to an address.
func formAt(rest string) string { return `form[action$="` + rest + `"] button[type=submit]` }

// card is a picture of a card that is nobody's; tiny is one in which nobody could
// read a number.
func card(seed uint64) []byte { return specimen.JPEG(specimen.Card(1200, 800, seed)) }
func tiny() []byte            { return specimen.JPEG(specimen.Card(180, 120, 1)) }

// A counter that counts wrongly proves nothing.
func TestHandCounts(t *testing.T) {
	b := openTab(t, look{width: 320})
	b.visit(site.url+"/en/login", 200)
	h := handOf(b)
	h.types("email", "nobody at home")
	h.types("email", "nobody at all")
	h.stopped(formAt("/login"), []string{"password"})
	h.sends(`main a[href$="/login/link"]`)
	if len(h.fields) != 1 || h.presses != 1 || h.refused != 1 {
		t.Errorf("counted %v, %d and %d", h.fields, h.presses, h.refused)
	}
}
