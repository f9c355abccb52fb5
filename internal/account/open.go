package account

import (
	"context"
	"crypto/subtle"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// codeTries is how often a wrong code may be typed for one letter.
const codeTries = 5

// Opening is what a person adds to a letter's link: to register all of it (the
// password may be empty), to reset the new password, to sign in nothing.
type Opening struct {
	Name     string
	Password string
	// Terms is the version of the terms agreed to.
	Terms    string
	Language locale.Language
}

// Open uses the link of a letter up and signs in: it makes the account (Register),
// or sets the new password and ends all other sessions (Reset). ErrSpent; Invalid
// for what can be mended; fault.TooMany when too many passwords are being hashed.
func (s *Store) Open(ctx context.Context, link string, o Opening, v Visitor) (Session, string, error) {
	for _, p := range []Purpose{Register, SignIn, Reset} {
		if ref, ok := s.readToken(p, link); ok {
			begun, token, err := s.openAs(ctx, p, ref, link, o, v)
			if err != nil {
				return Session{}, "", fmt.Errorf("open a letter: %w", err)
			}
			return begun, token, nil
		}
	}
	return Session{}, "", ErrSpent
}

func (s *Store) openAs(ctx context.Context, p Purpose, ref []byte, link string, o Opening, v Visitor) (Session, string, error) {
	letter, err := s.Letter(ctx, link, p) // before any password is hashed
	if err != nil {
		return Session{}, "", err
	}
	phc, err := s.opening(ctx, p, letter, o, v)
	if err != nil {
		return Session{}, "", err
	}
	var begun Session
	var token string
	if p == Reset { // whose it is comes out on the way
		defer func() { s.recent.drop(begun.Account.ID) }()
	}
	err = s.web.InTx(ctx, func(tx *postgres.Tx) error {
		a := act{tx, s.clock(), v}
		row, err := s.use(ctx, a, ref, p)
		if err != nil {
			return err
		}
		switch p {
		case Register:
			begun, token, err = s.opened(ctx, a, row, o, phc)
		case Reset:
			begun, token, err = s.reset(ctx, a, row, phc)
		default:
			begun, token, err = s.letIn(ctx, a, row.EmailKey)
		}
		return err
	})
	return begun, token, err
}

// opening checks what was typed and hashes the password, if there is one.
func (s *Store) opening(ctx context.Context, p Purpose, l Letter, o Opening, v Visitor) (string, error) {
	if p == SignIn {
		return "", nil
	}
	var bad fault.Invalid
	if p == Register {
		bad = append(bad, nameProblems(o.Name)...)
	}
	if p == Reset || o.Password != "" {
		bad = append(bad, passwordProblems(o.Password, l.Email)...)
	}
	if p == Register && o.Terms == "" {
		bad = append(bad, fault.Problem{Field: "terms", Key: "register.terms.needed"})
	}
	if len(bad) > 0 {
		return "", bad
	}
	if o.Password == "" {
		return "", nil
	}
	return s.hashNow(ctx, o.Password, v)
}

// hashNow hashes a new password, unless too many are being hashed.
func (s *Store) hashNow(ctx context.Context, password string, v Visitor) (string, error) {
	leave, err := s.hashes.enter(v.Network)
	if err != nil {
		return "", err
	}
	defer leave()
	return s.hashes.hash(ctx, password)
}

// opened makes the account of a confirmed address and signs in.
func (s *Store) opened(ctx context.Context, a act, l letterRow, o Opening, phc string) (Session, string, error) {
	made := Account{Email: l.Email, Role: Customer, Name: strings.TrimSpace(o.Name), Language: o.Language, Terms: o.Terms}
	id, err := s.insert(ctx, a, made, phc)
	if err != nil {
		return Session{}, "", missing(err, ErrSpent)
	}
	if err := note(ctx, a, id, EventMade); err != nil {
		return Session{}, "", err
	}
	return s.letIn(ctx, a, l.EmailKey)
}

// reset sets a new password and ends every session.
func (s *Store) reset(ctx context.Context, a act, l letterRow, phc string) (Session, string, error) {
	var id ID
	err := a.Get(ctx, &id, `update accounts set password = $2 where email_key = $1 and closed_at is null returning id`, l.EmailKey, phc)
	if err != nil {
		return Session{}, "", fmt.Errorf("set password: %w", missing(err, ErrSpent))
	}
	if _, err := endAll(ctx, a.Tx, id, 0); err != nil {
		return Session{}, "", err
	}
	if err := s.tell(ctx, a, PasswordChanged, id); err != nil {
		return Session{}, "", err
	}
	if err := note(ctx, a, id, EventPasswordReset); err != nil {
		return Session{}, "", err
	}
	if err := void(ctx, a, l.EmailKey); err != nil {
		return Session{}, "", err
	}
	return s.letIn(ctx, a, l.EmailKey)
}

// letIn signs in whoever holds a letter to the address of an account, and
// forgives wrong passwords tried on it. ErrSpent when there is no account.
func (s *Store) letIn(ctx context.Context, a act, emailKey string) (Session, string, error) {
	var id ID
	err := a.Get(ctx, &id, `select id from accounts where email_key = $1 and closed_at is null for no key update`, emailKey)
	if err != nil {
		return Session{}, "", fmt.Errorf("find account: %w", missing(err, ErrSpent))
	}
	if err := forgive(ctx, a.Tx, emailKey); err != nil {
		return Session{}, "", err
	}
	if err := note(ctx, a, id, EventSignedInByLink); err != nil {
		return Session{}, "", err
	}
	return s.begin(ctx, a, id)
}

// OpenCode signs in by the code of a letter, typed in the browser that asked for
// it. A wrong one is Invalid for the field code and counts; after five the letter
// is spent.
func (s *Store) OpenCode(ctx context.Context, ref, code string, v Visitor) (Session, string, error) {
	raw, ok := readRef(ref)
	if !ok || s.linkKey == nil {
		return Session{}, "", ErrSpent
	}
	var begun Session
	var token string
	var verdict error
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		a := act{tx, s.clock(), v}
		row, err := lockLetter(ctx, tx, raw)
		if err != nil {
			return err
		}
		if row.Purpose != SignIn || !row.opens(SignIn, a.now) || row.Tries >= codeTries {
			return ErrSpent
		}
		fits, err := s.codeFits(ctx, tx, row, code)
		if err != nil {
			return err
		}
		if !fits {
			verdict = fault.Invalid{{Field: "code", Key: "login.code.wrong"}}
			_, err = tx.Exec(ctx, `update letters set tries = tries + 1 where ref = $1`, raw)
			return err
		}
		if _, err := s.use(ctx, a, raw, SignIn); err != nil {
			return err
		}
		begun, token, err = s.letIn(ctx, a, row.EmailKey)
		return err
	})
	if err == nil {
		err = verdict
	}
	if err != nil {
		return Session{}, "", fmt.Errorf("open a letter by code: %w", err)
	}
	return begun, token, nil
}

// codeFits compares what was typed, blanks and dashes left out. Where nobody has
// an account, no code was sent and none fits.
func (s *Store) codeFits(ctx context.Context, tx *postgres.Tx, l letterRow, typed string) (bool, error) {
	var known bool
	err := tx.Get(ctx, &known, `select exists (select from accounts where email_key = $1 and closed_at is null)`, l.EmailKey)
	if err != nil {
		return false, fmt.Errorf("find account: %w", err)
	}
	return subtle.ConstantTimeCompare([]byte(plainCode(typed)), []byte(s.code(l.Ref))) == 1 && known, nil
}

// plainCode is a code as it was typed, without blanks and dashes, in digits of ASCII.
func plainCode(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "\u3000", "").Replace(norm.NFKC.String(typed))
}
