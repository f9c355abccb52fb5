package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/textproto"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// serverPatience bounds each step of the talk with a mail server: reaching it,
// and handing one message over.
const serverPatience = 10 * time.Second

// SMTP hands messages to a mail server, one connection each.
type SMTP struct {
	host    string
	options []gomail.Option
}

// NewSMTP reads the server's address: smtps:// is encrypted from the first byte,
// smtp+starttls:// before anything is said, smtp:// where the server offers it.
// A name and password are never sent in the clear, but for a server on this
// machine. Certificates are checked by trust, nil for the system's own roots.
func NewSMTP(address string, trust *tls.Config) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil, errors.New("mail server: the address cannot be read")
	}
	password, _ := u.User.Password()
	name := u.User.Username()
	s := &SMTP{host: u.Hostname(), options: []gomail.Option{gomail.WithTimeout(serverPatience)}}
	if trust != nil {
		trust = trust.Clone()
		trust.ServerName = s.host
		s.options = append(s.options, gomail.WithTLSConfig(trust))
	}
	port := 25
	switch u.Scheme {
	case "smtps":
		port = 465
		s.options = append(s.options, gomail.WithSSL())
	case "smtp+starttls":
		port = 587
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "smtp":
		s.options = append(s.options, gomail.WithTLSPolicy(plainPolicy(s.host, name)))
	default:
		return nil, errors.New("mail server: the address begins with neither smtp://, smtp+starttls:// nor smtps://")
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, errors.New("mail server: the port is no number")
		}
	}
	s.options = append(s.options, gomail.WithPort(port))
	if name != "" {
		s.options = append(s.options, gomail.WithUsername(name), gomail.WithPassword(password), gomail.WithSMTPAuth(signIn(u.Scheme, s.host)))
	}
	return s, nil
}

// plainPolicy is how an smtp:// address is encrypted.
func plainPolicy(host, name string) gomail.TLSPolicy {
	if name != "" && !isHere(host) {
		return gomail.TLSMandatory
	}
	return gomail.TLSOpportunistic
}

// signIn is how name and password are shown: the best way that the server knows,
// in the clear only to a server on this machine.
func signIn(scheme, host string) gomail.SMTPAuthType {
	if scheme == "smtp" && isHere(host) {
		return gomail.SMTPAuthPlainNoEnc
	}
	return gomail.SMTPAuthAutoDiscover
}

// isHere tells whether a server runs on this machine.
func isHere(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// Send hands the message over and waits until the server has taken it. A refusal
// for good is ErrPermanent; everything else may go better later.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := m.write()
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(s.host, append(s.options, gomail.WithHELO(m.domain()))...)
	if err != nil {
		return fmt.Errorf("mail server: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() { // what fails behind its receipt changes nothing
		return nil
	}
	return reason(err)
}

// reason tells what went wrong without what the server said, which often repeats
// the reader's address.
func reason(err error) error {
	var refused *gomail.SendError
	if errors.As(err, &refused) {
		code := refused.ErrorCode()
		told := fmt.Errorf("mail server answered %d %s while %s", code, refused.EnhancedStatusCode(), refused.Reason)
		if code >= 500 && code < 600 {
			return fmt.Errorf("%w: %w", ErrPermanent, told)
		}
		return told
	}
	var answered *textproto.Error
	if errors.As(err, &answered) {
		return fmt.Errorf("mail server answered %d when it was met", answered.Code)
	}
	var unreached net.Error
	if errors.As(err, &unreached) && unreached.Timeout() {
		return errors.New("mail server did not answer in time")
	}
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return errors.New("mail server's certificate is not trusted")
	}
	var operation *net.OpError
	if errors.As(err, &operation) {
		return fmt.Errorf("mail server cannot be reached: %s: %w", operation.Op, operation.Err)
	}
	return fmt.Errorf("mail server: %w", err)
}
