package web

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
)

// visit is what the edge finds out about a request before any handler sees it.
type visit struct {
	id       string
	began    time.Time
	address  netip.Addr
	language locale.Language
	prefix   string         // "" or "/zh-Hans"
	path     string         // decoded, without the prefix
	query    string         // what of the address's query the page's links keep
	zone     *time.Location // the second clock the visitor chose; nil when none
	form     twin           // what the answer is written as
	secure   bool           // the visitor's own connection is https
	signed   string         // e-mail address of the member, on pages for members
	flashes  bool           // the page may tell what was just done
}

// twin is the form in which a page's content is asked for.
type twin string

const (
	twinPage twin = ""
	twinText twin = ".txt"
	twinJSON twin = ".json"
)

const visitKey = "visit"

// visitOf gives the request's visit; the edge has put it there.
func visitOf(c echo.Context) *visit {
	v, ok := c.Get(visitKey).(*visit)
	if !ok {
		panic("a handler outside the edge")
	}
	return v
}

// meet reads what concerns every request and takes the language prefix off the
// address, so that routes are written once.
func (p *Portal) meet(c echo.Context) *visit {
	r := c.Request()
	v := &visit{id: newRequestID(), began: p.Now(), address: addressOf(r, p.Config.TrustedProxies)}
	v.secure = p.https || r.TLS != nil || (r.Header.Get("X-Forwarded-Proto") == "https" && throughProxy(r, p.Config.TrustedProxies))
	if !strings.Contains(strings.ToLower(r.URL.RawPath), "%2f") {
		r.URL.RawPath = "" // only a slash inside a number differs from its plain form
	}
	if lang, rest, ok := cutLanguage(r.URL.Path); ok && (lang != locale.Pseudo || p.Config.Embedded) {
		v.language, v.prefix = lang, "/"+string(lang)
		r.URL.Path = rest
		if r.URL.RawPath != "" {
			r.URL.RawPath = strings.TrimPrefix(r.URL.RawPath, v.prefix)
		}
	}
	v.path = r.URL.Path
	chosen := cookie(r, cookieLanguage)
	if v.prefix == "" {
		v.language = locale.Match(chosen, r.Header.Get("Accept-Language"))
	} else if chosen != string(v.language) && v.language != locale.Pseudo {
		p.rememberLanguage(c, v.language)
	}
	v.zone = p.zones.find(clockCookie(r))
	c.Set(visitKey, v)
	return v
}

// cutLanguage splits "/ko/track/X" into Korean and "/track/X".
func cutLanguage(path string) (locale.Language, string, bool) {
	if len(path) < 3 || path[0] != '/' {
		return "", path, false
	}
	head, _, deeper := strings.Cut(path[1:], "/")
	lang, ok := locale.Parse(head)
	if !ok {
		return "", path, false
	}
	if !deeper {
		return lang, "/", true
	}
	return lang, path[1+len(head):], true
}

// shell is what the page around the content needs to know.
func (p *Portal) shell(v *visit) layouts.Shell {
	s := layouts.Shell{Lang: v.language, Prefix: v.prefix, Path: escapePath(v.path), RequestID: v.id, Signed: v.signed, Help: p.help, Dev: p.Config.Embedded}
	if v.query != "" {
		s.Path += "?" + v.query
	}
	if v.zone != nil {
		s.Zone = v.zone.String()
	}
	return s
}

func newRequestID() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

func cookie(r *http.Request, name string) string {
	if len(r.Header["Cookie"]) == 0 {
		return ""
	}
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}
