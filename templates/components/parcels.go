package components

// ParcelRow is one parcel of a list.
type ParcelRow struct {
	Number, Href string
	// Name is its keeper's own name for it; empty when it has none.
	Name string
	// Under tells that the list stands below a heading of its own.
	Under bool
	Tag   string
	Tone  Tone
	// Sentence says where it is, Updated when that was.
	Sentence, Updated string
	// Needed names what it waits for; empty when customs waits for nothing, which
	// Nothing then says in a word.
	Needed, Nothing string
	// Expected are the days on which delivery is expected, or the day on which it
	// was made; empty when not known.
	Expected string
}
