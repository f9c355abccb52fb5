package account

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// A link's token is the letter's number and the first 20 bytes of a code over it,
// so that nothing secret is kept and a letter that is sent again is the same.
const (
	refSize  = 16
	codeSize = 20
)

var (
	base32Lower = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	errNoKey    = errors.New("letters need the portal's master key")
)

// newRef draws the number of a letter.
func newRef() ([]byte, error) {
	ref := make([]byte, refSize)
	if _, err := rand.Read(ref); err != nil {
		return nil, fmt.Errorf("letter's number: %w", err)
	}
	return ref, nil
}

// writeRef is a letter's number as jobs and cookies hold it.
func writeRef(ref []byte) string { return base32Lower.EncodeToString(ref) }

// readRef reads a letter's number, in no other spelling than ours.
func readRef(text string) ([]byte, bool) {
	return readBase32(text, refSize)
}

func readBase32(text string, size int) ([]byte, bool) {
	if len(text) != base32Lower.EncodedLen(size) {
		return nil, false
	}
	raw, err := base32Lower.DecodeString(text)
	if err != nil || len(raw) != size || base32Lower.EncodeToString(raw) != text {
		return nil, false
	}
	return raw, true
}

// mac is the code over a letter's number for one use of it.
func (s *Store) mac(use string, ref []byte) []byte {
	m := hmac.New(sha256.New, s.linkKey)
	m.Write([]byte(use))
	m.Write(ref)
	return m.Sum(nil)
}

// token is the secret part of a letter's link.
func (s *Store) token(p Purpose, ref []byte) string {
	return base32Lower.EncodeToString(append(append([]byte{}, ref...), s.mac(string(p), ref)[:codeSize]...))
}

// readToken gives the number of the letter that a token was made for; false for
// any that this portal did not make for that purpose.
func (s *Store) readToken(p Purpose, token string) ([]byte, bool) {
	raw, ok := readBase32(strings.TrimSpace(token), refSize+codeSize)
	if !ok || s.linkKey == nil {
		return nil, false
	}
	ref := raw[:refSize]
	return ref, hmac.Equal(raw[refSize:], s.mac(string(p), ref)[:codeSize])
}

// code is what can be typed instead of following a sign-in link, or proves an
// address: 8 digits.
func (s *Store) code(ref []byte) string {
	return fmt.Sprintf("%08d", binary.BigEndian.Uint64(s.mac("code", ref))%100_000_000)
}

// path is where the link of a letter leads in the portal.
func path(p Purpose, token string) string {
	switch p {
	case Register:
		return "/register/confirm/" + token
	case SignIn:
		return "/login/link/" + token
	case Reset:
		return "/password/reset/" + token
	case ChangeEmail:
		return "/account/email/" + token
	case PasswordChanged, EmailChanged, Recall:
	}
	return ""
}
