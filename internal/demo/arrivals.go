package demo

// lastMile tells what happens between customs and the door.
func lastMile(w way) []story {
	const noon = 4 * hour
	missed := w.outThen("AttemptFail_002", noon)
	again := join(missed, trail{{"EDG", depot, 18}})
	return []story{
		{name: "handed over", count: 6, way: w.handedOver, idle: 2, spread: 8},
		{name: "at the depot", count: 6, way: w.atDepot, idle: 2, spread: 6},
		{name: OutForDelivery, count: 10, way: w.out, idle: 1, spread: 3},
		{name: "appointment", count: 3, way: join(w.atDepot, trail{{"OutForDelivery_004", depot, 5}}), idle: 2, spread: 9},
		{name: "contacted", count: 3, way: join(w.out, trail{{"OutForDelivery_003", depot, 2}}), idle: 1, spread: 3},
		{name: "redirected", count: 3, way: join(missed, trail{{"InTransit_009", depot, 14}}), idle: 2, spread: 9},
		{name: "attempt failed", count: 4, way: w.outThen("EMH", noon), idle: 3, spread: 12},
		{name: Attempted, count: 5, way: missed, idle: 3, spread: 12},
		{name: "business closed", count: 3, way: w.outThen("AttemptFail_003", noon), idle: 3, spread: 12},
		{name: "attempted twice", count: 3, way: join(again, trail{{"AttemptFail_002", door, noon}}), idle: 3, spread: 12},
		{name: PickUp, count: 9, way: join(missed, trail{{"EDH", point, 20}}), idle: 3, spread: 5 * day},
		{name: "not collected", count: 3, way: join(missed, trail{{"EDH", point, 20}, {"Exception_008", point, 8 * day}}), idle: 3, spread: 2 * day},
		{name: Delivered, count: 26, way: w.delivered, idle: 4, spread: 80 * day},
		{name: "collected", count: 9, way: join(missed, trail{{"EDH", point, 20}, {"Delivered_002", point, 2 * day}}), idle: 4, spread: 60 * day},
		{name: Signed, count: 12, way: w.outThen("Delivered_003", noon), idle: 4, spread: 80 * day},
		{name: "cash on delivery", count: 3, way: w.outThen("Delivered_004", noon), idle: 4, spread: 30 * day, lanes: "TH PH MY"},
		{name: Neighbour, count: 6, way: w.outThen("Delivered_005", noon), idle: 4, spread: 30 * day},
		{name: TwoPieces, count: 6, way: w.delivered, idle: 4, spread: 2 * day, pieces: 2},
		{name: "two pieces, one at customs", count: 4, way: w.presented, idle: 4, spread: day, pieces: 2},
		{name: "three pieces", count: 3, way: w.out, idle: 2, spread: 2, pieces: 3},
		{name: Longest, count: 1, way: longest(w), idle: 2, spread: 1, lanes: "CN"},
	}
}

// longest is the way of a parcel that everything happens to; it still moves.
func longest(w way) trail {
	return join(w.sorted, trail{
		{"DLY", hub, 20}, {"InTransit_008", hub, 16}, {"DEP", hub, 6},
		{"ARR", gateway, 9}, {"EXA", gateway, 4}, {"WTH", gateway, 6}, {"FLT", gateway, 20}, {"UPL", gateway, 22},
		{"LND", airport, 15}, {"CSD", airport, 4}, {"CID", airport, 8}, {"CSD", airport, 30},
		{"CDT", airport, 12}, {"CRL", airport, 2 * day}, {"HLM", airport, 6},
		{"EMG", depot, 12}, {"EDG", depot, 9}, {"OutForDelivery_003", depot, 2}, {"AttemptFail_002", door, 2},
		{"EMG", depot, 4}, {"OutForDelivery_004", depot, 3}, {"EDG", depot, 10},
	})
}

// endings tells of parcels that do not arrive as they should.
func endings(w way) []story {
	back := trail{{"RTS", depot, 20}, {"DEP", airport, 2 * day}, {"RTS", gateway, 3 * day}}
	atDoor := func(code string) trail { return w.outThen(code, 5) }
	over := join(w.sorted, trail{{"OWT", hub, 10}})
	return []story{
		{name: "moved", count: 3, way: atDoor("Exception_002"), idle: 4, spread: 2 * day},
		{name: "refused at the door", count: 4, way: atDoor("Exception_003"), idle: 4, spread: 2 * day},
		{name: "address wrong", count: 4, way: atDoor("Exception_007"), idle: 4, spread: 2 * day},
		{name: Returning, count: 6, way: join(atDoor("Exception_003"), back), idle: 5, spread: 5 * day},
		{name: Returned, count: 6, way: join(atDoor("Exception_007"), back, trail{{"RTD", shop, 2 * day}}), idle: 5, spread: 40 * day},
		{name: "delivered, then sent back", count: 3, way: join(w.delivered, trail{{"RTS", depot, 6 * day}}), idle: 5, spread: 5 * day},
		{name: Overweight, count: 5, way: join(over, trail{{"RTS", hub, 20}, {"RTD", shop, 3 * day}}), idle: 5, spread: 20 * day, heavy: true},
		{name: "overweight, held", count: 3, way: over, idle: 5, spread: 2 * day, heavy: true},
		{name: Damaged, count: 3, way: join(w.atDepot, trail{{"DMG", depot, 6}}), idle: 5, spread: 9 * day},
		{name: Lost, count: 3, way: join(w.flown, trail{{"LST", nowhere, 14 * day}}), idle: 5, spread: 30 * day},
		{name: Cancelled, count: 4, way: join(w.announced, trail{{"CXL", nowhere, 30}}), idle: 5, spread: 30 * day},
		{name: Disposed, count: 3, way: join(w.presented, trail{{"CIN", airport, 9}, {"CRF", airport, 40}, {"DSP", airport, 12 * day}}), idle: 5, spread: 30 * day},
	}
}
