package web

import (
	"errors"
	"net/http"
	"time"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
)

// sessionStore lets gorilla/sessions keep sessions as rows of accounts: the cookie
// carries nothing but a token, so that a session ends the moment its row does.
type sessionStore struct {
	accounts *account.Store
	visitor  account.Visitor
	now      time.Time
}

var _ sessions.Store = sessionStore{}

// signedIn is the key under which a session holds its account.Session.
type signedIn struct{}

// Get gives the request's session, read once however often it is asked for.
func (s sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session that the request's cookie names. A token that opens
// nothing, for whatever reason, is that of a stranger.
func (s sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	kept := sessions.NewSession(s, name)
	kept.IsNew = true
	kept.Options = &sessions.Options{Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	token := cookie(r, name)
	if token == "" {
		return kept, nil
	}
	found, err := s.accounts.Session(r.Context(), token, s.visitor)
	if errors.Is(err, fault.ErrNotFound) {
		return kept, nil
	}
	if err != nil {
		return kept, err
	}
	kept.ID, kept.IsNew = token, false
	kept.Values[signedIn{}] = found
	return kept, nil
}

// Save hands the token to the browser until the session's end at the latest; with
// a negative MaxAge it ends the session.
func (s sessionStore) Save(r *http.Request, w http.ResponseWriter, kept *sessions.Session) error {
	if kept.Options.MaxAge < 0 {
		http.SetCookie(w, sessions.NewCookie(kept.Name(), "", kept.Options))
		if kept.ID == "" {
			return nil
		}
		return s.accounts.SignOut(r.Context(), kept.ID)
	}
	session, ok := kept.Values[signedIn{}].(account.Session)
	if !ok {
		return nil
	}
	kept.Options.MaxAge = int(session.ExpiresAt.Sub(s.now) / time.Second)
	http.SetCookie(w, sessions.NewCookie(kept.Name(), kept.ID, kept.Options))
	return nil
}

// session gives the request's session; IsNew says that nobody is signed in.
func (p *Portal) session(c echo.Context) (*sessions.Session, error) {
	store := sessionStore{p.Accounts, visitorOf(c), visitOf(c).began}
	return store.Get(c.Request(), cookieSession)
}

// enter gives the browser the session that was begun for it. One that it had
// before, of whomever, is over.
func (p *Portal) enter(c echo.Context, begun account.Session, token string) error {
	kept, err := p.session(c)
	if err != nil {
		return err
	}
	if kept.ID != "" && kept.ID != token {
		if err := p.Accounts.SignOut(c.Request().Context(), kept.ID); err != nil {
			return err
		}
	}
	kept.ID, kept.IsNew = token, false
	kept.Values[signedIn{}] = begun
	return kept.Save(c.Request(), c.Response())
}

// sessionKey is where a request carries who is signed in.
const sessionKey = "session"

// sessionOf gives who is signed in, on the routes of members and staff.
func (p *Portal) sessionOf(c echo.Context) account.Session {
	session, ok := c.Get(sessionKey).(account.Session)
	if !ok {
		panic("a member's handler outside the groups of members")
	}
	return session
}
