// Package demo tells the stories of some 400 made-up parcels from the United
// States to all nine destinations, so that every status, customs state and
// mishap can be seen, shown and tested. The same seed and day give the same
// rows; the waybills depend on the seed alone. Nobody in it exists.
package demo
