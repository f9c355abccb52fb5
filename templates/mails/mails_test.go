package mails_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/mails"

	"golang.org/x/net/html"
)

var noon = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

const (
	from = "parcels@ecms.example.com"
	base = "https://ecms.example.com"
)

// kind is one of the mails that letters become.
type kind struct {
	name    string
	mailing account.Mailing
	target  string // where its button leads, behind the language
}

// kinds are all of them.
func kinds() []kind {
	letter := func(p account.Purpose, known bool, link, code string, life time.Duration) account.Mailing {
		return account.Mailing{
			Letter: account.Letter{Purpose: p, Email: "lin@example.com", ExpiresAt: noon.Add(life), Ref: "mfzwizltoq2amfzwizltoq2a"},
			Known:  known, To: "lin@example.com", Name: "Lin", Link: link, Code: code,
		}
	}
	return []kind{
		{"register", letter(account.Register, false, "/register/confirm/t0ken", "", 24*time.Hour), "/register/confirm/t0ken"},
		{"register known", letter(account.Register, true, "/login/link/t0ken", "", 10*time.Minute), "/login/link/t0ken"},
		{"register known late", letter(account.Register, true, "/login/link/t0ken", "", 0), "/login"},
		{"login", letter(account.SignIn, true, "/login/link/t0ken", "01234567", 10*time.Minute), "/login/link/t0ken"},
		{"login unknown", letter(account.SignIn, false, "", "", 10*time.Minute), "/register"},
		{"reset", letter(account.Reset, true, "/password/reset/t0ken", "", time.Hour), "/password/reset/t0ken"},
		{"reset unknown", letter(account.Reset, false, "", "", time.Hour), "/register"},
		{"email", letter(account.ChangeEmail, false, "/account/email/t0ken", "", 24*time.Hour), "/account/email/t0ken"},
		{"email taken", letter(account.ChangeEmail, true, "", "", 24*time.Hour), "/account"},
		{"password changed", letter(account.PasswordChanged, true, "", "", 24*time.Hour), "/password/forgot"},
		{"email changed", letter(account.EmailChanged, false, "", "", 24*time.Hour), "/contact"},
		{"recall", letter(account.Recall, false, "", "01234567", 10*time.Minute), ""},
	}
}

func compose(t *testing.T, k kind, lang locale.Language) mail.Message {
	t.Helper()
	k.mailing.Language = lang
	m, err := mails.Compose(t.Context(), k.mailing, mails.House{From: from, Base: base, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// each calls f with every mail in every language.
func each(t *testing.T, f func(name string, k kind, m mail.Message)) {
	t.Helper()
	for _, lang := range locale.Languages() {
		for _, k := range kinds() {
			f(string(lang)+" "+k.name, k, compose(t, k, lang))
		}
	}
}

func TestMailsLookAsAgreed(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		m := compose(t, k, locale.English)
		golden.Compare(t, k.name, m.HTML)
		golden.Compare(t, k.name+" text", "<pre>"+html.EscapeString(m.Subject+"\n\n"+m.Text)+"</pre>")
	}
	for _, lang := range locale.Languages()[1:] {
		golden.Compare(t, "login "+string(lang), compose(t, kinds()[3], lang).HTML)
		golden.Compare(t, "recall "+string(lang), compose(t, kinds()[len(kinds())-1], lang).HTML)
	}
}

// TestMailsSayWhatTheyMust: whom they are from, where they lead, and what to do
// for somebody who did not ask.
func TestMailsSayWhatTheyMust(t *testing.T) {
	t.Parallel()
	each(t, func(name string, k kind, m mail.Message) {
		if m.Ref != k.mailing.Ref || m.To != k.mailing.To || m.From != from || m.At != noon || m.Language != locale.Language(strings.Fields(name)[0]) {
			t.Errorf("%s: %+v", name, m)
		}
		home := base + "/" + string(m.Language)
		for _, want := range []string{from, home + k.target, home + "/contact"} {
			if !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, html.EscapeString(want)) {
				t.Errorf("%s: %q is missing in\n%s", name, want, m.Text)
			}
		}
		if strings.Contains(m.Text, "t0ken") != strings.Contains(k.target, "t0ken") || strings.Contains(m.Text, "{") {
			t.Errorf("%s:\n%s", name, m.Text)
		}
		if code := k.mailing.Code; code != "" && (!strings.Contains(m.Text, code) || strings.Contains(m.Subject, code)) {
			t.Errorf("%s: the code stands in\n%s\n%s", name, m.Subject, m.Text)
		}
		l := locale.For(m.Language)
		if !strings.Contains(m.Text, l.T("mail.real", "from", from)) {
			t.Errorf("%s: it does not say how to know it", name)
		}
	})
}

// TestHTMLSaysWhatTheTextSays, line for line.
func TestHTMLSaysWhatTheTextSays(t *testing.T) {
	t.Parallel()
	each(t, func(name string, _ kind, m mail.Message) {
		shown := wordsOf(t, m.HTML)
		for line := range strings.SplitSeq(m.Text, "\n") {
			if line != "" && !strings.Contains(shown, line) {
				t.Errorf("%s: %q stands in the text alone", name, line)
			}
		}
	})
}

// wordsOf gives what is read of a page, and checks that its tags fit.
func wordsOf(t *testing.T, markup string) string {
	t.Helper()
	golden.Check(t, "mail", style.ReplaceAllString(markup, "")) // mail programs keep no other styles than those in tags
	root, err := html.Parse(strings.NewReader(markup))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + "\n")
		}
	}
	return b.String()
}

var style = regexp.MustCompile(` style="[^"]*"`)

var address = regexp.MustCompile(`(?i)(?:href|src|background|action|url)\s*[=(]\s*["']?([^"')\s>]+)`)

// TestMailsLoadNothing: no picture, style or script from anywhere, so that nobody
// hears of a mail being read.
func TestMailsLoadNothing(t *testing.T) {
	t.Parallel()
	each(t, func(name string, _ kind, m mail.Message) {
		for _, tag := range []string{"<img", "<link", "<script", "<style", "<form", "<iframe", "url(", "@import"} {
			if strings.Contains(m.HTML, tag) {
				t.Errorf("%s holds %s", name, tag)
			}
		}
		for _, found := range address.FindAllStringSubmatch(m.HTML, -1) {
			if u, err := url.Parse(found[1]); err != nil || u.Scheme+"://"+u.Host != base || u.RawQuery != "" {
				t.Errorf("%s leads to %s", name, found[1])
			}
		}
		if strings.Contains(m.HTML, "zTemplUnsafe") || strings.Contains(m.HTML, "&amp;#") || len(m.HTML) > 12<<10 {
			t.Errorf("%s: %d bytes of HTML", name, len(m.HTML))
		}
	})
}

// TestNamesGreetTheirOwnersAlone: a name goes out as its owner typed it, but never
// to an address that is not confirmed as theirs.
func TestNamesGreetTheirOwnersAlone(t *testing.T) {
	t.Parallel()
	const name = `<b>Visit evil.example & win</b>`
	for _, k := range kinds() {
		k.mailing.Name = name
		m := compose(t, k, locale.English)
		own := k.mailing.Known && k.mailing.Purpose != account.ChangeEmail
		if strings.Contains(m.Text, name) != own || strings.Contains(m.HTML, "evil.example") != own || strings.Contains(m.HTML, "<b>Visit") {
			t.Errorf("%s greets: %t, want %t\n%s", k.name, !own, own, m.Text)
		}
		k.mailing.Name = ""
		if m := compose(t, k, locale.English); strings.Contains(m.Text, "Hello") {
			t.Errorf("%s greets nobody:\n%s", k.name, m.Text)
		}
	}
}

func TestLinksSayForHowLongTheyWork(t *testing.T) {
	t.Parallel()
	for left, want := range map[time.Duration]string{
		24*time.Hour - time.Second: "24 hours", 10 * time.Minute: "10 minutes", 9*time.Minute + time.Second: "10 minutes",
		time.Hour: "1 hour", 59*time.Minute + time.Second: "1 hour", 61 * time.Second: "2 minutes", time.Second: "1 minute", 119 * time.Minute: "2 hours",
	} {
		k := kinds()[0]
		k.mailing.ExpiresAt = noon.Add(left)
		if m := compose(t, k, locale.English); !strings.Contains(m.Text, "works for "+want+",") {
			t.Errorf("with %s left: want %s in\n%s", left, want, m.Text)
		}
	}
}

// TestCodeOfWhoHasNoAccountLeadsNowhere: the mail may reach somebody who never
// asked, so it names no parcel and has no link but to our people.
func TestCodeOfWhoHasNoAccountLeadsNowhere(t *testing.T) {
	t.Parallel()
	each(t, func(name string, k kind, m mail.Message) {
		if k.mailing.Purpose != account.Recall {
			return
		}
		for _, found := range address.FindAllStringSubmatch(m.HTML, -1) {
			if !strings.HasSuffix(found[1], "/contact") {
				t.Errorf("%s leads to %s", name, found[1])
			}
		}
		if !strings.Contains(m.Text, "01234567") || !strings.Contains(m.Text, "10") || strings.Contains(m.Text, "\n\n\n") {
			t.Errorf("%s:\n%s", name, m.Text)
		}
	})
}
