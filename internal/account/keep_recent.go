package account

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/lib/pq"

	"ecms/portal/internal/postgres"
)

// How portals tell one another of sessions.
const (
	// sessionsChannel is where a transaction tells every portal of the database
	// whose sessions it ended or altered: an account's number, or nothing for any.
	sessionsChannel = "sessions"

	// An answer to a ping lets what is kept be believed for trustSpan from the
	// moment of asking: so long at most a line that died in silence goes unnoticed.
	trustSpan = 2 * time.Second
	pingPace  = 500 * time.Millisecond
)

// heard forgets what a notification is about; nil comes after a line that was
// cut, when some may have been missed.
func (r *recent) heard(n *pq.Notification) {
	if n == nil {
		r.cut()
		return
	}
	owner, err := strconv.ParseInt(n.Extra, 10, 64)
	if err != nil {
		r.dropAll()
		return
	}
	r.drop(ID(owner))
}

// watch asks the line again and again whether it is whole, from when it listens.
func (r *recent) watch(ctx context.Context, l *pq.Listener) {
	if l.Listen(sessionsChannel) != nil {
		return // closed; otherwise it waits for the database
	}
	for {
		line, asked := r.lines(), time.Now()
		if ctx.Err() != nil {
			return
		}
		if l.Ping() == nil { // after a cut it answers only once it listens again
			r.whole(line, asked)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pingPace):
		}
	}
}

// KeepRecent lets Session answer from memory what it has read in the last seconds,
// until ctx ends. It listens on a connection of its own for what any portal of the
// database does to sessions; while that is cut off, every session is read.
func (s *Store) KeepRecent(ctx context.Context, url string) error {
	l, err := postgres.Listen(url, func(e pq.ListenerEventType, _ error) {
		if e == pq.ListenerEventDisconnected {
			s.recent.cut()
		}
	})
	if err != nil {
		return fmt.Errorf("keep recent sessions: %w", err)
	}
	defer func() {
		go func() { // may wait for the database
			_ = l.Close()
			for range l.Notify {
			}
		}()
		s.recent.cut()
	}()
	go s.recent.watch(ctx, l)
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-l.Notify:
			s.recent.heard(n)
		}
	}
}

// altered tells every portal of the database, at the commit, that sessions of an
// account have ended or say something else. This process forgets them by drop,
// which whoever changes something calls before the answer.
func altered(ctx context.Context, tx *postgres.Tx, owner ID) error {
	if _, err := tx.Exec(ctx, `select pg_notify('`+sessionsChannel+`', $1)`, owner.String()); err != nil {
		return fmt.Errorf("tell of altered sessions: %w", err)
	}
	return nil
}
