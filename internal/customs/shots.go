package customs

import (
	"bytes"

	"ecms/portal/internal/document"
)

// Shot is a picture of a document as far as the checks need it.
type Shot struct {
	Slot Slot
	// Sum tells equal pictures; Look those that look alike.
	Sum  []byte
	Look document.Look
}

// CheckPictures holds the pictures to the document's rule: each side once, no
// side twice, none that nobody asks for. Whoever is registered in EZ WAY needs none.
func (r DocumentRule) CheckPictures(ezway bool, shots []Shot) (Warnings, error) {
	var p problems
	have := map[Slot]Shot{}
	for _, s := range shots {
		have[s.Slot] = s
	}
	var seen []Shot
	for _, slot := range r.Pictures {
		s, given := have[slot]
		delete(have, slot)
		if !given {
			if !ezway {
				p.refuse(string(slot), FlawEmpty)
			}
			continue
		}
		for _, other := range seen {
			switch {
			case bytes.Equal(s.Sum, other.Sum):
				p.refuse(string(slot), FlawSame)
			case s.Look.Alike(other.Look):
				p.warn(string(slot), FlawSame)
			}
		}
		seen = append(seen, s)
	}
	for _, slot := range []Slot{Front, Back, Permit} {
		if _, left := have[slot]; left {
			p.refuse(string(slot), FlawUnused)
		}
	}
	return p.odd, p.err()
}

// Takes tells whether the rule asks for a picture at all.
func (r DocumentRule) Takes(slot Slot) bool {
	for _, s := range r.Pictures {
		if s == slot {
			return true
		}
	}
	return false
}
