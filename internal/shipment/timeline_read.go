package shipment

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

var errTimeline = errors.New("timeline unreadable, run portal rebuild")

// ReadView reads the public view of a parcel out of its row of shipment_timeline,
// for a query that has read it together with rows of its own.
func ReadView(w Waybill, version int64, body string) (Public, error) { return decode(w, version, body) }

// ReadHead is ReadView without the checkpoints, for lists, at a fraction of the work.
func ReadHead(w Waybill, version int64, body string) (Public, error) {
	end := len(timelineFormat) + 1
	if n := strings.IndexByte(body[min(end, len(body)):], '\n'); n >= 0 {
		body = body[:end+n]
	}
	return decode(w, version, body)
}

// decode reads what encode wrote. Texts are parts of the body, so that a
// lookup allocates little more than the list of checkpoints.
func decode(w Waybill, version int64, body string) (Public, error) {
	format, rest, _ := strings.Cut(body, "\n")
	if format != timelineFormat {
		return Public{}, fmt.Errorf("%w: %s: format %.10q", errTimeline, w, format)
	}
	line, rest, more := strings.Cut(rest, "\n")
	f := fields{rest: line, subtags: subtagsByCode()}
	p := Public{
		Waybill: w, Version: version,
		Status: Status{
			Subtag: f.subtag(), At: f.instant(), Customs: f.customs(), CustomsSince: f.instant(),
			Checkpoints: int(f.number()), Attempts: int(f.number()),
		},
		Piece: int(f.number()), Pieces: int(f.number()),
		OriginCountry: f.text(), DestCountry: f.text(), OriginZone: f.text(), DestZone: f.text(),
		Service: f.text(), AcceptedOn: Date(f.text()), DeliveredOn: Date(f.text()),
		PromisedFrom: Date(f.text()), PromisedTo: Date(f.text()),
		LastMileCarrier: f.text(), LastMileNumber: f.text(),
	}
	p.Status.Tag = p.Status.Subtag.Tag()
	if more {
		p.Checkpoints = make([]PublicCheckpoint, 0, strings.Count(rest, "\n")+1)
	}
	for at := int64(0); more; {
		f.check(f.rest == "")
		f.rest, rest, more = strings.Cut(rest, "\n")
		at += f.number()
		p.Checkpoints = append(p.Checkpoints, PublicCheckpoint{
			At: time.Unix(at, 0).UTC(), OffsetMinutes: int(f.number()),
			Subtag: f.subtag(), Customs: f.customs(), Country: f.text(), Place: f.text(),
		})
	}
	if f.check(f.rest == ""); f.bad {
		return Public{}, fmt.Errorf("%w: %s", errTimeline, w)
	}
	return p, nil
}

// fields takes one field after the other from a line.
type fields struct {
	rest    string
	bad     bool
	subtags map[string]Subtag
}

func (f *fields) check(ok bool) { f.bad = f.bad || !ok }

func (f *fields) text() string {
	s := f.rest
	if i := strings.IndexByte(s, '\t'); i >= 0 {
		f.rest = s[i+1:]
		return s[:i]
	}
	f.rest = ""
	return s
}

func (f *fields) number() int64 {
	n, err := strconv.ParseInt(f.text(), 10, 64)
	f.check(err == nil)
	return n
}

func (f *fields) instant() time.Time {
	s := f.text()
	if s == "" {
		return time.Time{}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	f.check(err == nil)
	return time.Unix(n, 0).UTC()
}

func (f *fields) subtag() Subtag {
	s := f.text()
	if s == "" {
		return ""
	}
	subtag, ok := f.subtags[s]
	f.check(ok)
	return subtag
}

func (f *fields) customs() CustomsState {
	s := f.text()
	if s == "" {
		return ""
	}
	i := int(s[0]) - 'a'
	if len(s) != 1 || i < 0 || i >= len(customsLetters) {
		f.bad = true
		return ""
	}
	return customsLetters[i]
}

// subtagsByCode leads from the format's short codes to the subtags.
var subtagsByCode = sync.OnceValue(func() map[string]Subtag {
	m := make(map[string]Subtag, len(lifeOrder))
	for _, s := range lifeOrder {
		code := string(appendSubtag(nil, s))
		m[code[:len(code)-1]] = s
	}
	return m
})
