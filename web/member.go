package web

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

// keepDoor lets members, or staff alone, pass. A stranger is led to the sign-in
// page and from there back; a customer finds nothing behind the staff's door.
func (p *Portal) keepDoor(c echo.Context, group Group) (in bool, err error) {
	v := visitOf(c)
	v.flashes = true
	c.Response().Header()["Cache-Control"] = headerNoStore
	kept, err := p.session(c)
	if err != nil {
		return false, err
	}
	session, ok := kept.Values[signedIn{}].(account.Session)
	if !ok {
		return false, seeOther(c, withNext("/login", p.wanted(c)))
	}
	if group == Staff && session.Account.Role != account.Staff {
		return false, fault.ErrNotFound
	}
	v.signed = session.Account.Email
	c.Set(sessionKey, session)
	return true, nil
}

// wanted is where a stranger is led back to after signing in: the page asked for,
// or the one on which the form stood that was sent.
func (p *Portal) wanted(c echo.Context) string {
	r := c.Request()
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nextOf(r.URL.RequestURI())
	}
	from, err := url.Parse(r.Referer())
	if err != nil || from.Host == "" || from.Host != r.Host && from.Scheme+"://"+from.Host != p.Config.BaseURL {
		return ""
	}
	return nextOf(from.RequestURI())
}

// nextOf gives the address as one to go on to after signing in, without its
// language; empty when it is not surely a page of this portal, or a door of it.
func nextOf(typed string) string {
	if typed == "" {
		return ""
	}
	next := localPath(typed)
	at, query, _ := strings.Cut(next, "?")
	if _, plain, ok := cutLanguage(at); ok {
		at = plain
	}
	clean := path.Clean(at)
	if at == "/" || clean != strings.TrimSuffix(at, "/") || strings.HasPrefix(at, "//") {
		return ""
	}
	for _, door := range []string{"/login", "/logout", "/register", "/password", "/clock"} {
		if clean == door || strings.HasPrefix(clean, door+"/") {
			return ""
		}
	}
	if query != "" {
		at += "?" + query
	}
	return at
}

// withNext adds where to go on to to the address of a door.
func withNext(door, next string) string {
	if next == "" {
		return door
	}
	return door + "?next=" + url.QueryEscape(next)
}

// visitorOf is what an account's log and limits know of whoever asks.
func visitorOf(c echo.Context) account.Visitor {
	return account.Visitor{Network: network(visitOf(c).address).String(), Agent: agentOf(c.Request().UserAgent())}
}

// tongueOf is the language in which the visitor gets mail: that of the page,
// unless it is the one for tests of layouts.
func tongueOf(c echo.Context) locale.Language {
	if l := visitOf(c).language; l != locale.Pseudo {
		return l
	}
	return locale.English
}

// tell keeps a message for the next page of members: a key that begins with "flash.".
func tell(c echo.Context, key string) { setCookie(c, cookieFlash, key, flashAge) }

// told gives the message that was kept for this page, and forgets it.
func told(c echo.Context, v *visit) string {
	key := cookie(c.Request(), cookieFlash)
	if key == "" {
		return ""
	}
	setCookie(c, cookieFlash, "", forget)
	l := locale.For(v.language)
	if !strings.HasPrefix(key, "flash.") || !l.Has(key) {
		return ""
	}
	return l.T(key)
}
