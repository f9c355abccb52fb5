package shipment

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The public view of a parcel is kept as one text per parcel, so that a lookup
// reads one row: a version, a line for the parcel, a line per checkpoint with
// the newest first. Fields are separated by tabs. Instants are whole seconds,
// a checkpoint's counted back from the one before it. It holds no language.
const timelineFormat = "1"

// encode writes the public view; the waybill and the row's version stay outside.
func (p Public) encode() string {
	b := make([]byte, 0, 160+40*len(p.Checkpoints))
	b = append(append(b, timelineFormat...), '\n')
	b = appendSubtag(b, p.Status.Subtag)
	b = appendInstant(b, p.Status.At)
	b = appendCustoms(b, p.Status.Customs)
	b = appendInstant(b, p.Status.CustomsSince)
	b = appendNumber(b, int64(p.Status.Checkpoints))
	b = appendNumber(b, int64(p.Status.Attempts))
	b = appendNumber(b, int64(p.Piece))
	b = appendNumber(b, int64(p.Pieces))
	for _, s := range []string{
		p.OriginCountry, p.DestCountry, p.OriginZone, p.DestZone, p.Service,
		string(p.AcceptedOn), string(p.DeliveredOn), string(p.PromisedFrom), string(p.PromisedTo),
		p.LastMileCarrier, p.LastMileNumber,
	} {
		b = appendText(b, s)
	}
	last := int64(0)
	for _, c := range p.Checkpoints {
		b[len(b)-1] = '\n'
		at := c.At.Unix()
		b = appendNumber(b, at-last)
		last = at
		b = appendNumber(b, int64(c.OffsetMinutes))
		b = appendSubtag(b, c.Subtag)
		b = appendCustoms(b, c.Customs)
		b = appendText(b, c.Country)
		b = appendText(b, c.Place)
	}
	return string(b[:len(b)-1])
}

func appendNumber(b []byte, n int64) []byte {
	return append(strconv.AppendInt(b, n, 10), '\t')
}

// appendInstant writes whole seconds; nothing for the zero time.
func appendInstant(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, '\t')
	}
	return appendNumber(b, t.Unix())
}

// appendText writes text on one line; the feed refuses control characters, and
// what came in another way must not break the row.
func appendText(b []byte, s string) []byte {
	if strings.ContainsAny(s, "\t\n") {
		s = strings.NewReplacer("\t", " ", "\n", " ").Replace(s)
	}
	return append(append(b, s...), '\t')
}

// appendSubtag writes a letter for the tag and the number: InTransit_006 is T6.
func appendSubtag(b []byte, s Subtag) []byte {
	i := slices.Index(tagLetters[:], s.Tag())
	n, err := strconv.Atoi(strings.TrimPrefix(string(s), string(s.Tag())+"_"))
	if i < 0 || err != nil {
		return append(b, '\t')
	}
	return appendNumber(append(b, "ABCDEFGHI"[i]), int64(n))
}

func appendCustoms(b []byte, c CustomsState) []byte {
	if i := slices.Index(customsLetters[:], c); i >= 0 {
		b = append(b, "abcdefg"[i])
	}
	return append(b, '\t')
}

// Letters of tags (from A) and customs states (from a) in the format. A new
// one goes to the end; the order is part of the format.
var (
	tagLetters = [...]Tag{
		Pending, InfoReceived, InTransit, OutForDelivery, AttemptFail, Delivered,
		AvailableForPickup, Exception, Expired,
	}
	customsLetters = [...]CustomsState{
		AwaitingInvoice, AwaitingID, AwaitingDuty, Inspection, Released, Refused, ReturnStarted,
	}
)
