package web

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
)

// The cookies. All are bound to this host and to https (browsers count localhost
// as such); scripts see none but the clock, which the script itself may set.
const (
	cookieLanguage  = "__Host-lang"
	cookieClock     = "__Host-tz"
	cookieClockBare = "tz" // written by the script, only read here
	cookieGrant     = "__Host-grant"
	cookieSession   = "__Host-session" // who is signed in
	cookieLetter    = "__Host-letter"  // number of the sign-in letter whose code may be typed here
	cookieFlash     = "__Host-flash"   // what was just done, for the next page
	cookieRecall    = "__Host-recall"  // ticket of the letter whose code proves an address here
	cookieProof     = "__Host-proof"   // that address, sealed
)

const (
	year   = 365 * 24 * time.Hour
	forget = -time.Second

	flashAge  = time.Minute
	letterAge = 10 * time.Minute
)

func setCookie(c echo.Context, name, value string, age time.Duration) {
	c.SetCookie(&http.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(age / time.Second),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (p *Portal) rememberLanguage(c echo.Context, l locale.Language) {
	setCookie(c, cookieLanguage, string(l), year)
}

// rememberGrant hands out the token that opens the unlocked view.
func (p *Portal) rememberGrant(c echo.Context, g shipment.Grant) {
	p.authors.move(cookie(c.Request(), cookieGrant), g.Token)
	setCookie(c, cookieGrant, g.Token, g.Expires.Sub(p.Now()))
}

func clockCookie(r *http.Request) string {
	if name := cookie(r, cookieClock); name != "" {
		return name
	}
	return cookie(r, cookieClockBare)
}

// zones keeps the time zones that visitors have chosen, since loading one reads
// a file. Names that are none are not kept.
type zones struct{ known sync.Map } // name -> *time.Location

// find gives the zone of an IANA name; nil when there is none by that name.
func (z *zones) find(name string) *time.Location {
	if found, ok := z.known.Load(name); ok {
		return found.(*time.Location) //nolint:forcetypeassert // only find stores, and only zones
	}
	if !zoneName(name) {
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	z.known.Store(name, zone)
	return zone
}

// orUTC is find for zones that the carrier's feed names.
func (z *zones) orUTC(name string) *time.Location {
	if zone := z.find(name); zone != nil {
		return zone
	}
	return time.UTC
}

// zoneName tells whether the name is written as zones are: "Asia/Seoul",
// "Etc/GMT+8". Each zone has one spelling, so that the kept ones stay few.
func zoneName(name string) bool {
	if name == "" || len(name) > 64 || name == "Local" || strings.Contains(name, "//") {
		return false
	}
	for _, r := range name {
		if !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("_+-/", r)) {
			return false
		}
	}
	return name[len(name)-1] != '/'
}
