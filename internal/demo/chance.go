package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/rand/v2"

	"ecms/portal/internal/shipment"
)

// key spells out what one parcel's chances depend on, so that a story added
// later changes no other parcel.
func (o Options) key(purpose string, name Story, n, piece int) [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s|%d|%s|%d|%d", purpose, o.Seed, name, n, piece))
}

// number draws the waybill of a parcel: the seed and its story decide it, never the day.
func (o Options) number(name Story, n, piece int) shipment.Waybill {
	return shipment.NewWaybill(rand.NewChaCha8(o.key("waybill", name, n, piece)))
}

// chance is the source of all that differs between parcels of one story.
func (o Options) chance(name Story, n, piece int) *rand.Rand {
	return rand.New(rand.NewChaCha8(o.key("parcel", name, n, piece))) //nolint:gosec // demo data must come out the same each time
}

// orderNo is the shop's number for an order, the same for all its pieces.
func (o Options) orderNo(shipper int, name Story, n int) string {
	k := o.key("order", name, n, 0)
	prefix := [...]string{"HP", "BF"}[shipper]
	return fmt.Sprintf("%s-%08d", prefix, binary.BigEndian.Uint32(k[:])%100_000_000)
}

// postalNumber draws a number of the form S10, as posts give to parcels.
func postalNumber(r *rand.Rand, country string) string {
	serial := r.IntN(100_000_000)
	weights := [...]int{8, 6, 4, 2, 3, 5, 9, 7}
	sum, rest := 0, serial
	for i := len(weights) - 1; i >= 0; i-- {
		sum += rest % 10 * weights[i]
		rest /= 10
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return fmt.Sprintf("EE%08d%d%s", serial, check, country)
}
