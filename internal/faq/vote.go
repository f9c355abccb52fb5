package faq

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// LongestComment is how many characters a visitor's comment may have.
const LongestComment = 1000

// Store keeps whether answers helped. It keeps nothing about who says so.
type Store struct {
	db  *postgres.DB
	now func() time.Time
}

// NewStore makes the store on a pool; now is the clock.
func NewStore(db *postgres.DB, now func() time.Time) *Store { return &Store{db, now} }

// Vote is what one visitor thinks of one answer.
type Vote struct {
	// Question is the id of the question, "4.14".
	Question string
	// Language is the language in which the answer was read.
	Language locale.Language
	Useful   bool
	// Comment may be empty.
	Comment string
}

// Add writes a vote down. It gives fault.ErrNotFound for no question of ours, and
// fault.Invalid for a comment that is too long.
func (s *Store) Add(ctx context.Context, v Vote) error {
	if _, ok := Load(v.Language).Find(v.Question); !ok {
		return fmt.Errorf("question of a vote: %w", fault.ErrNotFound)
	}
	v.Comment = strings.TrimSpace(v.Comment)
	if utf8.RuneCountInString(v.Comment) > LongestComment {
		return fault.Invalid{{Field: "comment", Key: "faq.comment.long", Args: []string{"max", fmt.Sprint(LongestComment)}}}
	}
	_, err := s.db.Exec(ctx, `insert into faq_votes (question, language, useful, comment, at) values ($1, $2, $3, $4, $5)`,
		v.Question, string(v.Language), v.Useful, v.Comment, s.now())
	if err != nil {
		return fmt.Errorf("keep a vote: %w", err)
	}
	return nil
}

// Tally is how many visitors an answer helped, and how many it did not.
type Tally struct {
	Question string `db:"question"`
	Yes      int    `db:"yes"`
	No       int    `db:"no"`
}

// Tallies counts the votes since an instant, by question, the least useful first,
// so that the answer to mend stands on top.
func (s *Store) Tallies(ctx context.Context, since time.Time) ([]Tally, error) {
	var list []Tally
	err := s.db.Select(ctx, &list, `
		select question, count(*) filter (where useful) as yes, count(*) filter (where not useful) as no
		from faq_votes where at >= $1 group by question`, since)
	if err != nil {
		return nil, fmt.Errorf("count votes: %w", err)
	}
	slices.SortFunc(list, func(a, b Tally) int {
		if d := (b.No - b.Yes) - (a.No - a.Yes); d != 0 {
			return d
		}
		return strings.Compare(a.Question, b.Question)
	})
	return list, nil
}

// Comments gives what visitors wrote beside their votes since an instant, the
// newest first and so many at most.
func (s *Store) Comments(ctx context.Context, since time.Time, most int) ([]Vote, error) {
	var list []Vote
	err := s.db.Select(ctx, &list, `
		select question, language, useful, comment from faq_votes where at >= $1 and comment <> '' order by at desc, id desc limit $2`, since, most)
	if err != nil {
		return nil, fmt.Errorf("read comments: %w", err)
	}
	return list, nil
}
