package customs

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
)

// longestNote is how many characters a note of the staff may have.
const longestNote = 500

// Note is what one of the staff tells the others about a parcel's identity. The
// person it is about does not see it.
type Note struct {
	Name string    `db:"name"` // of whoever wrote it
	Text string    `db:"note"`
	At   time.Time `db:"at"`
}

// CheckNote refuses a note that is empty, too long, or holds what may be the number
// of a document or a phone: notes are not sealed. The error is fault.Invalid.
func CheckNote(text string) error {
	flaw := ""
	switch {
	case strings.TrimSpace(text) == "":
		flaw = "empty"
	case len([]rune(text)) > longestNote:
		flaw = "long"
	case holdsNumber(text):
		flaw = "number"
	default:
		return nil
	}
	return fault.Invalid{{Field: "note", Key: "id." + "note." + flaw}}
}

var (
	noteDate   = regexp.MustCompile(`\b(19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\b`)
	noteDigits = regexp.MustCompile(`(\d[ \-./·]?){7,}`)
)

// holdsNumber tells whether a text holds seven digits in a row, however they are
// grouped, or a word of letters and digits as documents have them. Days and our
// own waybills may stand.
func holdsNumber(text string) bool {
	text = noteDate.ReplaceAllString(strings.ToUpper(width.Narrow.String(text)), " ")
	var rest []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:()，。；：（）、", r) }) {
		if w, err := shipment.Parse(word); err == nil && w.Ours() {
			continue
		}
		letters, digits := 0, 0
		for _, r := range word {
			switch {
			case unicode.IsDigit(r):
				digits++
			case r >= 'A' && r <= 'Z':
				letters++
			}
		}
		if letters > 0 && digits >= 4 && letters+digits >= 7 {
			return true
		}
		rest = append(rest, word)
	}
	return noteDigits.MatchString(strings.Join(rest, " "))
}

// AddNote adds a note to a case. The error is fault.Invalid, or ErrErased.
func (s *Store) AddNote(ctx context.Context, id ID, staff account.ID, text string) error {
	if err := CheckNote(text); err != nil {
		return err
	}
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		i, err := byID(ctx, tx, id, "for share")
		if err != nil {
			return err
		}
		if !i.ErasedAt.IsZero() {
			return ErrErased
		}
		const add = `insert into identity_notes (identity_id, account_id, note, at) values ($1, $2, $3, $4)`
		_, err = tx.Exec(ctx, add, int64(id), int64(staff), strings.TrimSpace(text), s.clock())
		return err
	})
	if err != nil {
		return fmt.Errorf("add note: %w", err)
	}
	return nil
}

// Notes lists the notes on all that was handed in for a parcel, the latest first.
func (s *Store) Notes(ctx context.Context, w shipment.Waybill) (list []Note, err error) {
	const query = `
select coalesce(nullif(a.name, ''), a.email) as name, n.note, n.at from identity_notes n
join identities i on i.id = n.identity_id join accounts a on a.id = n.account_id
where i.waybill = $1 order by n.id desc limit 100`
	err = s.web.Select(ctx, &list, query, string(w))
	return list, err
}
