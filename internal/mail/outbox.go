package mail

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/postgres"
)

// Outbox keeps messages in the database, where whoever tries the portal out can
// read them in the browser. Nothing leaves the machine.
type Outbox struct{ db *postgres.DB }

// NewOutbox keeps messages on this database.
func NewOutbox(db *postgres.DB) *Outbox { return &Outbox{db} }

// Kept is a message in the outbox.
type Kept struct {
	Ref     string    `db:"ref"`
	At      time.Time `db:"at"` // when it came in
	To      string    `db:"recipient"`
	Subject string    `db:"subject"`
	// Text and HTML are empty in a list.
	Text string `db:"body_text"`
	HTML string `db:"body_html"`
}

// Send keeps the message; one that is there stays as it was.
func (o *Outbox) Send(ctx context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	_, err := o.db.Exec(ctx, `
		insert into outbox (ref, recipient, subject, body_text, body_html) values ($1, $2, $3, $4, $5)
		on conflict (ref) do nothing`, m.Ref, m.To, m.Subject, m.Text, m.HTML)
	if err != nil {
		return fmt.Errorf("keep mail: %w", err)
	}
	return nil
}

// List gives the newest messages, at most so many, without what they say.
func (o *Outbox) List(ctx context.Context, most int) ([]Kept, error) {
	var kept []Kept
	err := o.db.Select(ctx, &kept, `
		select ref, at, recipient, subject, '' as body_text, '' as body_html
		from outbox order by at desc, ref limit $1`, most)
	if err != nil {
		return nil, fmt.Errorf("list mails: %w", err)
	}
	return kept, nil
}

// Find gives one message; fault.ErrNotFound when there is none.
func (o *Outbox) Find(ctx context.Context, ref string) (Kept, error) {
	var k Kept
	if !isRef(ref) {
		return k, fault.ErrNotFound
	}
	err := o.db.Get(ctx, &k, `select ref, at, recipient, subject, body_text, body_html from outbox where ref = $1`, ref)
	if errors.Is(err, sql.ErrNoRows) {
		return k, fault.ErrNotFound
	}
	if err != nil {
		return k, fmt.Errorf("find mail: %w", err)
	}
	return k, nil
}
