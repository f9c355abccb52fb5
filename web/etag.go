package web

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// tag names what a visitor sees at an address: it changes with the parcel, the
// build, the language, the second clock and the day there and at the
// destination. Nothing on the page changes within a day. The destination's zone
// stands in it, so that the version alone decides whether a copy still holds. It
// is weak, since the same page goes out compressed as well.
func (p *Portal) tag(v *visit, version int64, destination string) string {
	var b [192]byte
	s := binary.BigEndian.AppendUint64(b[:0], uint64(version)) //nolint:gosec // any bits will do
	for _, part := range [...]string{p.Build, string(v.language), v.prefix, v.path, destination} {
		s = append(s, part...)
		s = append(s, 0)
	}
	s = appendDay(s, v.began, p.zones.orUTC(destination))
	if v.zone != nil {
		s = append(s, v.zone.String()...)
		s = appendDay(s, v.began, v.zone)
	}
	h := fnv.New128a()
	_, _ = h.Write(s) // never fails
	sum := h.Sum(b[:0])
	return `W/"` + hex.EncodeToString(sum[:12]) + "-" + destination + `"`
}

// appendDay writes which day it is in the zone.
func appendDay(s []byte, now time.Time, zone *time.Location) []byte {
	const day = 24 * 60 * 60
	_, offset := now.In(zone).Zone()
	return strconv.AppendInt(append(s, ' '), (now.Unix()+int64(offset))/day, 10)
}

// mostTags is how many tags of a visitor are looked at. Browsers send one.
const mostTags = 8

// fresh gives the visitor's tag when it still names what would be shown now.
func (p *Portal) fresh(v *visit, version int64, asked []string) (string, bool) {
	one, rest := "", strings.Join(asked, ",")
	for range mostTags {
		one, rest, _ = strings.Cut(rest, ",")
		bare := strings.Trim(strings.TrimPrefix(strings.TrimSpace(one), "W/"), `"`)
		if _, destination, ok := strings.Cut(bare, "-"); ok && zoneName(destination) {
			if tag := p.tag(v, version, destination); tag[3:len(tag)-1] == bare {
				return tag, true
			}
		}
	}
	return "", false
}

// notModified says that the visitor's copy is still the truth. The rules for
// showing it are kept with the copy: its tag names the build that gave them.
func (p *Portal) notModified(c echo.Context, tag string) error {
	h := c.Response().Header()
	for _, kept := range [...]string{"Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "Cross-Origin-Opener-Policy"} {
		delete(h, kept)
	}
	h["Etag"] = []string{tag}
	h["Cache-Control"] = headerRevalidate
	h["Vary"] = headerVary
	c.Response().WriteHeader(http.StatusNotModified)
	return nil
}
