package components

// WaybillHead is the top of a parcel's page: number, bars, the one sentence
// that answers "where is it", and the route with a mark where the parcel is.
type WaybillHead struct {
	// Number is the waybill as shown, Copy as it is copied.
	Number, Copy string
	// Sentence answers in one line; it is the page's heading.
	Sentence string
	// Tag is the main status in a word; Tone its colour and shape.
	Tag  string
	Tone Tone
	// Updated tells when the last event was, with its offset; empty without any.
	Updated string
	// More leads to what stands further down the page, in words and an id; empty without.
	More, MoreID string
	// From and To are the ends of the route.
	From, To string
	// Mark is where the parcel is on the route, 0 (start) to 5 (end); -1 for nowhere yet.
	Mark int
}

// Tone is the colour and the shape of a status; a word always goes with it.
type Tone string

// The tones. Final states are stamped; the others are a mark and a word.
const (
	ToneMoving Tone = "moving" // on its way
	ToneWait   Tone = "wait"   // nothing moves until something comes
	ToneDone   Tone = "done"   // delivered
	ToneStop   Tone = "stop"   // refused, returning, lost
)
