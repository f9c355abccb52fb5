package mail_test

import (
	"bytes"
	"context"
	"errors"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
)

// hello is a message with nothing wrong in it.
func hello() mail.Message {
	return mail.Message{
		Ref: "mfzwizltoq2a", At: time.Date(2026, 3, 10, 12, 0, 0, 0, time.FixedZone("", 8*3600)),
		From: "parcels@ecms.example.com", To: "zhou.yutong@example.com", Language: locale.SimplifiedChinese,
		Subject: "请验证您的邮箱", Text: "有人申请注册账号。\n\nhttps://ecms.example.com/x\n", HTML: "<p>有人申请注册账号。</p>",
	}
}

// TestHeadersTakeNoSecondLine, in no field that strangers may fill.
func TestHeadersTakeNoSecondLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, spoil := range map[string]func(*mail.Message){
		"line break in subject":     func(m *mail.Message) { m.Subject = "Hi\r\nBcc: all@example.com" },
		"bare line feed":            func(m *mail.Message) { m.Subject = "Hi\nBcc: all@example.com" },
		"bare carriage return":      func(m *mail.Message) { m.Subject = "Hi\rBcc: all@example.com" },
		"line separator":            func(m *mail.Message) { m.Subject = "Hi\u2028Bcc: all@example.com" },
		"next line":                 func(m *mail.Message) { m.Subject = "Hi\u0085Bcc: all@example.com" },
		"nul":                       func(m *mail.Message) { m.Subject = "Hi\x00" },
		"bytes that are no text":    func(m *mail.Message) { m.Subject = "Hi\xff" },
		"no subject":                func(m *mail.Message) { m.Subject = "" },
		"endless subject":           func(m *mail.Message) { m.Subject = strings.Repeat("x", 501) },
		"line break in reader":      func(m *mail.Message) { m.To = "lin@example.com\r\nBcc: all@example.com" },
		"two readers":               func(m *mail.Message) { m.To = "lin@example.com, all@example.com" },
		"reader with a name":        func(m *mail.Message) { m.To = "Lin <lin@example.com>" },
		"quoted reader":             func(m *mail.Message) { m.To = "\"lin\r\n\"@example.com" },
		"command in reader":         func(m *mail.Message) { m.To = "lin@example.com> SIZE=1" },
		"no reader":                 func(m *mail.Message) { m.To = "" },
		"sender without a domain":   func(m *mail.Message) { m.From = "parcels" },
		"line break in sender":      func(m *mail.Message) { m.From = "a@example.com\nX: y" },
		"reference out of a folder": func(m *mail.Message) { m.Ref = "../../etc/cron" },
		"reference of two lines":    func(m *mail.Message) { m.Ref = "a\r\nb" },
		"no reference":              func(m *mail.Message) { m.Ref = "" },
		"endless reference":         func(m *mail.Message) { m.Ref = strings.Repeat("a", 101) },
		"no text":                   func(m *mail.Message) { m.Text = "" },
		"no HTML":                   func(m *mail.Message) { m.HTML = "" },
	} {
		m := hello()
		spoil(&m)
		err := mail.NewDir(dir).Send(t.Context(), m)
		if !errors.Is(err, mail.ErrPermanent) || strings.Contains(err.Error(), "example.com") {
			t.Errorf("%s: %v, want refused for good without the address", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("written: %q", left)
	}
}

// read gives the one mail of a folder.
func read(t *testing.T, dir string) ([]byte, *netmail.Message) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, hello().Ref+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return raw, m
}

func TestFileHoldsTheWholeMail(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "when needed")
	if err := mail.NewDir(dir).Send(t.Context(), hello()); err != nil {
		t.Fatal(err)
	}
	raw, got := read(t, dir)
	subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
	if err != nil || subject != hello().Subject {
		t.Errorf("subject %q, %v", subject, err)
	}
	for header, want := range map[string]string{
		"Message-Id": "<mfzwizltoq2a@ecms.example.com>", "To": "<zhou.yutong@example.com>", "From": `"ECMS Express" <parcels@ecms.example.com>`,
		"Date": "Tue, 10 Mar 2026 04:00:00 +0000", "Auto-Submitted": "auto-generated", "Content-Language": "zh-Hans",
		"X-Mailer": "", "User-Agent": "", "Reply-To": "", "Bcc": "",
	} {
		if got := got.Header.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	texts := partsOf(t, got)
	if want := strings.ReplaceAll(hello().Text, "\n", "\r\n"); texts["text/plain"] != want || texts["text/html"] != hello().HTML || len(texts) != 2 {
		t.Errorf("parts %q", texts)
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 998 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line no server need take: %q", line)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, hello().Ref+".eml")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

// TestFileIsWrittenOnce, however often it is sent and wherever a kill came.
func TestFileIsWrittenOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	half := filepath.Join(dir, hello().Ref+".123.part") // left by a kill
	if err := os.WriteFile(half, []byte("Date: half a ma"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := hello()
	other.Ref = "another"
	var first []byte
	for round := range 3 {
		for _, m := range []mail.Message{hello(), other} {
			if err := mail.NewDir(dir).Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		}
		raw, _ := read(t, dir)
		if round == 0 {
			first = raw
		}
		if !bytes.Equal(first, raw) {
			t.Errorf("round %d: another mail\n%s\nwas\n%s", round, raw, first)
		}
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) != 2 {
		t.Errorf("files %q, want one a mail", files)
	}
}

func TestFolderThatCannotBeWrittenIsTriedAgain(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := mail.NewDir(filepath.Join(file, "below")).Send(t.Context(), hello()); err == nil || errors.Is(err, mail.ErrPermanent) {
		t.Errorf("got %v, want an error that may pass", err)
	}
}

func TestNowhereKeepsMailsWaiting(t *testing.T) {
	t.Parallel()
	if err := (mail.Nowhere{}).Send(context.Background(), hello()); err == nil || errors.Is(err, mail.ErrPermanent) || !strings.Contains(err.Error(), "PORTAL_SMTP_URL") {
		t.Errorf("got %v, want to hear what is to be configured", err)
	}
}
