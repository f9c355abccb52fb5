// Package mail hands finished messages over: to a mail server, to a folder of
// files, or to a table that is read in the browser. It composes nothing and knows
// no kinds of mail.
package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	"ecms/portal/internal/locale"
)

// ErrPermanent says that trying again cannot help: the address does not exist,
// the server will not have this message, or the message is not one.
var ErrPermanent = errors.New("mail refused for good")

// Message is one mail to one person, whole as it will be read.
type Message struct {
	// Ref names the message: letters, digits, - and _. The same message sent again
	// has the same Ref, and so the same Message-ID, file or row.
	Ref string
	// At is when the message was written; the zero time stands for now.
	At time.Time
	// From is the carrier's address, To the reader's: bare addresses without names.
	From, To string
	// Subject is one line. Text and HTML say the same.
	Subject, Text, HTML string
	// Language is what the message is written in.
	Language locale.Language
}

// Sender hands a message over. Sending one again after a failure or a kill gives
// the reader no second one, as far as the way allows.
type Sender interface {
	Send(ctx context.Context, m Message) error
}

// senderName stands before the carrier's address.
const senderName = "ECMS Express"

// check refuses what would not come through as it was meant: line breaks in a
// header above all. The error holds no address.
func (m Message) check() error {
	switch {
	case !isRef(m.Ref):
		return fmt.Errorf("%w: its reference is not made of letters and digits", ErrPermanent)
	case m.Subject == "" || !utf8Line(m.Subject):
		return fmt.Errorf("%w: its subject is not one line", ErrPermanent)
	case m.Text == "" || m.HTML == "":
		return fmt.Errorf("%w: it says nothing", ErrPermanent)
	case !isAddress(m.From):
		return fmt.Errorf("%w: its sender is no address", ErrPermanent)
	case !isAddress(m.To):
		return fmt.Errorf("%w: its reader is no address", ErrPermanent)
	}
	return nil
}

func isRef(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 100
}

func utf8Line(s string) bool {
	return len(s) <= 500 && strings.ToValidUTF8(s, "") == s && strings.IndexFunc(s, breaks) < 0
}

// breaks tells which characters end a line for some reader, or hide what follows.
func breaks(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// isAddress lets a bare address pass, as the envelope of a mail holds it.
func isAddress(s string) bool {
	if !utf8Line(s) || strings.ContainsAny(s, " <>(),;:\"") {
		return false
	}
	a, err := netmail.ParseAddress(s)
	return err == nil && a.Address == s
}

// domain is what stands behind the @ of the carrier's address.
func (m Message) domain() string { return m.From[strings.LastIndexByte(m.From, '@')+1:] }
