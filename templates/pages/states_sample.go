package pages

import (
	"time"

	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
)

// sampleWay is a parcel's usual way from Los Angeles to Shanghai, oldest first.
var sampleWay = [...]struct {
	hours, offset  int
	country, place string
	code           string
	subtag         shipment.Subtag
	customs        shipment.CustomsState
}{
	{0, -480, "US", "", "PRE", "InfoReceived_001", ""},
	{20, -480, "US", "Los Angeles LAX gateway", "ACC", "InTransit_002", ""},
	{22, -480, "US", "Los Angeles LAX gateway", "ARR", "InTransit_003", ""},
	{27, -480, "US", "Los Angeles LAX gateway", "DEP", "InTransit_007", ""},
	{33, -480, "US", "Los Angeles International Airport", "ARR", "InTransit_003", ""},
	{41, -480, "US", "Los Angeles International Airport", "UPL", "InTransit_007", ""},
	{47, -540, "US", "Anchorage International Airport", "ARR", "InTransit_003", ""},
	{49, -540, "US", "Anchorage International Airport", "DEP", "InTransit_007", ""},
	{61, 480, "CN", "Shanghai Pudong Airport", "LND", "InTransit_004", ""},
	{64, 480, "CN", "", "CSD", "InTransit_006", ""},
	{70, 480, "CN", "", "CIN", "Exception_004", shipment.Inspection},
	{82, 480, "CN", "", "CRL", "InTransit_005", shipment.Released},
	{86, 480, "CN", "Shanghai Pudong Airport", "DEP", "InTransit_007", ""},
	{90, 480, "CN", "Shanghai Qingpu sorting centre", "HLM", "InTransit_007", ""},
	{95, 480, "CN", "Shanghai Qingpu sorting centre", "ARR", "InTransit_003", ""},
	{101, 480, "CN", "Shanghai Qingpu sorting centre", "DEP", "InTransit_007", ""},
	{108, 480, "CN", "Hangzhou hub", "ARR", "InTransit_003", ""},
	{111, 480, "CN", "Hangzhou hub", "DEP", "InTransit_007", ""},
	{117, 480, "CN", "Hangzhou Xihu depot", "ARR", "InTransit_003", ""},
	{120, 480, "CN", "", "OFD", "OutForDelivery_001", ""},
	{123, 480, "CN", "", "CTC", "OutForDelivery_003", ""},
	{124, 480, "CN", "", "DLS", "Delivered_003", ""},
}

var sampleStart = time.Date(2026, 3, 1, 20, 14, 0, 0, time.UTC)

// sampleParcel has gone so many events of the usual way; the last one tells the
// given subtag and customs state.
func sampleParcel(subtag shipment.Subtag, customs shipment.CustomsState, events int) TrackPage {
	shanghai := time.FixedZone("CST", 8*3600)
	p := shipment.Public{
		Waybill: "EC7K3M9QTR2XW5", Version: 1, OriginCountry: "US", DestCountry: "CN",
		OriginZone: "America/Los_Angeles", DestZone: "Asia/Shanghai", Service: "standard",
		AcceptedOn: "2026-03-02", PromisedFrom: "2026-03-09", PromisedTo: "2026-03-12", Piece: 1, Pieces: 1,
		Status: shipment.Status{Subtag: subtag, Tag: subtag.Tag(), Customs: customs, Checkpoints: events},
	}
	for _, w := range sampleWay[:events] {
		p.Checkpoints = append([]shipment.PublicCheckpoint{{
			At: sampleStart.Add(time.Duration(w.hours) * time.Hour), OffsetMinutes: w.offset,
			Country: w.country, Place: w.place, Subtag: w.subtag, Customs: w.customs,
		}}, p.Checkpoints...)
	}
	now := sampleStart
	if events > 0 {
		latest := &p.Checkpoints[0]
		latest.Subtag, p.Status.At, now = subtag, latest.At, latest.At.Add(5*time.Hour)
		if customs != shipment.Released {
			latest.Customs, p.Status.CustomsSince = customs, latest.At
		}
		if subtag.Tag() == shipment.Delivered {
			p.DeliveredOn = "2026-03-07"
		}
	}
	if events > 12 {
		p.LastMileCarrier, p.LastMileNumber = "SF Express", "SF1390024817745"
		p.Piece, p.Pieces = 1, 2
		p.Status.CustomsSince = sampleStart.Add(82 * time.Hour)
	}
	if subtag == "Expired_001" {
		p.Status.At = p.Status.At.AddDate(0, 0, 30)
		now = p.Status.At
		p.Checkpoints[0].Subtag = "InTransit_003"
	}
	if subtag == "Exception_006" {
		now = time.Date(2026, 3, 9, 4, 0, 0, 0, time.UTC)
	}
	return TrackPage{Parcel: p, Needs: needs.Of(p), Zone: shanghai, ZoneName: "Asia/Shanghai", Now: now}
}

// sampleUnlocked is a parcel of two pieces after its holder gave a second fact.
func sampleUnlocked() TrackPage {
	page := sampleParcel("OutForDelivery_001", shipment.Released, 20)
	private := shipment.Private{Scope: "docs", Siblings: []shipment.Waybill{"EC00010001000E"}, Record: shipment.Record{
		OrderNo: "A-2026-118820", Incoterm: "DDP", ShipperIsSeller: true,
		Declared: shipment.Measure{Weight: "4.4", WeightUnit: "lb", Length: "12", Width: "9", Height: "4", DimUnit: "in"},
		Measured: shipment.Measure{Weight: "2.02", WeightUnit: "kg"},
		Shipper: shipment.Party{
			Name: "Golden State Vitamins LLC", Phone: "+1 213 555 0142", Email: "ship@example.com",
			Address: "1200 S Figueroa St, Los Angeles, CA", Postcode: "90015",
		},
		Consignee: shipment.Party{
			Name: "王小明", NameLatin: "Wang Xiaoming", Phone: "+86 138 0013 8000", Email: "xiaoming@example.com",
			Address: "浙江省杭州市西湖区文三路 90 号", Postcode: "310012",
		},
	}}
	for i := 19; i >= 0; i-- {
		w := sampleWay[i]
		private.Checkpoints = append(private.Checkpoints, shipment.Checkpoint{
			At: sampleStart.Add(time.Duration(w.hours) * time.Hour), OffsetMinutes: w.offset, Country: w.country,
			Place: w.place, Code: w.code, Source: "ecms", Text: "Shipment " + w.code + " processed <scan 7>",
		})
	}
	page.Private = &private
	return page
}
