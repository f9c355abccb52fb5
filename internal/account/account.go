// Package account holds the people who sign in: customers and the carrier's own
// staff, their passwords, sessions, and the letters whose links let them in. It
// knows no cookies and sends no mail itself.
package account

import (
	"strconv"
	"time"

	"ecms/portal/internal/locale"
)

// ID names an account.
type ID int64

// String writes the number, as jobs and logs name an account.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Role says which doors open for an account.
type Role string

// The roles.
const (
	Customer Role = "customer"
	Staff    Role = "staff"
)

// Account is somebody whose address is confirmed.
type Account struct {
	ID       ID              `db:"id"`
	Email    string          `db:"email"` // as typed
	Role     Role            `db:"role"`
	Name     string          `db:"name"` // how to greet them; may be empty
	Language locale.Language `db:"language"`
	// Terms is the version of the terms that was agreed to; empty for staff.
	Terms string `db:"terms"`
	// HasPassword is false for those who sign in by mailed link alone.
	HasPassword bool      `db:"has_password"`
	CreatedAt   time.Time `db:"created_at"`
}

// SessionID names a session to its owner, who may end it. It opens nothing.
type SessionID int64

// Session is one browser that is signed in.
type Session struct {
	ID      SessionID `db:"session_id"`
	Account Account   `db:"account"`
	// Agent is the browser in words, Network where it was last used from (/24 or /48).
	Agent   string `db:"agent"`
	Network string `db:"network"`
	// CreatedAt is the sign-in, SeenAt the last use to the minute, ProvedAt when
	// the person last showed who they are, ExpiresAt the end whatever happens.
	CreatedAt time.Time `db:"session_created_at"`
	SeenAt    time.Time `db:"seen_at"`
	ProvedAt  time.Time `db:"proved_at"`
	ExpiresAt time.Time `db:"expires_at"`
}

// freshProof is for how long a person needs not show again who they are.
const freshProof = 10 * time.Minute

// Fresh tells whether the person showed who they are within the last ten minutes.
func (s Session) Fresh(now time.Time) bool { return now.Sub(s.ProvedAt) <= freshProof }

// Purpose is what a letter is for.
type Purpose string

// The letters. The first four carry a link; two tell what was done; the last has
// nothing but a code, for whoever need not have an account.
const (
	Register        Purpose = "register"
	SignIn          Purpose = "login"
	Reset           Purpose = "reset"
	ChangeEmail     Purpose = "email"
	PasswordChanged Purpose = "password_changed"
	EmailChanged    Purpose = "email_changed"
	Recall          Purpose = "recall"
)

// Visitor is what the edge knows of whoever asks: the network that limits count
// by (/24 or /48) and the browser in words.
type Visitor struct{ Network, Agent string }
