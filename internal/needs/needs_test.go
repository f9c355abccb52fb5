package needs_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
)

func TestOf(t *testing.T) {
	// 2 March, 23:30 in Shanghai: still the day before in UTC's afternoon.
	notice := time.Date(2026, 3, 2, 15, 30, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		status shipment.Status
		zone   string
		want   []needs.Need
	}{
		"nothing":                    {shipment.Status{Subtag: "InTransit_006"}, "Asia/Shanghai", nil},
		"invoice":                    {shipment.Status{Subtag: "Exception_018", Customs: shipment.AwaitingInvoice}, "Asia/Shanghai", []needs.Need{{Kind: needs.Invoice}}},
		"identification":             {shipment.Status{Subtag: "Exception_018", Customs: shipment.AwaitingID, CustomsSince: notice}, "Asia/Seoul", []needs.Need{{Kind: needs.ID}}},
		"duty":                       {shipment.Status{Subtag: "Exception_006", Customs: shipment.AwaitingDuty, CustomsSince: notice}, "Asia/Shanghai", []needs.Need{{needs.Duty, "2026-04-01"}}},
		"duty, a zone further on":    {shipment.Status{Subtag: "Exception_006", Customs: shipment.AwaitingDuty, CustomsSince: notice}, "Asia/Tokyo", []needs.Need{{needs.Duty, "2026-04-02"}}},
		"duty, no event":             {shipment.Status{Subtag: "InTransit_006", Customs: shipment.AwaitingDuty}, "Asia/Shanghai", []needs.Need{{Kind: needs.Duty}}},
		"duty, expired":              {shipment.Status{Subtag: "Expired_001", Customs: shipment.AwaitingDuty}, "Asia/Shanghai", []needs.Need{{Kind: needs.Duty}}},
		"inspection":                 {shipment.Status{Subtag: "Exception_004", Customs: shipment.Inspection}, "Asia/Shanghai", nil},
		"released":                   {shipment.Status{Subtag: "InTransit_005", Customs: shipment.Released}, "Asia/Shanghai", nil},
		"delivered all the same":     {shipment.Status{Subtag: "Delivered_001", Customs: shipment.AwaitingDuty}, "Asia/Shanghai", nil},
		"on its way back":            {shipment.Status{Subtag: "Exception_010", Customs: shipment.AwaitingInvoice}, "Asia/Shanghai", nil},
		"lost":                       {shipment.Status{Subtag: "Exception_013", Customs: shipment.AwaitingID}, "Asia/Shanghai", nil},
		"zone unknown counts as UTC": {shipment.Status{Subtag: "Exception_006", Customs: shipment.AwaitingDuty, CustomsSince: notice}, "Nowhere", []needs.Need{{needs.Duty, "2026-04-01"}}},
	} {
		got := needs.Of(shipment.Public{Status: c.status, DestZone: c.zone})
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}
