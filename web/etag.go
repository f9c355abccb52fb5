package web

import (
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// tag names what a visitor sees of a parcel: it changes with the parcel, the
// build, the language, the form, the second clock and the day there and at the
// destination. Nothing on the page changes within a day. The destination's zone
// stands in it, so that the version alone decides whether a copy still holds. It
// is weak, since the same page goes out compressed as well.
func (p *Portal) tag(v *visit, version int64, destination string) string {
	var b [160]byte
	s := binary.BigEndian.AppendUint64(b[:0], uint64(version)) //nolint:gosec // any bits will do
	now := p.Now()
	for _, part := range [...]string{p.Build, string(v.language), v.prefix, string(v.form), destination} {
		s = append(s, part...)
		s = append(s, 0)
	}
	s = now.In(p.zones.orUTC(destination)).AppendFormat(s, "2006-01-02")
	if v.zone != nil {
		s = append(s, v.zone.String()...)
		s = now.In(v.zone).AppendFormat(s, "2006-01-02")
	}
	h := fnv.New128a()
	_, _ = h.Write(s) // never fails
	sum := h.Sum(b[:0])
	return `W/"` + hex.EncodeToString(sum[:12]) + "-" + destination + `"`
}

// fresh gives the visitor's tag when it still names what would be shown now.
func (p *Portal) fresh(v *visit, version int64, asked []string) (string, bool) {
	for _, line := range asked {
		for one := range strings.SplitSeq(line, ",") {
			bare := strings.Trim(strings.TrimPrefix(strings.TrimSpace(one), "W/"), `"`)
			_, destination, ok := strings.Cut(bare, "-")
			if !ok || !zoneName(destination) {
				continue
			}
			if tag := p.tag(v, version, destination); tag[3:len(tag)-1] == bare {
				return tag, true
			}
		}
	}
	return "", false
}

// notModified says that the visitor's copy is still the truth.
func (p *Portal) notModified(c echo.Context, tag string) error {
	h := c.Response().Header()
	h["Etag"] = []string{tag}
	h["Cache-Control"] = headerRevalidate
	h["Vary"] = headerVary
	c.Response().WriteHeader(http.StatusNotModified)
	return nil
}
