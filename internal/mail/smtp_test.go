package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/mail"
)

// partsOf gives the texts of a mail by their type.
func partsOf(t *testing.T, m *netmail.Message) map[string]string {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return texts
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		text, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		texts[kind] = string(text)
	}
}

// TestServerGetsTheMail over each way that an address may ask for.
func TestServerGetsTheMail(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		server    *post
		scheme    string
		encrypted bool
		name      string
	}{
		"plain on this machine":           {&post{}, "smtp://", false, ""},
		"encrypted where offered":         {&post{starttls: true}, "smtp://", true, ""},
		"encrypted before anything":       {&post{starttls: true}, "smtp+starttls://", true, ""},
		"encrypted throughout":            {&post{tls: true}, "smtps://", true, ""},
		"with a password":                 {&post{starttls: true, password: "a password: with@marks"}, "smtp+starttls://portal:a%20password%3A%20with%40marks@", true, "portal"},
		"with a password, throughout":     {&post{tls: true, password: "pw"}, "smtps://portal:pw@", true, "portal"},
		"with a password on this machine": {&post{password: "pw"}, "smtp://portal:pw@", false, "portal"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := tc.server
			sender, err := mail.NewSMTP(tc.scheme+server.start(t), trusted(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := sender.Send(t.Context(), hello()); err != nil {
				t.Fatal(err)
			}
			got := server.mails()
			if len(got) != 1 || got[0].from != hello().From || strings.Join(got[0].to, " ") != hello().To || got[0].encrypted != tc.encrypted || got[0].name != tc.name {
				t.Fatalf("the server has %+v", got)
			}
			if got[0].helo != "ecms.example.com" {
				t.Errorf("greeted as %q", got[0].helo)
			}
			m, err := netmail.ReadMessage(bytes.NewReader(got[0].data))
			if err != nil || m.Header.Get("Message-Id") != "<mfzwizltoq2a@ecms.example.com>" || m.Header.Get("X-Mailer") != "" {
				t.Fatalf("headers %v, %v", m.Header, err)
			}
			if texts := partsOf(t, m); texts["text/html"] != hello().HTML {
				t.Errorf("parts %q", texts)
			}
		})
	}
}

// TestNothingIsSaidInTheClear where the address asks for encryption or a password
// would be shown.
func TestNothingIsSaidInTheClear(t *testing.T) {
	t.Parallel()
	for name, scheme := range map[string]string{"asked for": "smtp+starttls://", "throughout": "smtps://", "password": "smtp+starttls://portal:pw@"} {
		server := post{password: "pw"}
		sender, err := mail.NewSMTP(scheme+server.start(t), trusted(t))
		if err != nil {
			t.Fatal(err)
		}
		if err := sender.Send(t.Context(), hello()); err == nil || errors.Is(err, mail.ErrPermanent) {
			t.Errorf("%s: %v, want an error that may pass", name, err)
		}
		if got := server.mails(); len(got) != 0 || server.signedIn() != "" {
			t.Errorf("%s: the server has %+v, %q", name, got, server.signedIn())
		}
	}
}

func TestForgedServerGetsNothing(t *testing.T) {
	t.Parallel()
	for _, server := range []*post{{tls: true}, {starttls: true}} {
		scheme := map[bool]string{true: "smtps://", false: "smtp://"}[server.tls]
		sender, err := mail.NewSMTP(scheme+server.start(t), nil) // the system's roots know nothing of it
		if err != nil {
			t.Fatal(err)
		}
		err = sender.Send(t.Context(), hello())
		if err == nil || !strings.Contains(err.Error(), "certificate is not trusted") || errors.Is(err, mail.ErrPermanent) {
			t.Errorf("%s: %v", scheme, err)
		}
		if got := server.mails(); len(got) != 0 {
			t.Errorf("%s: the forger has %+v", scheme, got)
		}
	}
}

// TestRefusals tells those for good from those that pass, and never whom the mail
// was for.
func TestRefusals(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		server    *post
		permanent bool
		says      string
	}{
		"no such person":    {&post{refuse: map[string]int{"rcpt": 550}}, true, "550"},
		"mailbox full":      {&post{refuse: map[string]int{"rcpt": 452}}, false, "452"},
		"greylisted":        {&post{refuse: map[string]int{"rcpt": 451}}, false, "451"},
		"sender not wanted": {&post{refuse: map[string]int{"mail": 553}}, true, "553"},
		"sender put off":    {&post{refuse: map[string]int{"mail": 421}}, false, "421"},
		"taken for spam":    {&post{refuse: map[string]int{"data": 554}}, true, "554"},
		"data put off":      {&post{refuse: map[string]int{"data": 451}}, false, "451"},
		"wrong password":    {&post{tls: true, password: "another"}, false, "535"}, // for the operator to mend, then all go out
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := tc.server
			address := server.start(t)
			scheme := "smtp://"
			if server.tls {
				scheme = "smtps://portal:pw@"
			}
			sender, err := mail.NewSMTP(scheme+address, trusted(t))
			if err != nil {
				t.Fatal(err)
			}
			err = sender.Send(t.Context(), hello())
			if err == nil || errors.Is(err, mail.ErrPermanent) != tc.permanent || !strings.Contains(err.Error(), tc.says) {
				t.Fatalf("got %v, want %s, for good: %t", err, tc.says, tc.permanent)
			}
			if strings.Contains(err.Error(), "zhou") {
				t.Errorf("the error names the reader: %v", err)
			}
		})
	}
}

// TestServerThatHangsHoldsNobody for longer than the stated time, wherever it stops.
func TestServerThatHangsHoldsNobody(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]*post{"at once": {silent: true}, "at the end": {hang: 40 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sender, err := mail.NewSMTP("smtp://"+server.start(t), nil)
			if err != nil {
				t.Fatal(err)
			}
			begun := time.Now()
			err = sender.Send(t.Context(), hello())
			if took := time.Since(begun); err == nil || errors.Is(err, mail.ErrPermanent) || took > 25*time.Second {
				t.Errorf("%v after %s, want an error that may pass within 25 s", err, took)
			}
		})
	}
}

func TestServerThatIsAway(t *testing.T) {
	t.Parallel()
	sender, err := mail.NewSMTP("smtp://127.0.0.1:1", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), hello()); err == nil || errors.Is(err, mail.ErrPermanent) {
		t.Errorf("away: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := sender.Send(ended, hello()); err == nil {
		t.Error("sent after the end")
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "http://mail.example.com", "smtp://", "smtp://u:geheim@mail:port", "smtp+tls://mail.example.com", "smtp://u:ge%heim@mail"} {
		if _, err := mail.NewSMTP(address, nil); err == nil || strings.Contains(err.Error(), "heim") {
			t.Errorf("%s: %v, want refused without the password", address, err)
		}
	}
}
