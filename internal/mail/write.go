package mail

import (
	"fmt"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// write makes the message as it travels: text first, HTML as its alternative. It
// comes out the same each time that At is the same.
func (m Message) write() (*gomail.Msg, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary("part-"+m.Ref[:min(len(m.Ref), 60)]))
	if err := msg.FromFormat(senderName, m.From); err != nil {
		return nil, fmt.Errorf("%w: its sender is no address", ErrPermanent)
	}
	if err := msg.To(m.To); err != nil {
		return nil, fmt.Errorf("%w: its reader is no address", ErrPermanent)
	}
	at := m.At
	if at.IsZero() {
		at = time.Now()
	}
	msg.SetDateWithValue(at.UTC())
	msg.SetMessageIDWithValue(m.Ref + "@" + m.domain())
	msg.Subject(m.Subject)
	msg.SetGenHeader("Content-Language", string(m.Language))
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office answers, RFC 3834
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")  // the same for Exchange
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}
