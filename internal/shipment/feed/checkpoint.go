package feed

import (
	"time"

	"ecms/portal/internal/shipment"
)

// checkpointOf reads a checkpoint out of a row that is tidied.
func checkpointOf(r *row, now time.Time) shipment.Checkpoint {
	at, offset := r.instant(cpAt, now)
	return shipment.Checkpoint{
		Waybill: r.waybill(cpWaybill), EventID: r.values[cpEventID],
		Rev: r.whole(cpRev, 0, 0, 1<<31-1, badRev),
		At:  at, OffsetMinutes: offset,
		Place: r.values[cpPlace], Facility: r.truth(cpFacility), Country: r.country(cpCountry),
		Code: r.values[cpCode], Text: r.values[cpText], Source: r.values[cpSource],
	}
}
