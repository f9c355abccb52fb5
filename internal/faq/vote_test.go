package faq_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres/testdb"

	"github.com/google/go-cmp/cmp"
)

func TestVotesAreKeptAndCounted(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	db := testdb.New(t)
	s := faq.NewStore(db, func() time.Time { return now })
	for _, v := range []faq.Vote{
		{Question: "4.14", Language: locale.English, Useful: true},
		{Question: "4.14", Language: locale.Korean, Useful: true, Comment: "좋아요"},
		{Question: "1.1", Language: locale.English, Comment: "  '; drop table faq_votes; --  "},
		{Question: "2.2", Language: locale.English, Comment: strings.Repeat("é", faq.LongestComment)},
		{Question: "2.2", Language: locale.English, Useful: true},
	} {
		if err := s.Add(t.Context(), v); err != nil {
			t.Errorf("%+v: %v", v, err)
		}
		now = now.Add(time.Hour)
	}
	got, err := s.Tallies(t.Context(), time.Time{})
	want := []faq.Tally{{Question: "1.1", No: 1}, {Question: "2.2", Yes: 1, No: 1}, {Question: "4.14", Yes: 2}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v, tallies (-want +got):\n%s", err, diff)
	}
	if got, err = s.Tallies(t.Context(), now.Add(-time.Hour)); len(got) != 1 || got[0].Question != "2.2" || err != nil {
		t.Errorf("votes of the last hour: %v, %v", got, err)
	}
	said, err := s.Comments(t.Context(), time.Time{}, 2)
	wrote := []faq.Vote{
		{Question: "2.2", Language: locale.English, Comment: strings.Repeat("é", faq.LongestComment)},
		{Question: "1.1", Language: locale.English, Comment: "'; drop table faq_votes; --"},
	}
	if diff := cmp.Diff(wrote, said); diff != "" || err != nil {
		t.Errorf("error %v, comments (-want +got):\n%s", err, diff)
	}
	var comment string
	if err := db.Get(t.Context(), &comment, `select comment from faq_votes where question = '1.1'`); err != nil || comment != "'; drop table faq_votes; --" {
		t.Errorf("kept comment %q, %v", comment, err)
	}
}

func TestVotesThatAreNone(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	s := faq.NewStore(db, time.Now)
	for _, id := range []string{"", "9.9", "4.15", "4.140", "' or 1=1"} {
		if err := s.Add(t.Context(), faq.Vote{Question: id, Language: locale.English}); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("question %q: %v, want not found", id, err)
		}
	}
	var invalid fault.Invalid
	err := s.Add(t.Context(), faq.Vote{Question: "1.1", Language: locale.English, Comment: strings.Repeat("x", faq.LongestComment+1)})
	if !errors.As(err, &invalid) || len(invalid) != 1 || invalid[0].Field != "comment" {
		t.Errorf("a long comment: %v", err)
	}
	if got, err := s.Tallies(t.Context(), time.Time{}); len(got) != 0 || err != nil {
		t.Errorf("kept %v, %v, want nothing", got, err)
	}
}
