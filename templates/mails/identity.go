package mails

import (
	"context"
	"strings"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
)

// ComposeIdentity writes a mail about a parcel's identity. It names the parcel and
// what is asked, and nothing that anybody has given.
func ComposeIdentity(ctx context.Context, m customs.Mailing, h House) (mail.Message, error) {
	return writeIdentity(m, h).message(ctx, m.Ref, m.To, h)
}

func writeIdentity(m customs.Mailing, h House) letter {
	l := locale.For(m.Language)
	kind := "idmail." + string(m.Kind)
	home, number := h.Base+"/"+string(l.Language()), string(m.Waybill)
	told := kind + ".text"
	if own := told + "." + strings.ToLower(m.Country); l.Has(own) { // where something is left to do elsewhere
		told = own
	}
	w := letter{
		lang: l.Language(), subject: l.T(kind+".subject", "number", number), href: home + "/p/" + m.Link,
		text:     l.T(told, "number", number, "country", l.InCountry(m.Country), "day", l.Day(string(m.Due))),
		stranger: l.T("idmail.stranger"),
		real:     l.T("idmail.real", "from", h.From), ifBroken: l.T("mail.link"), automatic: l.T("mail.automatic"), contact: home + "/contact",
	}
	if m.Link == "" {
		w.button, w.href = l.T("id.track"), home+"/track/"+number
		return w
	}
	w.button, w.expires = l.T(kind+".button"), l.T("idmail.until", "day", l.Day(string(m.Until)))
	switch m.Kind {
	case customs.LetterAsked:
		w.also = []string{l.T("need.id.why." + m.Country)}
	case customs.LetterReturn:
		w.also = []string{l.T("idmail.return.more")}
	case customs.LetterRefused:
		w.also, w.list = []string{l.T("id.refusal." + string(m.Reason)), l.T("idmail.refused.parts")}, asked(l, m)
	case customs.LetterReminder, customs.LetterAccepted:
	}
	w.last = deadline(l, m)
	return w
}

// deadline is the last day in words, and what happens otherwise; empty where none
// is to come.
func deadline(l *locale.Locale, m customs.Mailing) string {
	day := l.Day(string(m.Due))
	switch {
	case m.Due == "" || m.Left < 0:
		return ""
	case m.Left == 0:
		return l.T("idmail.last", "day", day)
	case m.Kind == customs.LetterReminder:
		return l.N("idmail.left", m.Left, "day", day)
	}
	return l.T("idmail.due", "day", day)
}

// asked names the parts that are asked again, by their names in the form.
func asked(l *locale.Locale, m customs.Mailing) []string {
	names := make([]string, len(m.Parts))
	for i, part := range m.Parts {
		names[i] = partName(l, m.Doc, part)
	}
	return names
}

func partName(l *locale.Locale, doc customs.DocType, part string) string {
	switch part {
	case customs.FieldDocType:
		return l.T("id.document")
	case customs.FieldDocNumber:
		if key := "id.number." + string(doc); l.Has(key) {
			return l.T(key)
		}
		return l.T("id.number")
	case customs.FieldExpiryDay:
		return l.T("id.expiry")
	case string(customs.Front), string(customs.Back), string(customs.Permit):
		if key := "id.picture." + string(doc) + "." + part; l.Has(key) {
			return l.T(key)
		}
		return l.T("id.picture." + part)
	}
	return l.T("id." + part)
}
