package account

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/job"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// JobLetter is the kind of job that sends a letter; its argument is LetterJob.
const JobLetter = "account.letter"

// LetterJob is the argument of the job that sends a letter.
type LetterJob struct {
	Ref string `json:"ref"`
}

// Letter is what a link leads to, before it is used.
type Letter struct {
	Purpose   Purpose
	Email     string
	Language  locale.Language
	Next      string // where to go after signing in, as it was asked for
	ExpiresAt time.Time
	Ref       string
}

// letterRow is a letter as it is kept.
type letterRow struct {
	Ref       []byte
	Purpose   Purpose
	Email     string
	EmailKey  string `db:"email_key"`
	AccountID *ID    `db:"account_id"`
	Language  locale.Language
	Network   string
	Next      string
	Tries     int
	CreatedAt time.Time  `db:"created_at"`
	ExpiresAt time.Time  `db:"expires_at"`
	UsedAt    *time.Time `db:"used_at"`
	SentAt    *time.Time `db:"sent_at"`
}

const letterColumns = `
	l.ref, l.purpose, l.email, l.email_key, l.account_id, l.language, l.network, l.next, l.tries, l.created_at, l.expires_at, l.used_at, l.sent_at`

// life is how long a letter's link opens something. What is typed from one mail
// into a browser, and what stands in for a password, lives shortest.
func (p Purpose) life() time.Duration {
	switch p {
	case SignIn, Recall:
		return 10 * time.Minute
	case Reset:
		return time.Hour
	case Register, ChangeEmail, PasswordChanged, EmailChanged:
	}
	return 24 * time.Hour
}

// Ask sends a letter to an address: to register, to sign in or to set a new
// password. The same happens whether anybody has an account by the address or
// not; only the letter differs. The result is the letter's number, by which its
// code can be typed. Invalid for an address that is none; fault.TooMany.
func (s *Store) Ask(ctx context.Context, p Purpose, email string, l locale.Language, next string, v Visitor) (string, error) {
	address, err := parseEmail(email)
	if err != nil {
		return "", err
	}
	var ref string
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		now := s.clock()
		if err := lettersLeft(ctx, tx, EmailKey(address), v.Network, now); err != nil {
			return err
		}
		ref, err = s.owe(ctx, tx, letterRow{Purpose: p, Email: address, Language: l, Next: kept(next), Network: v.Network, CreatedAt: now})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("ask for a letter: %w", err)
	}
	return ref, nil
}

// kept is where a link shall lead, if that can be kept at all; whether a browser
// may be sent there is for the edge to say.
func kept(next string) string {
	if len(next) > 2000 || !utf8.ValidString(next) || strings.ContainsFunc(next, unprintable) {
		return ""
	}
	return next
}

// AskChange sends a link to the address that an account wants to change to.
// ErrStale when the person must show first who they are.
func (s *Store) AskChange(ctx context.Context, owner Session, email string, l locale.Language, v Visitor) error {
	address, err := parseEmail(email)
	if err != nil {
		return err
	}
	if EmailKey(address) == EmailKey(owner.Account.Email) {
		return fault.Invalid{{Field: "email", Key: "email.same"}}
	}
	now := s.clock()
	if !owner.Fresh(now) {
		return ErrStale
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		if err := lettersLeft(ctx, tx, EmailKey(address), v.Network, now); err != nil {
			return err
		}
		row := letterRow{Purpose: ChangeEmail, Email: address, AccountID: &owner.Account.ID, Language: l, Network: v.Network, CreatedAt: now}
		if _, err := s.owe(ctx, tx, row); err != nil {
			return err
		}
		return note(ctx, act{tx, now, v}, owner.Account.ID, EventEmailAsked)
	})
	if err != nil {
		return fmt.Errorf("ask for a new address: %w", err)
	}
	return nil
}

// owe writes a letter down and has it sent when the transaction is committed.
func (s *Store) owe(ctx context.Context, tx *postgres.Tx, l letterRow) (string, error) {
	if s.linkKey == nil {
		return "", errNoKey
	}
	ref, err := newRef()
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `
		insert into letters (ref, purpose, email, email_key, account_id, language, network, next, created_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		ref, l.Purpose, l.Email, EmailKey(l.Email), l.AccountID, l.Language, l.Network, l.Next, l.CreatedAt, l.CreatedAt.Add(l.Purpose.life()))
	if err != nil {
		return "", fmt.Errorf("write a letter down: %w", err)
	}
	text := writeRef(ref)
	return text, job.Enqueue(ctx, tx, JobLetter, LetterJob{Ref: text}, job.Unique(text))
}

// Letter tells what a link is for without using it up, so that programs which
// follow every link of a mail do no harm. ErrSpent.
func (s *Store) Letter(ctx context.Context, link string, p Purpose) (Letter, error) {
	ref, ok := s.readToken(p, link)
	if !ok {
		return Letter{}, ErrSpent
	}
	var row letterRow
	if err := s.web.Get(ctx, &row, `select `+letterColumns+` from letters l where ref = $1`, ref); err != nil {
		return Letter{}, fmt.Errorf("letter: %w", missing(err, ErrSpent))
	}
	if !row.opens(p, s.clock()) {
		return Letter{}, ErrSpent
	}
	return Letter{
		Purpose: p, Email: row.Email, Language: row.Language, Next: row.Next, ExpiresAt: row.end(p), Ref: writeRef(row.Ref),
	}, nil
}

// opens says that a letter still opens something for a purpose: its own, or
// signing in where somebody registered who has an account.
func (l letterRow) opens(p Purpose, now time.Time) bool {
	return (l.Purpose == p || l.Purpose == Register && p == SignIn) && l.UsedAt == nil && now.Before(l.end(p))
}

// end is when a letter's link for a purpose opens nothing any more.
func (l letterRow) end(p Purpose) time.Time {
	if end := l.CreatedAt.Add(p.life()); end.Before(l.ExpiresAt) {
		return end
	}
	return l.ExpiresAt
}

// use uses a letter up: of any number of presses at once, one wins. ErrSpent.
func (s *Store) use(ctx context.Context, a act, ref []byte, p Purpose) (letterRow, error) {
	row, err := lockLetter(ctx, a.Tx, ref)
	if err != nil {
		return letterRow{}, err
	}
	if !row.opens(p, a.now) {
		return letterRow{}, ErrSpent
	}
	if _, err := a.Exec(ctx, `update letters set used_at = $2 where ref = $1`, ref, a.now); err != nil {
		return letterRow{}, fmt.Errorf("use a letter: %w", err)
	}
	return row, nil
}

// lockLetter reads a letter for update. Whatever else opens or voids letters to
// the same address waits at the address's lock, not in a circle of row locks.
func lockLetter(ctx context.Context, tx *postgres.Tx, ref []byte) (letterRow, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('letters to ' || email_key, 0)) from letters where ref = $1`, ref); err != nil {
		return letterRow{}, fmt.Errorf("lock address: %w", err)
	}
	var row letterRow
	if err := tx.Get(ctx, &row, `select `+letterColumns+` from letters l where ref = $1 for update`, ref); err != nil {
		return letterRow{}, fmt.Errorf("lock letter: %w", missing(err, ErrSpent))
	}
	return row, nil
}

// lockAddress waits for whoever else opens or voids letters to the address. It
// comes before the lock of the account's row.
func lockAddress(ctx context.Context, tx *postgres.Tx, emailKey string) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('letters to ' || $1, 0))`, emailKey); err != nil {
		return fmt.Errorf("lock address: %w", err)
	}
	return nil
}

// void lets the open letters of an address that let somebody in open nothing
// more. The caller has the address's lock.
func void(ctx context.Context, a act, emailKey string) error {
	_, err := a.Exec(ctx, `update letters set used_at = $2
		where email_key = $1 and used_at is null and expires_at > $2 and purpose in ('register', 'login', 'reset')`, emailKey, a.now)
	if err != nil {
		return fmt.Errorf("void letters: %w", err)
	}
	return nil
}
