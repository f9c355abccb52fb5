package demo

// spot is a kind of place on a parcel's way.
type spot int

const (
	shop    spot = iota // where the shipper hands over
	hub                 // the carrier's house near the shipper
	gateway             // the carrier's house at the airport of departure
	airport             // the carrier's house at the airport of arrival
	depot               // the last-mile carrier's delivery office
	door                // the consignee's
	point               // a pick-up point nearby
	nowhere             // an event that names no place
)

// facility tells the carriers' own houses, which anybody may see, from places
// that tell about a person.
func (s spot) facility() bool {
	return s == hub || s == gateway || s == airport || s == depot
}

// step is one event of a story: its raw code, where, and the usual hours since
// the step before.
type step struct {
	code  string
	spot  spot
	hours int
}

// trail is a stretch of a parcel's way.
type trail []step

// join puts stretches together into one way.
func join(stretches ...trail) trail {
	var way trail
	for _, s := range stretches {
		way = append(way, s...)
	}
	return way
}

// way holds the stretches that most parcels have in common.
type way struct {
	announced, accepted, sorted, left, flown, landed, presented trail
	cleared, handedOver, atDepot, out, delivered                trail
}

// usual is the way of a parcel that nothing happens to, in stretches that each
// begin with the whole way before them.
func usual() way {
	var w way
	w.announced = trail{{"PRE", shop, 0}}
	w.accepted = join(w.announced, trail{{"PU", shop, 20}})
	w.sorted = join(w.accepted, trail{{"ARR", hub, 5}})
	w.left = join(w.sorted, trail{{"DEP", hub, 16}})
	w.flown = join(w.left, trail{{"ARR", gateway, 9}, {"EXA", gateway, 4}, {"UPL", gateway, 7}})
	w.landed = join(w.flown, trail{{"LND", airport, 15}})
	w.presented = join(w.landed, trail{{"CSD", airport, 4}})
	w.cleared = join(w.presented, trail{{"CRL", airport, 14}})
	w.handedOver = join(w.cleared, trail{{"HLM", airport, 6}})
	w.atDepot = join(w.handedOver, trail{{"EMG", depot, 12}})
	w.out = join(w.atDepot, trail{{"EDG", depot, 9}})
	w.delivered = join(w.out, trail{{"EMI", door, 4}})
	return w
}

// outThen is the way to the consignee's door that ends there with code.
func (w way) outThen(code string, hours int) trail {
	return join(w.out, trail{{code, door, hours}})
}
