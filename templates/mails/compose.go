// Package mails writes the portal's mails, each as text and as HTML that say the
// same. They load nothing from anywhere, so that reading one tells nobody.
package mails

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
)

// House is what every mail says about the portal.
type House struct {
	// From is the address that mails come from, Base the portal's own address
	// without a slash at its end.
	From, Base string
	// Now is when the mail is written.
	Now time.Time
}

// letter is one mail in the words of its language.
type letter struct {
	lang           locale.Language
	subject        string
	greeting, text string
	also           []string // further paragraphs
	list           []string // what the last of them names
	last           string   // until when something is to be done
	button, href   string
	expires        string // for how long href opens something; empty when it always does
	codeIs, code   string
	stranger       string // what to do for somebody who did not ask
	ifBroken       string
	real           string // how to tell this mail from a forged one
	automatic      string
	contact        string
}

// Compose writes the mail of a letter in the letter's language.
func Compose(ctx context.Context, m account.Mailing, h House) (mail.Message, error) {
	if !m.ExpiresAt.After(h.Now) { // held up for so long that its link opens nothing
		m.Link, m.Code = "", ""
	}
	return write(m, h).message(ctx, m.Ref, m.To, h)
}

// message is the mail as it is handed over.
func (w letter) message(ctx context.Context, ref, to string, h House) (mail.Message, error) {
	var html bytes.Buffer
	if err := page(w).Render(ctx, &html); err != nil {
		return mail.Message{}, fmt.Errorf("write mail: %w", err)
	}
	return mail.Message{
		Ref: ref, At: h.Now, From: h.From, To: to, Language: w.lang,
		Subject: w.subject, Text: w.plain(), HTML: html.String(),
	}, nil
}

func write(m account.Mailing, h House) letter {
	l := locale.For(m.Language)
	kind := "mail." + kindOf(m)
	say := func(part string) string { return l.T(kind + part) }
	home := h.Base + "/" + string(l.Language())
	w := letter{
		lang: l.Language(), subject: say(".subject"), text: say(".text"), stranger: say(".stranger"), code: m.Code, ifBroken: l.T("mail.link"),
		real: l.T("mail.real", "from", h.From), automatic: l.T("mail.automatic"), contact: home + "/contact",
	}
	if m.Purpose != account.Recall { // whoever has no account has no page to be led to
		w.button, w.href = say(".button"), home+target(m)
	}
	if m.Link != "" {
		w.expires = lasts(l, m.ExpiresAt.Sub(h.Now))
	}
	switch {
	case m.Code == "":
	case m.Purpose == account.Recall:
		w.codeIs = l.T("mail.recall.code")
		w.expires = l.N("mail.recall.minutes", int(math.Ceil(m.ExpiresAt.Sub(h.Now).Minutes())))
	default:
		w.codeIs = l.T("mail.code")
	}
	// A name is the account's own words: they go to its own address alone, or
	// anybody could have us mail a text of theirs to anyone.
	if m.Name != "" && m.Known && m.Purpose != account.ChangeEmail {
		w.greeting = l.T("mail.greeting", "name", m.Name)
	}
	return w
}

// kindOf names the words of a letter: what was asked for, and whether the address
// has an account.
func kindOf(m account.Mailing) string {
	kind := string(m.Purpose)
	switch m.Purpose {
	case account.Register:
		if m.Known {
			return kind + "_known"
		}
	case account.SignIn, account.Reset:
		if !m.Known {
			return kind + "_unknown"
		}
	case account.ChangeEmail:
		if m.Known {
			return kind + "_taken"
		}
	case account.PasswordChanged, account.EmailChanged, account.Recall:
	}
	return kind
}

// target is where the mail's one button leads.
func target(m account.Mailing) string {
	if m.Link != "" {
		return m.Link
	}
	switch m.Purpose {
	case account.ChangeEmail:
		return "/account"
	case account.PasswordChanged:
		return "/password/forgot"
	case account.EmailChanged:
		return "/contact"
	case account.Register, account.SignIn, account.Reset:
		if m.Known {
			return "/login"
		}
	case account.Recall:
	}
	return "/register"
}

// lasts tells for how long a link works, never less than it does.
func lasts(l *locale.Locale, left time.Duration) string {
	minutes := max(1, int(math.Ceil(left.Minutes())))
	if minutes > 90 || minutes%60 == 0 {
		return l.N("mail.hours", (minutes+59)/60)
	}
	return l.N("mail.minutes", minutes)
}

// plain is the mail as text.
func (w letter) plain() string {
	link := ""
	if w.href != "" {
		link = w.button + "\n" + w.href
	}
	code := ""
	if w.code != "" {
		code = w.codeIs + "\n" + w.code
	}
	list := ""
	if len(w.list) > 0 {
		list = "- " + strings.Join(w.list, "\n- ")
	}
	parts := append([]string{w.greeting, w.text}, w.also...)
	var said []string
	for _, part := range append(parts, list, w.last, link, code, w.expires, w.stranger, w.real, w.automatic+"\n"+w.contact) {
		if part != "" {
			said = append(said, part)
		}
	}
	return strings.Join(said, "\n\n") + "\n"
}
