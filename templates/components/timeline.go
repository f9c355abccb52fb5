package components

// Timeline is a parcel's history, newest first.
type Timeline struct {
	// Clocks says in a sentence which two clocks the events show.
	Clocks string
	Events []Event
	// Earlier are the words that lead to the older events, which a phone shows
	// on demand; empty while there are few.
	Earlier string
}

// Shown is how many events stand before the earlier ones.
const Shown = 3

// Event is one row of the history, all its texts ready to print.
type Event struct {
	// Day is the day at the place, set on the first event of each day.
	Day string
	// Instant is the moment as machines read it, with the place's offset.
	Instant string
	// Time is the clock at the place with its offset, "14:05 UTC+8"; Other the
	// second clock with its city, "Shanghai 14:05".
	Time, Other string
	// What happened in our words, and where.
	What, Where string
	// Raw is the carrier's own code and text; unlocked view only.
	Raw string
}
