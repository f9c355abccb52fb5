package faq

import (
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

// Question is one question of the carrier's with its answer, in one language.
type Question struct {
	// ID is the carrier's own number, "4.14". It never changes: it is the anchor on
	// the page and part of the address.
	ID string
	// Title is the question as a customer asks it.
	Title string
	// Words are further words by which it is searched for.
	Words []string
	// Answer still has its placeholders; Facts fill them.
	Answer []prose.Block
	// Related are the ids of questions that are often the next.
	Related []string
	// Checked is the day on which the answer was last held against the rules, "2006-01-02".
	Checked string
	// Language is what title and answer are written in: English where the book's own
	// language lacks the text.
	Language locale.Language
}

// Group is the number of the question's group: 1 general, 2 before you ship, 3
// restrictions, 4 after shipping.
func (q Question) Group() string { return q.ID[:strings.IndexByte(q.ID, '.')] }

// Groups lists the numbers of the groups in order.
func Groups() []string { return []string{"1", "2", "3", "4"} }

// Book is all questions in one language. It never changes after it is made, so
// any number of requests share it.
type Book struct {
	language  locale.Language
	questions []Question
	index     func() *index // made when somebody searches first
}

// Questions lists all in the carrier's order.
func (b *Book) Questions() []Question { return b.questions }

// InGroup lists the questions of one group in order.
func (b *Book) InGroup(group string) (in []Question) {
	for _, q := range b.questions {
		if q.Group() == group {
			in = append(in, q)
		}
	}
	return in
}

// Find gives the question with an id; false when there is none.
func (b *Book) Find(id string) (Question, bool) {
	for _, q := range b.questions {
		if q.ID == id {
			return q, true
		}
	}
	return Question{}, false
}

// RelatedTo gives the questions related to one, in their order.
func (b *Book) RelatedTo(q Question) []Question {
	related := make([]Question, 0, len(q.Related))
	for _, id := range q.Related {
		if other, ok := b.Find(id); ok {
			related = append(related, other)
		}
	}
	return related
}
