package components

import (
	"slices"

	"ecms/portal/internal/locale"
)

func timelineStates(l *locale.Locale) []State {
	city := l.Zone("Asia/Shanghai")
	moving := Timeline{Clocks: l.T("timeline.clocks.destination", "city", city), Events: []Event{
		{
			Day: l.Day("2026-03-03"), Instant: "2026-03-03T14:05+08:00", Time: "14:05 " + l.Offset(480), Other: city + " 14:05",
			What: l.Status("InTransit_004"), Where: l.T("timeline.where", "place", "PVG", "country", l.Country("CN")),
		},
		{
			Day: l.Day("2026-03-02"), Instant: "2026-03-02T20:40-08:00", Time: "20:40 " + l.Offset(-480),
			Other: city + " " + l.T("timeline.next_day", "time", "12:40"), What: l.Status("InTransit_007"), Where: l.Country("US"),
		},
		{
			Instant: "2026-03-02T09:12-08:00", Time: "09:12 " + l.Offset(-480), Other: city + " " + l.T("timeline.next_day", "time", "01:12"),
			What: l.Status(""),
		},
	}}
	unlocked := moving
	unlocked.Events = append([]Event(nil), moving.Events...)
	for i, raw := range []string{"LND Arrived at PVG <flight MU578>", "UPL", "X9 消息"} {
		unlocked.Events[i].Raw = raw
	}
	folded := moving
	folded.Earlier = l.N("timeline.earlier", 4)
	folded.Events = slices.Concat(moving.Events, moving.Events, moving.Events[2:])
	return []State{
		{"timeline", "empty", History(Timeline{})},
		{"timeline", "public", History(moving)},
		{"timeline", "unlocked", History(unlocked)},
		{"timeline", "many events", History(folded)},
	}
}

func factStates(l *locale.Locale) []State {
	number := Fact{Name: l.T("lastmile.number"), Value: "SF1234567890123", Note: l.T("lastmile.note"), Code: true}
	piece := Fact{Name: l.T("pieces.this"), Value: l.T("pieces.of", "n", "1", "of", "2")}
	locked := piece
	locked.Note = l.T("pieces.locked")
	return []State{
		{"facts", "local carrier", Facts(l.T("lastmile.title"), []Fact{{Name: l.T("lastmile.carrier"), Value: "SF"}, number})},
		{"facts", "pieces, locked", Facts(l.T("pieces.title"), []Fact{locked})},
		{"facts", "pieces, unlocked", Facts(l.T("pieces.title"), []Fact{
			piece, {Name: l.T("pieces.other"), Value: "EC 0001 0001 000E", Href: "#"},
		})},
		{"facts", "party", Facts(l.T("party.consignee"), []Fact{
			{Name: l.T("party.name"), Value: "王小明"}, {Name: l.T("party.phone"), Value: "138****5678"},
			{Name: l.T("party.email"), Value: "w***@example.com"},
		})},
	}
}

func fieldStates(l *locale.Locale) []State {
	text := Field{
		Name: "postcode", Label: l.T("unlock.postcode"), Hint: l.T("unlock.postcode.hint"),
		Autocomplete: "postal-code", Max: 20, Short: true,
	}
	filled, wrong := text, text
	filled.Value = "200120"
	wrong.Value, wrong.Error = "200-120!", l.T("unlock.postcode.form")
	plain := Field{Name: "numbers", Label: l.T("home.numbers"), Rows: 1}
	many := plain
	many.Rows, many.Value = 4, "EC7K3M9QTR2XW5\nRB123456785SG\n<b>&\"quoted\"</b>"
	bare := plain
	bare.Error = l.T("track.numbers.empty")
	return []State{
		{"field", "empty", Question(text)},
		{"field", "filled", Question(filled)},
		{"field", "in error", Question(wrong)},
		{"field", "several lines, without a hint", Question(plain)},
		{"field", "several lines, filled", Question(many)},
		{"field", "several lines, in error", Question(bare)},
		{"errors", "one", linked([]ErrorLine{{"postcode", wrong.Error}}, wrong)},
		{"errors", "two", linked([]ErrorLine{{"postcode", wrong.Error}, {"numbers", bare.Error}}, wrong, bare)},
	}
}

func stampStates(l *locale.Locale) []State {
	return []State{
		{"stamp", "moving", Stamp(l.Tag("InTransit"), ToneMoving)},
		{"stamp", "waiting", Stamp(l.T("stamp.waiting"), ToneWait)},
		{"stamp", "delivered", Stamp(l.Tag("Delivered"), ToneDone)},
		{"stamp", "going back", Stamp(l.T("stamp.returning"), ToneStop)},
	}
}

func buttonStates(l *locale.Locale) []State {
	return []State{
		{"button", "main", Button(l.T("home.button"), false)},
		{"button", "quiet", Button(l.T("unlock.button"), true)},
	}
}

func listStates(l *locale.Locale) []State {
	row := ParcelRow{
		Number: "EC 7K3M 9QTR 2XW5", Href: "#", Tag: l.Tag("InTransit"), Tone: ToneMoving,
		Sentence: l.StatusSentence("InTransit_004", "CN", "CN"), Expected: l.Range("2026-03-03", "2026-03-06"),
		Updated: l.T("track.updated", "when", l.Day("2026-03-03")+" 14:05", "offset", l.Offset(480)),
	}
	row.Nothing = l.T("list.nothing")
	held := row
	held.Tag, held.Tone, held.Needed = l.T("stamp.waiting"), ToneWait, l.T("need.id.task")
	held.Sentence = l.CustomsSentence("awaiting_id", "CN")
	gone := row
	gone.Number, gone.Tag, gone.Tone, gone.Expected = "EC 0001 0001 000E", l.Tag("Delivered"), ToneDone, ""
	gone.Sentence = l.StatusSentence("Delivered_001", "CN", "CN")
	return []State{
		{"list", "three", Parcels([]ParcelRow{held, row, gone})},
		{"list", "one", Parcels([]ParcelRow{row})},
		{"empty", "with a next step", Empty(l.T("timeline.empty"), l.T("timeline.empty.next"))},
		{"empty", "plain", Empty(l.T("timeline.empty"), "")},
		{"label", "only", LabelPicture()},
		{"reference", "only", Reference(l.T("failure.id"), "k3x9mq2w", l.T("failure.id.note"))},
	}
}
