package mail

import (
	"context"
	"errors"
)

// Nowhere is the way of a portal that was given none: each message waits until
// somebody configures one.
type Nowhere struct{}

// Send refuses for now.
func (Nowhere) Send(context.Context, Message) error {
	return errors.New("no mail server is configured: set PORTAL_SMTP_URL or PORTAL_MAIL_DIR")
}
