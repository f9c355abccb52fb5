package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ecms/portal/internal/shipment"
)

// ownSource is the carrier's own name in the feed.
const ownSource = "ecms"

// lag is how many events a later piece of an order is behind the one before.
const lag = 3

// trip is one parcel before its dates: which story it lives, from where to where.
type trip struct {
	story    story
	n, piece int
	from     origin
	to       lane
	seat     int // its place in the set, which spreads origins and services
}

// parcel is one parcel of the set.
type parcel struct {
	story       Story
	record      shipment.Record
	checkpoints []shipment.Checkpoint
}

// parcels makes the set.
func parcels(o Options) []parcel {
	var all []parcel
	for _, t := range trips() {
		all = append(all, o.parcel(t))
	}
	return all
}

// trips deals lanes and origins out to the stories.
func trips() []trip {
	var all []trip
	lanes, origins := lanes(), origins()
	seat := 0
	for i, s := range stories() {
		open := slices.DeleteFunc(slices.Clone(lanes), func(l lane) bool {
			return s.lanes != "" && !strings.Contains(s.lanes, l.country())
		})
		first := i * 4 // stories begin with different destinations
		for n := range s.count {
			for piece := 1; piece <= max(s.pieces, 1); piece++ {
				t := trip{s, n, piece, origins[seat%len(origins)], open[(first+n)%len(open)], seat}
				t.story.way = s.way[:len(s.way)-lag*(piece-1)]
				all = append(all, t)
			}
			seat++
		}
	}
	return all
}

// at is the place of a step on this trip; an event that names none is told in UTC.
func (t trip) at(s spot) house {
	switch s {
	case shop:
		return t.from.shop
	case hub:
		return t.from.hub
	case gateway:
		return t.from.gateway
	case airport:
		return t.to.airport
	case depot:
		return t.to.depot
	case point:
		return t.to.point
	case door:
		return house{t.to.home.district, t.to.country(), t.to.zone()}
	}
	return house{zone: time.UTC}
}

// source tells who reports a step: the last-mile carrier's codes are those of
// the posts or AfterShip's own.
func (t trip) source(s step) string {
	posts := strings.HasPrefix(s.code, "E") || strings.Contains(s.code, "_")
	if posts && (s.spot == depot || s.spot == door || s.spot == point) {
		return t.to.source
	}
	return ownSource
}

func (o Options) parcel(t trip) parcel {
	r := o.chance(t.story.name, t.n, t.piece)
	times := t.times(draw(r, t.story), o.until())
	p := parcel{story: t.story.name, record: o.record(t, r, times)}
	for i, s := range t.story.way {
		p.checkpoints = append(p.checkpoints, t.checkpoint(p.record.Waybill, i, s, times[i]))
	}
	if t.story.name == Moving && t.n == 0 {
		p.checkpoints = corrected(p.checkpoints)
	}
	if t.seat%7 == 3 {
		slices.Reverse(p.checkpoints)
	}
	return p
}

func (t trip) checkpoint(w shipment.Waybill, i int, s step, at time.Time) shipment.Checkpoint {
	place := t.at(s.spot)
	return shipment.Checkpoint{
		Waybill: w, EventID: fmt.Sprintf("e%02d", i+1), At: at.UTC(), OffsetMinutes: offsetAt(place.zone, at),
		Place: place.name, Facility: s.spot.facility(), Country: place.country,
		Code: s.code, Text: t.to.rawText(s.code, place.name), Source: t.source(s),
	}
}

// corrected lets the third event come twice, first with a wrong place.
func corrected(events []shipment.Checkpoint) []shipment.Checkpoint {
	wrong := events[2]
	wrong.Place, wrong.Text = "Memphis Sorting Center", "Arrived at facility"
	events[2].Rev = 1
	return slices.Insert(events, 2, wrong)
}
