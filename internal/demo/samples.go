package demo

import "ecms/portal/internal/shipment"

// Sample is a parcel worth looking at, with the second facts that unlock it.
type Sample struct {
	Story   Story
	Waybill shipment.Waybill
	// PhoneLast4, Postcode and OrderNo are the second facts; a postcode is empty
	// where the destination has none.
	PhoneLast4, Postcode, OrderNo string
	// Destination is the country (ISO 3166-1 alpha-2).
	Destination string
}

// Samples are five telling parcels, to be printed where somebody starts the
// portal for the first time.
func Samples(o Options) []Sample {
	telling := []Story{Moving, AwaitingDuty, AwaitingID, Signed, Returning}
	samples := make([]Sample, 0, len(telling))
	for _, name := range telling {
		samples = append(samples, SampleOf(o, name))
	}
	return samples
}

// SampleOf is the first parcel of a story with its second facts; its waybill is
// empty for a story that is not told.
func SampleOf(o Options, name Story) Sample {
	for _, t := range trips() {
		if t.story.name == name {
			return sampleOf(o.parcel(t).record, name)
		}
	}
	return Sample{Story: name}
}
