package mail_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// post is a mail server that tests talk to.
type post struct {
	tls, starttls bool
	password      string         // none: no sign-in is offered
	refuse        map[string]int // answers by command: mail, rcpt, data
	silent        bool           // takes connections and says nothing
	hang          time.Duration  // before the receipt

	mu   sync.Mutex
	got  []received
	name string
}

// received is a mail as the server has it.
type received struct {
	helo, from, name string
	to               []string
	data             []byte
	encrypted        bool
}

// certified is the certificate for 127.0.0.1 of the standard library's test servers.
func certified(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// trusted trusts the test servers' certificate.
func trusted(t *testing.T) *tls.Config {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AddCert(certified(t).Certificate())
	return &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
}

// start runs the server until the test ends and gives its host and port.
func (p *post) start(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if p.silent {
		t.Cleanup(func() { _ = l.Close() })
		return l.Addr().String() // the kernel takes connections that nobody accepts
	}
	s := smtp.NewServer(p)
	s.Domain, s.AllowInsecureAuth = "post.example.com", true
	s.ErrorLog = quiet{}
	keys := &tls.Config{Certificates: certified(t).TLS.Certificates, MinVersion: tls.VersionTLS12}
	if p.starttls {
		s.TLSConfig = keys
	}
	if p.tls {
		l = tls.NewListener(l, keys)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return l.Addr().String()
}

func (p *post) mails() []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.got
}

func (p *post) signedIn() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.name
}

// NewSession begins a talk.
func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, encrypted := c.TLSConnectionState()
	s := &talk{post: p, mail: received{helo: c.Hostname(), encrypted: encrypted}}
	if p.password == "" {
		return s, nil
	}
	return guarded{s}, nil
}

type talk struct {
	post *post
	mail received
}

func (s *talk) answer(command string) error {
	if code := s.post.refuse[command]; code != 0 {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: "not <zhou.yutong@example.com>"}
	}
	return nil
}

func (s *talk) Mail(from string, _ *smtp.MailOptions) error {
	s.mail.from = from
	return s.answer("mail")
}

func (s *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.to = append(s.mail.to, to)
	return s.answer("rcpt")
}

func (s *talk) Data(r io.Reader) (err error) {
	if s.mail.data, err = io.ReadAll(r); err != nil {
		return err
	}
	time.Sleep(s.post.hang)
	if err := s.answer("data"); err != nil {
		return err
	}
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.got = append(s.post.got, s.mail)
	return nil
}

func (s *talk) Reset()        {}
func (s *talk) Logout() error { return nil }

// guarded is a talk that begins with a sign-in.
type guarded struct{ *talk }

func (g guarded) AuthMechanisms() []string { return []string{sasl.Plain} }

func (g guarded) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		g.post.mu.Lock()
		defer g.post.mu.Unlock()
		g.post.name, g.mail.name = name, name
		if password != g.post.password {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "no"}
		}
		return nil
	}), nil
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
