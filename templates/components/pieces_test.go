package components_test

import (
	"strconv"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func TestWaybillHeadShowsOnlyWhatIsKnown(t *testing.T) {
	t.Parallel()
	w := components.WaybillHead{Number: "EC 7K3M 9QTR 2XW5", Copy: "EC7K3M9QTR2XW5", Sentence: "Here.", Tag: "Moving", Tone: components.ToneMoving, From: "A", To: "B", Mark: 2}
	doc := read(t, golden.Render(t, components.Waybill(w), locale.English))
	if n := doc.Find(".soft, .more").Length(); n != 0 {
		t.Errorf("%d lines stand for what is not known", n)
	}
	if got := words(doc.Find("h1")); got != "Here." {
		t.Errorf("sentence %q", got)
	}
	button := doc.Find("button[data-copy]")
	if _, hidden := button.Attr("hidden"); !hidden || button.AttrOr("data-copy", "") != w.Copy {
		t.Errorf("copy button hidden %v, copies %q: without script it must not stand", hidden, button.AttrOr("data-copy", ""))
	}
	w.Updated, w.More, w.MoreID = "Yesterday", "Details", "details"
	doc = read(t, golden.Render(t, components.Waybill(w), locale.English))
	if got := words(doc.Find(".soft")); got != "Yesterday" {
		t.Errorf("latest event %q", got)
	}
	if a := doc.Find(".more a"); words(a) != "Details" || a.AttrOr("href", "") != "#details" {
		t.Errorf("leads by %q to %q", words(a), a.AttrOr("href", ""))
	}
}

// The mark goes from end to end in six steps and never leaves the line.
func TestRouteMarksWhereTheParcelIs(t *testing.T) {
	t.Parallel()
	last := -1
	for mark := -1; mark <= 5; mark++ {
		doc := read(t, golden.Render(t, components.Route("From", "To", mark), locale.Korean))
		here := doc.Find(".here").AttrOr("d", "")
		if mark < 0 {
			if here != "" || doc.Find(".gone").Length() != 0 {
				t.Errorf("a parcel that is nowhere yet is marked at %q", here)
			}
			continue
		}
		var at int
		for _, c := range here[1:] {
			if c < '0' || c > '9' {
				break
			}
			at = at*10 + int(c-'0')
		}
		if at <= last || at < 4 || at > 196 {
			t.Errorf("mark %d stands at %d after %d", mark, at, last)
		}
		if got, want := doc.Find(".gone").AttrOr("d", ""), "M4 8H"+strconv.Itoa(at); got != want {
			t.Errorf("mark %d: way gone %q, want %q", mark, got, want)
		}
		last = at
	}
	route := read(t, golden.Render(t, components.Route("From", "To", 2), locale.English)).Find(".route")
	if got := words(route); got != "From to To" {
		t.Errorf("the route reads %q without its drawing", got)
	}
}

func TestStepsSayTheirStateInWords(t *testing.T) {
	t.Parallel()
	states := []components.StepState{components.StepDone, components.StepNow, components.StepNext, components.StepStop}
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		var steps []components.Step
		for _, s := range states {
			steps = append(steps, components.Step{Name: "A & B", State: s})
		}
		doc := read(t, golden.Render(t, components.Progress(steps), lang))
		doc.Find("li").Each(func(i int, li *goquery.Selection) {
			key := "progress." + string(states[i])
			if got, want := words(li), "A & B "+l.T(key); got != want {
				t.Errorf("%s %s: reads %q, want %q", lang, states[i], got, want)
			}
			if current := li.AttrOr("aria-current", "") == "step"; current != (states[i] == components.StepNow) {
				t.Errorf("%s %s: is the current one: %v", lang, states[i], current)
			}
		})
		if n := doc.Find("li").Length(); n != len(states) {
			t.Errorf("%s: %d steps, want %d", lang, n, len(states))
		}
	}
}

func TestDeadlineCountsDaysInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for days := -40; days <= 40; days++ {
			doc := read(t, golden.Render(t, components.Due(components.Deadline{Day: "2026-04-02", Days: days, Rule: "Rule."}), lang))
			want := l.N("deadline.left", days)
			switch {
			case days == 0:
				want = l.T("deadline.today")
			case days < 0:
				want = l.N("deadline.over", -days)
			}
			if got := words(doc.Find(".left")); got != want {
				t.Errorf("%s, %d days: got %q, want %q", lang, days, got, want)
			}
			if over := doc.Find(".left.over").Length() == 1; over != (days < 0) {
				t.Errorf("%s, %d days: marked as over: %v", lang, days, over)
			}
			if got := words(doc.Find("details p")); got != "Rule." {
				t.Errorf("%s, %d days: rule %q", lang, days, got)
			}
		}
	}
	if n := read(t, golden.Render(t, components.Due(components.Deadline{Day: "2026-04-02"}), locale.English)).Find("details").Length(); n != 0 {
		t.Error("a rule is offered that nobody told")
	}
}

func TestFactsSetNumbersApart(t *testing.T) {
	t.Parallel()
	doc := read(t, golden.Render(t, components.Facts("Title", []components.Fact{
		{Name: "Plain", Value: "SF"}, {Name: "Number", Value: "SF139", Code: true, Note: "Note"}, {Name: "Piece", Value: "EC 0001", Href: "/track/EC0001"},
	}), locale.English))
	for i, want := range []struct{ code, note, href string }{{"", "", ""}, {"SF139", "Note", ""}, {"EC 0001", "", "/track/EC0001"}} {
		dd := doc.Find("dd").Eq(i)
		if got := words(dd.Find(`.code[translate="no"]`)); got != want.code {
			t.Errorf("row %d: number %q, want %q", i, got, want.code)
		}
		if got := words(dd.Find("small")); got != want.note {
			t.Errorf("row %d: note %q, want %q", i, got, want.note)
		}
		if got := dd.Find("a").AttrOr("href", ""); got != want.href {
			t.Errorf("row %d: leads to %q, want %q", i, got, want.href)
		}
	}
}
