package mails_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/mails"

	"golang.org/x/net/html"
)

const linkKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// idKind is one of the mails about an identity.
type idKind struct {
	name    string
	mailing customs.Mailing
	target  string // where its button leads, behind the language
	says    []string
}

// idKinds are all of them, each as it looks most.
func idKinds() []idKind {
	about := func(k customs.LetterKind, country string, left int) customs.Mailing {
		return customs.Mailing{
			Ref: "mfzwizltoq2amfzwizltoq2a", Kind: k, Waybill: "EC1234567890", To: "lin@example.com", Country: country,
			Due: "2026-03-17", Left: left, Link: linkKey, Until: "2026-03-24",
		}
	}
	refused := about(customs.LetterRefused, "CN", 3)
	refused.Reason, refused.Doc = "number_differs", customs.CNID
	refused.Parts = []string{customs.FieldNameLocal, customs.FieldDocType, customs.FieldDocNumber, customs.FieldExpiryDay, string(customs.Front), string(customs.Permit)}
	late := about(customs.LetterRefused, "TW", -1)
	late.Reason, late.Doc, late.Parts, late.Due = "phone_differs", customs.TWEZWay, []string{customs.FieldPhone}, ""
	accepted := about(customs.LetterAccepted, "KR", 0)
	accepted.Link, accepted.Until, accepted.Due = "", "", ""
	inApp := accepted
	inApp.Country = "TW"
	form := "/p/" + linkKey
	return []idKind{
		{"id asked", about(customs.LetterAsked, "CN", 14), form, []string{"resident ID card", "The last day for it is 17 March 2026."}},
		{"id asked on the last day", about(customs.LetterAsked, "KR", 0), form, []string{"clearance code", "Today, 17 March 2026, is the last day."}},
		{"id reminder", about(customs.LetterReminder, "TW", 7), form, []string{"7 days are left, until 17 March 2026."}},
		{"id reminder one", about(customs.LetterReminder, "TW", 1), form, []string{"1 day is left"}},
		{"id return", about(customs.LetterReturn, "CN", -1), form, []string{"was 17 March 2026", "We cannot promise it"}},
		{"id accepted", accepted, "/track/EC1234567890", []string{"nothing more is needed"}},
		{"id refused", refused, form, []string{"The number is not the one on the document", "- Name\n- Document\n- Resident ID number\n- Valid until\n- Portrait side", "The last day for it is"}},
		{"id refused late", late, form, []string{"registered with customs", "- Mobile number\n"}},
		{"id accepted in the app", inApp, "/track/EC1234567890", []string{"confirm the parcel there"}},
	}
}

func composeID(t *testing.T, k idKind, lang locale.Language) mail.Message {
	t.Helper()
	k.mailing.Language = lang
	m, err := mails.ComposeIdentity(t.Context(), k.mailing, mails.House{From: from, Base: base, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestIdentityMailsLookAsAgreed(t *testing.T) {
	t.Parallel()
	for i, k := range idKinds() {
		for _, lang := range locale.Languages() {
			m, name := composeID(t, k, lang), k.name
			if lang != locale.English {
				name += " " + string(lang)
			}
			if lang == locale.English || i == 0 || i == 6 {
				golden.Compare(t, name, m.HTML)
			}
			golden.Compare(t, name+" text", "<pre>"+html.EscapeString(m.Subject+"\n\n"+m.Text)+"</pre>")
		}
	}
}

// TestIdentityMailsSayWhatTheyMust: which parcel, until when, where to go, and how
// to know the mail; the HTML says the same.
func TestIdentityMailsSayWhatTheyMust(t *testing.T) {
	t.Parallel()
	for _, k := range idKinds() {
		for _, lang := range locale.Languages() {
			m, l := composeID(t, k, lang), locale.For(lang)
			name := k.name + " " + string(lang)
			if m.Ref != k.mailing.Ref || m.To != k.mailing.To || m.From != from || m.Language != lang || !strings.Contains(m.Subject, "EC1234567890") {
				t.Errorf("%s: %+v", name, m)
			}
			want := []string{"EC1234567890", base + "/" + string(lang) + k.target, l.T("idmail.real", "from", from), l.T("idmail.stranger")}
			if lang == locale.English {
				want = append(want, k.says...)
			}
			if k.mailing.Link != "" {
				want = append(want, l.T("idmail.until", "day", l.Day("2026-03-24")))
			}
			for _, w := range want {
				if !strings.Contains(m.Text, w) {
					t.Errorf("%s: %q is missing in\n%s", name, w, m.Text)
				}
			}
			if strings.ContainsAny(m.Text, "{}") || strings.Contains(m.Subject, linkKey) {
				t.Errorf("%s:\n%s\n%s", name, m.Subject, m.Text)
			}
			shown := wordsOf(t, m.HTML)
			for line := range strings.SplitSeq(m.Text, "\n") {
				if !strings.Contains(shown, strings.TrimPrefix(line, "- ")) {
					t.Errorf("%s: %q stands in the text alone", name, line)
				}
			}
		}
	}
}

// TestIdentityMailsLeadNowhereElse, and load nothing.
func TestIdentityMailsLeadNowhereElse(t *testing.T) {
	t.Parallel()
	for _, k := range idKinds() {
		m := composeID(t, k, locale.Korean)
		for _, found := range address.FindAllStringSubmatch(m.HTML, -1) {
			if !strings.HasPrefix(found[1], base+"/ko/") {
				t.Errorf("%s leads to %s", k.name, found[1])
			}
		}
		for _, tag := range []string{"<img", "<link", "<script", "<style", "<form", "<iframe", "url("} {
			if strings.Contains(m.HTML, tag) || len(m.HTML) > 12<<10 {
				t.Errorf("%s holds %s, or is long: %d bytes", k.name, tag, len(m.HTML))
			}
		}
	}
}

// TestEveryRefusalCanBeMailed, whatever reason and parts the staff chooses.
func TestEveryRefusalCanBeMailed(t *testing.T) {
	t.Parallel()
	for why, parts := range customs.Reasons() {
		for _, rule := range customs.Rules() {
			for _, doc := range rule.Documents {
				k := idKinds()[6]
				k.mailing.Reason, k.mailing.Parts, k.mailing.Doc, k.mailing.Country = why, parts, doc.Doc, rule.Country
				for _, lang := range locale.Languages() {
					m := composeID(t, k, lang)
					if n := strings.Count(m.Text, "\n- ") + strings.Count(m.Text, "\n\n- "); n < len(parts) {
						t.Errorf("%s %s %s: %d parts in\n%s", lang, why, doc.Doc, n, m.Text)
					}
				}
			}
		}
	}
}
