package pages

import (
	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// faqStates lists every state of the pages with questions and answers.
func faqStates(l *locale.Locale) []components.State {
	book := faq.Load(l.Language())
	facts := faq.Facts{
		MaxWeightLb: "44", MaxWeightKg: "20", MaxSideIn: "59", MaxSideCm: "150", ClaimDays: 30, DutyDays: 30, SilentDays: 30,
		UnlockHours: 2, NumbersMax: 40, Destinations: []string{"CN", "HK", "PH"}, IDCountries: []string{"CN", "KR", "TW"},
		IDDays: 14, IDKeptDays: 30, IDUnusedDays: 365,
	}
	query := book.Questions()[0].Title
	answer := func(id string) AnswerPage {
		q, _ := book.Find(id)
		return AnswerPage{Question: q, Related: book.RelatedTo(q), Facts: facts}
	}
	from := func(id string, track TrackPage) AnswerPage {
		p := answer(id)
		p.Track, p.Number = &track, string(track.Parcel.Waybill)
		return p
	}
	lost, thanked, failed, borrowed := answer("4.14"), answer("4.14"), answer("2.2"), answer("1.7")
	lost.Lost, thanked.Thanks = true, true
	failed.Vote.Comment, failed.Problems = "?", wrong("useful", "faq.useful.missing")
	borrowed.Question.Language = locale.English
	if l.Language() == locale.English {
		borrowed.Question.Language = locale.Korean
	}
	var duty, unlocked TrackPage
	for _, s := range samples() {
		switch s.name {
		case "duty":
			duty = s.page
		case "unlocked":
			unlocked = s.page
		}
	}
	return []components.State{
		state("faq", FAQ(FAQPage{Book: book, Facts: facts})),
		state("faq found", FAQ(FAQPage{Book: book, Facts: facts, Query: query, Hits: book.Search(query)})),
		state("faq nothing found", FAQ(FAQPage{Book: book, Facts: facts, Query: "xyz"})),
		state("answer", Answer(answer("2.6"))),
		state("answer with duty", Answer(from("4.6", duty))),
		state("answer with what is awaited", Answer(from("4.4", duty))),
		state("answer with measures", Answer(from("3.1", unlocked))),
		state("answer with a last day", Answer(from("4.14", unlocked))),
		state("answer without its parcel", Answer(lost)),
		state("answer voted on", Answer(thanked)),
		state("answer error", Answer(failed)),
		state("answer in another language", Answer(borrowed)),
	}
}
