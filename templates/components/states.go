package components

import (
	"slices"

	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
)

// State is one state of one component, as golden tests, gallery and browser
// check see it.
type State struct {
	// Component and Name together name the state: "needed", "last day".
	Component, Name string
	Body            templ.Component
}

// States lists every state of every component, in the words of a language.
func States(l *locale.Locale) []State {
	return slices.Concat(
		waybillStates(l), neededStates(l), timelineStates(l), progressStates(l),
		expectedStates(l), factStates(l), fieldStates(l), formStates(l), uploadStates(l), buttonStates(l), stampStates(l), listStates(l), proseStates(),
	)
}

// Names lists the components that have states, each once, in order.
func Names() []string {
	var names []string
	for _, s := range States(locale.For(locale.English)) {
		names = append(names, s.Component)
	}
	return slices.Compact(names)
}

func waybillStates(l *locale.Locale) []State {
	head := func(sub, country string, tone Tone, mark int) WaybillHead {
		return WaybillHead{
			Number: "EC 7K3M 9QTR 2XW5", Copy: "EC7K3M9QTR2XW5", Sentence: l.StatusSentence(sub, country, "CN"),
			Tag: l.Tag(tagOf(sub)), Tone: tone, From: l.Country("US"), To: l.Country("CN"), Mark: mark,
			Updated: l.T("track.updated", "when", l.Day("2026-03-03")+" 14:05", "offset", l.Offset(480)),
		}
	}
	announced := head("InfoReceived_001", "", ToneWait, -1)
	announced.Updated = ""
	back := head("Exception_010", "CN", ToneStop, 3)
	back.Tag = l.T("stamp.returning")
	other := head("InTransit_003", "SG", ToneMoving, 1)
	other.Number, other.Copy, other.To = "RB 123 456 785 SG", "RB123456785SG", l.Country("SG")
	open := head("OutForDelivery_001", "CN", ToneMoving, 4)
	open.More, open.MoreID = l.T("track.details"), "details"
	long := head("InTransit_001", "US", ToneMoving, 1)
	long.Number = "ORDER-2026/000123456789.ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"
	long.Copy = long.Number
	return []State{
		{"waybill", "announced", Waybill(announced)},
		{"waybill", "moving", Waybill(head("InTransit_004", "CN", ToneMoving, 2))},
		{"waybill", "delivered", Waybill(head("Delivered_003", "CN", ToneDone, 5))},
		{"waybill", "going back", Waybill(back)},
		{"waybill", "unlocked", opened(open, []Fact{{Name: l.T("parcel.order"), Value: "A-2026-118820"}})},
		{"waybill", "another carrier's number", Waybill(other)},
		{"waybill", "a long number", Waybill(long)},
	}
}

func tagOf(subtag string) string {
	for i := range len(subtag) {
		if subtag[i] == '_' {
			return subtag[:i]
		}
	}
	return subtag
}

func neededStates(l *locale.Locale) []State {
	task := func(kind string, due string, days int) NeededTask {
		t := NeededTask{
			Task: l.T("need." + kind + ".task"), Why: l.T("need." + kind + ".why"),
			Missed: l.T("need." + kind + ".missed"), Where: l.T("need." + kind + ".where"),
			Deadline: Deadline{Day: due, Days: days, Rule: l.T("need." + kind + ".rule")},
		}
		if due == "" {
			t.NoDeadline = l.T("needed.no_day")
		}
		return t
	}
	button := task("duty", "2026-04-02", 30)
	button.Where, button.Action, button.Href = "", l.T("need.duty.task"), "#"
	one := func(t NeededTask) templ.Component { return Needed([]NeededTask{t}, "") }
	return []State{
		{"needed", "nothing", Needed(nil, l.T("needed.nothing"))},
		{"needed", "no day set", one(task("id", "", 0))},
		{"needed", "days left", one(task("duty", "2026-04-02", 12))},
		{"needed", "one day left", one(task("duty", "2026-04-02", 1))},
		{"needed", "last day", one(task("duty", "2026-04-02", 0))},
		{"needed", "over", one(task("duty", "2026-04-02", -3))},
		{"needed", "with a button", one(button)},
		{"needed", "two tasks", Needed([]NeededTask{task("invoice", "", 0), task("duty", "2026-04-02", 12)}, "")},
	}
}

func progressStates(l *locale.Locale) []State {
	steps := func(states ...StepState) templ.Component {
		names := []string{
			l.T("progress.accepted"), l.T("progress.left", "country", l.InCountry("US")),
			l.T("progress.arrived", "country", l.InCountry("CN")), l.T("progress.customs"),
			l.T("progress.delivery"), l.T("progress.delivered"),
		}
		list := make([]Step, len(states))
		for i, s := range states {
			list[i] = Step{names[i], s}
			if s == StepStop {
				list[i].Name = l.T("stamp.returning")
			}
		}
		return Progress(list)
	}
	return []State{
		{"progress", "not begun", steps(StepNext, StepNext, StepNext, StepNext, StepNext, StepNext)},
		{"progress", "in customs", steps(StepDone, StepDone, StepDone, StepNow, StepNext, StepNext)},
		{"progress", "delivered", steps(StepDone, StepDone, StepDone, StepDone, StepDone, StepDone)},
		{"progress", "going back", steps(StepDone, StepDone, StepDone, StepStop)},
	}
}

func expectedStates(l *locale.Locale) []State {
	title, basis := l.T("expected.title"), l.T("expected.basis.promise")
	return []State{
		{"expected", "promise passed", Expected(l.T("expected.title.passed"), l.Range("2026-03-03", "2026-03-06"), l.T("expected.basis.passed"))},
		{"expected", "range", Expected(title, l.Range("2026-03-03", "2026-03-06"), basis)},
		{"expected", "one day", Expected(title, l.Day("2026-03-03"), basis)},
	}
}
