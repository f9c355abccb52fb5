package shipment

import (
	"context"
	"fmt"
	"strings"
	"unicode"

	"github.com/lib/pq"
	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/postgres"
)

// The kinds of search terms, each term's first letter.
const (
	termName  = 'n'
	termPhone = 'p'
	termOrder = 'o'
	termEmail = 'm'
)

const (
	longestTerm = 60 // letters and digits that a term keeps
	mostWords   = 4  // words of a name at which a search may begin
	fewestPhone = 4  // digits that make a phone number
	tellingEnd  = 8  // last digits of a phone: what stands before differs with country codes and zeros
)

// terms are what the staff can find a shipment by, beside its numbers, each once.
func (r Record) terms() []string {
	var list []string
	add := func(kind rune, value string) {
		if value != "" {
			list = append(list, string(kind)+value)
		}
	}
	for _, p := range []Party{r.Consignee, r.Shipper} {
		for _, name := range []string{p.Name, p.NameLatin} {
			for _, from := range wordStarts(folded(name)) {
				add(termName, from)
			}
		}
		if number := digitsOf(p.Phone); len(number) >= fewestPhone {
			add(termPhone, backwards(number))
		}
		add(termEmail, foldedEmail(p.Email))
	}
	add(termOrder, joined(r.OrderNo))
	return unique(list)
}

// folded is a name or an order number as it is compared: widths, cases, accents
// on Latin letters and punctuation make no difference.
func folded(s string) string {
	var b strings.Builder
	gap, n := false, 0
	for _, r := range norm.NFKC.String(strings.ToLower(norm.NFKC.String(withoutAccents(s)))) {
		switch {
		case n == longestTerm:
			return b.String()
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			if gap && n > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = false
			n++
		case r == '\'' || r == '’' || unicode.Is(unicode.Cf, r): // O'Brien is one word
		default:
			gap = true
		}
	}
	return b.String()
}

// joined is an order number as it is compared: what stands between its letters
// and digits makes no difference.
func joined(order string) string { return strings.ReplaceAll(folded(order), " ", "") }

// foldedEmail is an e-mail address as it is compared.
func foldedEmail(email string) string {
	return strings.ToLower(strings.TrimSpace(norm.NFKC.String(email)))
}

// withoutAccents takes marks off Latin letters; other scripts need theirs.
func withoutAccents(s string) string {
	latin := false
	return strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Mn, r) {
			latin = unicode.Is(unicode.Latin, r)
		} else if latin {
			return -1
		}
		return r
	}, norm.NFKD.String(s))
}

// wordStarts gives a folded name from its first word on, from its second on, and so on.
func wordStarts(name string) []string {
	if name == "" {
		return nil
	}
	starts := []string{name}
	for len(starts) < mostWords {
		_, rest, more := strings.Cut(name, " ")
		if !more {
			break
		}
		starts, name = append(starts, rest), rest
	}
	return starts
}

// backwards turns digits round, so that a number is found by its end.
func backwards(digits string) string {
	b := []byte(digits)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	kept := list[:0]
	for _, s := range list {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// writeTerms makes changed shipments findable by what they say now, and no more
// by what they said before.
func writeTerms(ctx context.Context, tx *postgres.Tx, news []Record, before map[Waybill]*recordRow) error {
	var added, gone termRows
	for _, r := range news {
		now, was := r.terms(), []string(nil)
		if row, there := before[r.Waybill]; there {
			was = row.record().terms()
		}
		added.without(r.Waybill, now, was)
		gone.without(r.Waybill, was, now)
	}
	const forget = `delete from shipment_terms t using unnest($1::text[], $2::text[]) as g(term, waybill)
where t.term = g.term and t.waybill = g.waybill`
	if len(gone.terms) > 0 {
		if _, err := tx.Exec(ctx, forget, gone.terms, gone.waybills); err != nil {
			return fmt.Errorf("forget search terms: %w", err)
		}
	}
	return added.insert(ctx, tx)
}

// termRows are rows of shipment_terms, column by column.
type termRows struct{ terms, waybills pq.StringArray }

// without adds a parcel's terms but for those in other.
func (t *termRows) without(w Waybill, terms, other []string) {
	skip := make(map[string]bool, len(other))
	for _, o := range other {
		skip[o] = true
	}
	for _, term := range terms {
		if !skip[term] {
			t.terms, t.waybills = append(t.terms, term), append(t.waybills, string(w))
		}
	}
}

func (t termRows) insert(ctx context.Context, tx *postgres.Tx) error {
	if len(t.terms) == 0 {
		return nil
	}
	const add = `insert into shipment_terms (term, waybill) select * from unnest($1::text[], $2::text[]) on conflict do nothing`
	if _, err := tx.Exec(ctx, add, t.terms, t.waybills); err != nil {
		return fmt.Errorf("write search terms: %w", err)
	}
	return nil
}

// FillTerms makes all parcels findable that are there already, and tells how
// many it went through. It may run beside imports, and again.
func (s *Store) FillTerms(ctx context.Context) (int, error) {
	const page = `select ` + recordColumns + ` from shipments where waybill > $1 order by waybill limit $2 for no key update`
	count := 0
	for last, more := "", true; more; {
		err := s.work.InTx(ctx, func(tx *postgres.Tx) error {
			var rows []recordRow
			if err := tx.Select(ctx, &rows, page, last, verifyBatch); err != nil {
				return fmt.Errorf("read shipments: %w", err)
			}
			var added termRows
			for i := range rows {
				added.without(rows[i].Waybill, rows[i].record().terms(), nil)
				last = string(rows[i].Waybill)
			}
			count, more = count+len(rows), len(rows) == verifyBatch
			return added.insert(ctx, tx)
		})
		if err != nil {
			return count, fmt.Errorf("fill search terms: %w", err)
		}
	}
	return count, nil
}
