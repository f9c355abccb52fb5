package account

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

// recalledLife is for how long an address counts as proved by its code.
const recalledLife = 30 * time.Minute

// Recalled is an address that a code has proved. It signs nobody in.
type Recalled struct {
	EmailKey string
	// Account has the address; 0: nobody's.
	Account ID
	// About is what the code was asked for, as AskRecall was told.
	About string
	// Token is the proof for the browser, good until ExpiresAt.
	Token     string
	ExpiresAt time.Time
}

// AskRecall sends a code to an address. The same happens whether anything is kept
// under the address or not, and the letter is the same too. The ticket is for the
// browser that asked: the code opens nothing without it, and no mail holds it.
// Invalid for an address that is none; fault.TooMany.
func (s *Store) AskRecall(ctx context.Context, email string, l locale.Language, about string, v Visitor) (ticket string, err error) {
	ref, err := s.Ask(ctx, Recall, email, l, about, v)
	if err != nil {
		return "", err
	}
	raw, _ := readRef(ref) // our own writing
	return s.token(Recall, raw), nil
}

// OpenRecall proves an address by the code that went there, once. A wrong one is
// Invalid for the field code and counts; after five the letter is spent: ErrSpent.
func (s *Store) OpenRecall(ctx context.Context, ticket, code string) (Recalled, error) {
	ref, ok := s.readToken(Recall, ticket)
	if !ok {
		return Recalled{}, ErrSpent
	}
	var found Recalled
	var verdict error
	err := s.web.InTx(ctx, func(tx *postgres.Tx) error {
		row, err := lockLetter(ctx, tx, ref)
		if err != nil {
			return err
		}
		if !row.opens(Recall, s.clock()) || row.Tries >= codeTries {
			return ErrSpent
		}
		if subtle.ConstantTimeCompare([]byte(plainCode(code)), []byte(s.code(ref))) != 1 {
			verdict = fault.Invalid{{Field: "code", Key: "login.code.wrong"}}
			_, err = tx.Exec(ctx, `update letters set tries = tries + 1 where ref = $1`, ref)
			return err
		}
		found, err = s.recall(ctx, tx, row)
		return err
	})
	if err == nil {
		err = verdict
	}
	if err != nil {
		return Recalled{}, fmt.Errorf("prove an address by code: %w", err)
	}
	return found, nil
}

// recall uses the letter up and makes the proof.
func (s *Store) recall(ctx context.Context, tx *postgres.Tx, l letterRow) (Recalled, error) {
	a := act{Tx: tx, now: s.clock()}
	if _, err := s.use(ctx, a, l.Ref, Recall); err != nil {
		return Recalled{}, err
	}
	found := Recalled{EmailKey: l.EmailKey, About: l.Next, ExpiresAt: a.now.Add(recalledLife).Truncate(time.Second)}
	err := tx.Get(ctx, &found.Account, `select id from accounts where email_key = $1 and closed_at is null`, l.EmailKey)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Recalled{}, fmt.Errorf("find account: %w", err)
	}
	box, err := s.recallBox()
	if err != nil {
		return Recalled{}, err
	}
	text := binary.BigEndian.AppendUint64(nil, uint64(found.ExpiresAt.Unix())) //nolint:gosec // a time to come
	text = binary.BigEndian.AppendUint64(text, uint64(found.Account))          //nolint:gosec // numbers of accounts begin at 1
	nonce := make([]byte, box.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return Recalled{}, fmt.Errorf("seal a proof: %w", err)
	}
	found.Token = base32Lower.EncodeToString(box.Seal(nonce, nonce, append(text, found.EmailKey...), nil))
	return found, nil
}

// ReadRecalled reads the proof of an address; false for one that is over, or that
// this portal did not make.
func (s *Store) ReadRecalled(token string) (Recalled, bool) {
	box, err := s.recallBox()
	if err != nil || len(token) > 2*longestEmail {
		return Recalled{}, false
	}
	sealed, err := base32Lower.DecodeString(token)
	if err != nil || len(sealed) < box.NonceSize() {
		return Recalled{}, false
	}
	text, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], nil)
	if err != nil || len(text) <= 16 {
		return Recalled{}, false
	}
	found := Recalled{
		ExpiresAt: time.Unix(int64(binary.BigEndian.Uint64(text)), 0).UTC(), //nolint:gosec // as it was sealed
		Account:   ID(binary.BigEndian.Uint64(text[8:])),                    //nolint:gosec // as it was sealed
		EmailKey:  string(text[16:]), Token: token,
	}
	return found, s.clock().Before(found.ExpiresAt)
}

// recallBox seals proofs, so that they tell nothing and nobody makes one.
func (s *Store) recallBox() (cipher.AEAD, error) {
	if s.linkKey == nil {
		return nil, errNoKey
	}
	key, err := hkdf.Key(sha256.New, s.linkKey, nil, "recalled", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("key for proofs: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("key for proofs: %w", err)
	}
	return cipher.NewGCM(block)
}
