package pages

import (
	"net/url"
	"strconv"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// StaffReturnsPage lists the parcels whose return was announced, the first first.
type StaffReturnsPage struct {
	Returns []customs.Return
	// All counts them, which may be more than are shown.
	All int
	// Before is how many stand on earlier pages, Next how many up to this one's end; 0
	// when nothing follows.
	Before, Next int
}

// returnsPath is the page of the list that follows so many parcels.
func returnsPath(skip int) string {
	if skip == 0 {
		return "/staff/ids/returns"
	}
	return "/staff/ids/returns?" + url.Values{"after": {strconv.Itoa(skip)}}.Encode()
}

// late says what has come since the last day.
func late(l *locale.Locale, s customs.State) string {
	if s == "" {
		s = "none"
	}
	return l.T("staff.returns.late." + string(s))
}

// letterLine says what became of a mail.
func letterLine(l *locale.Locale, t customs.Told) string {
	if t.EndedAt.IsZero() {
		return l.T("staff.letters.owed", "when", clockUTC(l, t.CreatedAt))
	}
	return l.T("staff.letters."+t.Ended, "when", clockUTC(l, t.EndedAt))
}

func sampleReturns() []customs.Return {
	at := sampleStart
	one := customs.Return{Request: customs.Request{
		Waybill: "EC7K3M9QTR2XW5", Country: "CN", AskedOn: "2026-02-14", DueOn: "2026-02-28", Reminded: 3, NoticeAt: at,
	}}
	two, three := one, one
	two.Waybill, two.Country, two.State, two.NoticeAt = "EC2ABCDEFGHJKM", "KR", customs.Review, at.Add(20*time.Hour)
	three.Waybill, three.Country, three.State = "EC9ZZZ8YYY7XXX", "TW", customs.Refused
	return []customs.Return{one, two, three}
}

func sampleLetters() []customs.Told {
	at := sampleStart
	return []customs.Told{
		{Kind: customs.LetterReturn, CreatedAt: at.Add(400 * time.Hour)},
		{Kind: customs.LetterReminder, CreatedAt: at.Add(200 * time.Hour), EndedAt: at.Add(201 * time.Hour), Ended: "moot"},
		{Kind: customs.LetterRefused, CreatedAt: at.Add(100 * time.Hour), EndedAt: at.Add(100 * time.Hour), Ended: "nobody"},
		{Kind: customs.LetterAsked, CreatedAt: at, EndedAt: at.Add(time.Minute), Ended: "sent"},
	}
}

// staffReturnStates lists every state of the list.
func staffReturnStates() []components.State {
	return []components.State{
		state("staff returns", StaffReturns(StaffReturnsPage{Returns: sampleReturns(), All: 120, Before: 50, Next: 53})),
		state("staff returns none", StaffReturns(StaffReturnsPage{})),
	}
}
