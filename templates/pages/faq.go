package pages

import (
	"net/url"
	"strings"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/templates/components"
	"ecms/portal/templates/layouts"
)

// FAQPage is the list of questions, or what a search among them found.
type FAQPage struct {
	Book  *faq.Book
	Facts faq.Facts
	// Query is what was searched for; empty when nothing was.
	Query string
	Hits  []faq.Hit
	// Number is the parcel from which the questions were opened; may be empty.
	Number string
}

// AnswerPage is one question with its answer.
type AnswerPage struct {
	Question faq.Question
	Related  []faq.Question
	Facts    faq.Facts
	// Number is the parcel from which the question was opened; may be empty.
	Number string
	// Track is that parcel, when the answer has a clock or a measure of it to show.
	Track *TrackPage
	// Lost tells that the number of a parcel leads to none.
	Lost bool
	// Thanks tells that a vote has just been kept.
	Thanks   bool
	Vote     VoteForm
	Problems fault.Invalid
}

// VoteForm is what POST /faq/{q}/feedback takes.
type VoteForm struct {
	Useful  string `form:"useful"` // yes or no
	Comment string `form:"comment"`
	Parcel  string `form:"parcel"`
}

// AddressOfAnswer is where an answer stands, opened from a parcel when number is
// not empty.
func AddressOfAnswer(id, number string) string { return "/faq/" + id + parcelQuery(number) }

func parcelQuery(number string) string {
	if number == "" {
		return ""
	}
	return "?parcel=" + url.QueryEscape(number)
}

// leads gives the addresses of an answer's links. Opened from a parcel, other
// answers stay with that parcel, and the first page is the parcel's own.
func leads(s layouts.Shell, number string) func(path string) string {
	return func(path string) string {
		switch {
		case number != "" && path == "/":
			return address(s, number)
		case strings.HasPrefix(path, "/faq"):
			return s.URL(path + parcelQuery(number))
		}
		return s.URL(path)
	}
}

// snippet is the beginning of an answer as plain text: its first paragraph, with
// the list that a colon at its end announces.
func snippet(q faq.Question, f faq.Facts) string {
	blocks := q.Filled(f)
	first := strings.TrimSpace(prose.Text(blocks[:1]))
	if len(blocks) > 1 && (strings.HasSuffix(first, ":") || strings.HasSuffix(first, "：")) {
		first += " " + strings.ReplaceAll(strings.TrimSpace(prose.Text(blocks[1:2])), "\n", " ")
	}
	return first
}

// lent tells that a text is in another language than the page.
func lent(l *locale.Locale, q faq.Question) bool {
	return q.Language != l.Language() && l.Language() != locale.Pseudo
}

func queryField(l *locale.Locale, query string) components.Field {
	return components.Field{Name: "q", Label: l.T("faq.query"), Hint: l.T("faq.query.hint"), Value: query, Max: 200, Autocomplete: "off"}
}

func commentField(l *locale.Locale, p *AnswerPage) components.Field {
	return components.Field{
		Name: "comment", Label: l.T("faq.comment"), Hint: l.T("faq.comment.hint"), Value: p.Vote.Comment,
		Error: problemText(l, p.Problems, "comment"), Max: faq.LongestComment, Rows: 2, Autocomplete: "off",
	}
}
