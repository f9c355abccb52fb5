package account

import (
	"context"
	"fmt"
	"time"
)

// EventKind is what happened to an account.
type EventKind string

// The kinds of events.
const (
	EventMade            EventKind = "made"
	EventSignedIn        EventKind = "signed_in"         // with a password
	EventSignedInByLink  EventKind = "signed_in_by_link" // or by its code
	EventSignedOut       EventKind = "signed_out"
	EventSessionEnded    EventKind = "session_ended"
	EventSessionsEnded   EventKind = "sessions_ended" // all others
	EventProved          EventKind = "proved"
	EventPasswordSet     EventKind = "password_set" // the first one
	EventPasswordChanged EventKind = "password_changed"
	EventPasswordReset   EventKind = "password_reset"
	EventEmailAsked      EventKind = "email_asked" // a change, not yet confirmed
	EventEmailChanged    EventKind = "email_changed"
	EventRoleChanged     EventKind = "role_changed"
	EventClosed          EventKind = "closed"
)

// EventKinds lists every kind, for those who have words for them.
func EventKinds() []EventKind {
	return []EventKind{
		EventMade, EventSignedIn, EventSignedInByLink, EventSignedOut, EventSessionEnded, EventSessionsEnded, EventProved, EventPasswordSet,
		EventPasswordChanged, EventPasswordReset, EventEmailAsked, EventEmailChanged, EventRoleChanged, EventClosed,
	}
}

// Event is one line of an account's log.
type Event struct {
	At      time.Time `db:"at"`
	Kind    EventKind `db:"kind"`
	Agent   string    `db:"agent"`
	Network string    `db:"network"`
	// ByStaff says that somebody else than the owner did it.
	ByStaff bool `db:"by_staff"`
}

// note adds a line to an account's log.
func note(ctx context.Context, a act, owner ID, kind EventKind) error {
	_, err := a.Exec(ctx, `insert into account_events (account_id, at, kind, agent, network) values ($1, $2, $3, $4, $5)`,
		owner, a.now, kind, a.by.Agent, a.by.Network)
	if err != nil {
		return fmt.Errorf("note %s: %w", kind, err)
	}
	return nil
}

// Events gives the last n lines of an account's log, the latest first.
func (s *Store) Events(ctx context.Context, owner ID, n int) ([]Event, error) {
	var events []Event
	err := s.web.Select(ctx, &events, `
		select at, kind, agent, network, actor_id is distinct from account_id and actor_id is not null as by_staff
		from account_events where account_id = $1 order by at desc, id desc limit $2`, owner, n)
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	return events, nil
}
