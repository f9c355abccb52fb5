package demo

// Story names what happens to a parcel.
type Story string

// The stories that tests, screenshots and samples ask for by name; stories()
// tells more.
const (
	Announced       Story = "announced"
	Unseen          Story = "unseen"
	Accepted        Story = "accepted"
	Moving          Story = "moving"
	Customs         Story = "customs"
	AwaitingInvoice Story = "awaiting invoice"
	AwaitingID      Story = "awaiting id"
	AwaitingDuty    Story = "awaiting duty"
	Inspection      Story = "inspection"
	Released        Story = "released"
	Refused         Story = "refused by customs"
	ReturnStarted   Story = "return started"
	OutForDelivery  Story = "out for delivery"
	Attempted       Story = "nobody there"
	PickUp          Story = "pick-up point"
	Delivered       Story = "delivered"
	Signed          Story = "signed"
	Neighbour       Story = "neighbour"
	Returning       Story = "returning"
	Returned        Story = "returned"
	Lost            Story = "lost"
	Damaged         Story = "damaged"
	Cancelled       Story = "cancelled"
	Disposed        Story = "disposed"
	Overweight      Story = "overweight"
	Weather         Story = "weather"
	LateFlight      Story = "late flight"
	Silent          Story = "silent"
	Expired         Story = "expired"
	UnknownCode     Story = "unknown code"
	TwoPieces       Story = "two pieces"
	Longest         Story = "longest"
)

// story is the way of some parcels alike.
type story struct {
	name  Story
	count int
	way   trail
	// idle is how many hours at least have passed since the last event, and
	// spread by how much they differ between parcels.
	idle, spread int
	// lanes limits the story to destinations where it can happen; empty: all.
	lanes string
	// pieces is in how many parcels the order comes; 0 means one.
	pieces int
	// fed is a customs state that the shipment's record tells without an event.
	fed string
	// heavy marks a parcel over the limits, measured more than declared.
	heavy bool
}

const (
	hour = 1
	day  = 24
)

// stories is the whole set, in the order of a parcel's life.
func stories() []story {
	w := usual()
	all := underway(w)
	all = append(all, atCustoms(w)...)
	all = append(all, delays(w)...)
	all = append(all, lastMile(w)...)
	return append(all, endings(w)...)
}

func underway(w way) []story {
	return []story{
		{name: "record only", count: 3},
		{name: Unseen, count: 3, way: trail{{"Pending", nowhere, 0}}, idle: 5, spread: 2 * day},
		{name: Announced, count: 10, way: w.announced, idle: 4, spread: 4 * day},
		{name: Accepted, count: 9, way: w.accepted, idle: 2, spread: 12},
		{name: "sorted", count: 9, way: w.sorted, idle: 2, spread: 12},
		{name: "left", count: 7, way: w.left, idle: 2, spread: 10},
		{name: "export customs", count: 4, way: join(w.left, trail{{"ARR", gateway, 9}, {"EXA", gateway, 4}}), idle: 2, spread: 8},
		{name: Moving, count: 14, way: w.flown, idle: 2, spread: 10},
		{name: "landed", count: 9, way: w.landed, idle: 2, spread: 8},
		{name: "plain transit", count: 3, way: join(w.flown, trail{{"InTransit", nowhere, 20}}), idle: 3, spread: 12},
		{name: Silent, count: 9, way: w.flown, idle: 8 * day, spread: 16 * day},
		{name: Expired, count: 9, way: w.left, idle: 33 * day, spread: 30 * day},
		{name: UnknownCode, count: 4, way: join(w.flown, trail{{"ZX7", airport, 18}}), idle: 3, spread: 12},
		{name: "unknown code between", count: 4, way: join(w.flown, trail{{"ZX7", airport, 12}, {"LND", airport, 5}}), idle: 3, spread: 9},
		{name: "only an unknown code", count: 2, way: trail{{"Q-17", nowhere, 0}}, idle: 3, spread: 9},
	}
}

func atCustoms(w way) []story {
	asked := func(code string) trail { return join(w.presented, trail{{code, airport, 8}}) }
	return []story{
		{name: Customs, count: 12, way: w.presented, idle: 2, spread: 20},
		{name: AwaitingInvoice, count: 9, way: asked("CIV"), idle: 8, spread: 6 * day},
		{name: AwaitingID, count: 9, way: asked("CID"), idle: 8, spread: 9 * day, lanes: "CN KR TW"},
		{name: AwaitingDuty, count: 12, way: asked("CDT"), idle: 8, spread: 20 * day, lanes: "CN KR JP TW SG TH PH MY"},
		{name: "duty told by the record", count: 3, way: w.presented, idle: 8, spread: 5 * day, lanes: "TH PH MY", fed: "awaiting_duty"},
		{name: Inspection, count: 9, way: asked("CIN"), idle: 4, spread: 3 * day},
		{name: "customs delay", count: 4, way: asked("Exception_004"), idle: 6, spread: 3 * day},
		{name: "documents missing", count: 3, way: asked("Exception_018"), idle: 6, spread: 3 * day},
		{name: "held for payment", count: 3, way: asked("Exception_006"), idle: 6, spread: 3 * day},
		{name: Released, count: 9, way: w.cleared, idle: 2, spread: 8},
		{name: "duty paid", count: 6, way: join(asked("CDT"), trail{{"CRL", airport, 3 * day}, {"HLM", airport, 6}}), idle: 2, spread: 9, lanes: "CN KR JP TW TH PH"},
		{name: Refused, count: 5, way: join(asked("CIN"), trail{{"CRF", airport, 30}}), idle: 9, spread: 5 * day},
		{name: ReturnStarted, count: 5, way: join(asked("CID"), trail{{"CRF", airport, 15 * day}, {"CRT", airport, 2 * day}}), idle: 6, spread: 4 * day, lanes: "CN KR TW"},
	}
}

func delays(w way) []story {
	onward := trail{{"UPL", gateway, 30}, {"LND", airport, 15}, {"CSD", airport, 4}, {"CRL", airport, 12}, {"HLM", airport, 6},
		{"EMG", depot, 12}, {"EDG", depot, 9}, {"Delivered_003", door, 5}}
	before := join(w.left, trail{{"ARR", gateway, 9}})
	held := func(code string) trail { return join(before, trail{{code, gateway, 10}}) }
	return []story{
		{name: Weather, count: 4, way: held("WTH"), idle: 3, spread: 2 * day},
		{name: LateFlight, count: 4, way: held("FLT"), idle: 3, spread: day},
		{name: "processing", count: 4, way: join(w.sorted, trail{{"DLY", hub, 20}}), idle: 3, spread: 2 * day},
		{name: "outside events", count: 3, way: held("Exception_005"), idle: 3, spread: 2 * day},
		{name: "problem solved", count: 4, way: join(held("DLY"), trail{{"InTransit_008", gateway, 26}}), idle: 3, spread: 10},
		{name: "weather, then delivered", count: 5, way: join(held("WTH"), onward), idle: 5, spread: 40 * day},
		{name: "late flight, then delivered", count: 5, way: join(held("FLT"), onward), idle: 5, spread: 40 * day},
		{name: "some problem", count: 2, way: join(w.atDepot, trail{{"Exception_001", depot, 10}}), idle: 3, spread: day},
	}
}
