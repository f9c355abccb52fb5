package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// staffStates lists every state of the back office's pages.
func staffStates() []components.State {
	unlocked := sampleUnlocked()
	figures := sampleFigures()
	return []components.State{
		state("staff overview", StaffHome(StaffOverview{Figures: figures, Rejected: 1204, FailedJobs: 1, Identities: 7})),
		state("staff overview not counted", StaffHome(StaffOverview{})),
		state("staff search", StaffParcels(StaffSearch{})),
		state("staff search error", StaffParcels(StaffSearch{Typed: "x", Problems: fault.Invalid{{Field: "q", Key: "staff.search.short"}}})),
		state("staff search found", StaffParcels(StaffSearch{Typed: "王", Found: sampleFound(unlocked)})),
		state("staff search too many", StaffParcels(StaffSearch{Typed: "Golden", Found: &shipment.Found{Hits: sampleFound(unlocked).Hits[:1], More: true, Asked: true}})),
		state("staff search nothing", StaffParcels(StaffSearch{Typed: "EC7K3M9QTR2XW8", Found: &shipment.Found{Misfits: []string{"EC7K3M9QTR2XW8"}, Asked: true}})),
		state("staff parcel", StaffParcel(StaffParcelPage{Dossier: sampleDossier(unlocked)})),
		state("staff parcel waiting", StaffParcel(StaffParcelPage{Dossier: shipment.Dossier{
			Waybill: "EC7K3M9QTR2XW5", Waiting: true, Looks: sampleLooks(),
			Private: shipment.Private{Checkpoints: unlocked.Private.Checkpoints[:1]},
		}})),
		state("staff parcel identity", StaffParcel(StaffParcelPage{Dossier: sampleDossier(unlocked), Identity: sampleParcelIdentity()})),
		state("staff parcel link", StaffParcel(StaffParcelPage{Dossier: sampleDossier(unlocked), Identity: ParcelIdentity{
			Asked: true, Draft: true, Links: sampleParcelIdentity().Links[:1], Until: sampleStart.Add(480 * time.Hour),
			Made: "https://portal.example.com/p/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
		}})),
		state("staff codes", StaffCodes(figures)),
		state("staff codes none", StaffCodes(shipment.Figures{At: sampleStart})),
		state("staff codes not counted", StaffCodes(shipment.Figures{})),
		state("staff imports", StaffImportList(StaffImports{Reports: sampleReports(), More: true})),
		state("staff imports none", StaffImportList(StaffImports{})),
		state("staff import", StaffImportRows(StaffImport{Report: sampleReports()[0], Rows: sampleRows()})),
		state("staff import end", StaffImportRows(StaffImport{Report: sampleReports()[1], Rows: sampleRows()[:1], Skip: 2})),
	}
}

func sampleFigures() shipment.Figures {
	return shipment.Figures{
		At:      sampleStart,
		Parcels: map[shipment.Tag]int{shipment.InTransit: 24310, shipment.Delivered: 98112, shipment.Exception: 61},
		Waiting: 3, Unclaimed: []shipment.Waybill{"EC00010001000E", "RB123456785SG"},
		Codes: []shipment.UnknownCode{
			{Source: "sf", Code: "K7", Count: 1288, FirstSeen: sampleStart, LastSeen: sampleStart.Add(50 * time.Hour), Sample: "EC7K3M9QTR2XW5"},
			{Source: "cjl", Code: "집화, 처리", Count: 1, FirstSeen: sampleStart, LastSeen: sampleStart, Sample: "EC00010001000E"},
			{Source: "=cmd|' /C calc'!A0", Code: "<b>", Count: 1, FirstSeen: sampleStart, LastSeen: sampleStart, Sample: "RB123456785SG"},
		},
	}
}

func sampleFound(p TrackPage) *shipment.Found {
	r := p.Private.Record
	return &shipment.Found{Asked: true, Misfits: []string{"EC7K3M9QTR2XW8"}, Hits: []shipment.Hit{
		{
			Waybill: "EC7K3M9QTR2XW5", Status: p.Parcel.Status, Origin: "US", Dest: "CN", OrderNo: r.OrderNo,
			LastMileNumber: p.Parcel.LastMileNumber, Consignee: r.Consignee, Shipper: r.Shipper,
		},
		{
			Waybill: "RB123456785SG", Status: shipment.Status{Tag: "Delivered", Subtag: "Delivered_001", At: sampleStart}, Origin: "US", Dest: "KR",
			Consignee: shipment.Party{Name: "홍길동", Phone: "+82 10-1234-5678"}, Shipper: shipment.Party{Name: "Bluefin"},
		},
		{Waybill: "EC00010001000E", Waiting: true},
	}}
}

func sampleDossier(p TrackPage) shipment.Dossier {
	d := shipment.Dossier{
		Waybill: p.Parcel.Waybill, Public: p.Parcel, Private: *p.Private, AddedAt: sampleStart, ChangedAt: sampleStart.Add(120 * time.Hour),
		WrongFacts: 1, Looks: sampleLooks(),
		Unlocked: []shipment.Unlocked{
			{Scope: "docs", CreatedAt: sampleStart, SeenAt: sampleStart.Add(time.Hour), ExpiresAt: sampleStart.Add(24 * time.Hour)},
			{Scope: "status", CreatedAt: sampleStart, SeenAt: sampleStart, ExpiresAt: sampleStart.Add(24 * time.Hour)},
		},
	}
	r := &d.Record
	r.Service, r.Rev, r.Piece, r.Pieces, r.AcceptedAt = "standard", 3, 1, 2, sampleStart.Add(20*time.Hour)
	r.PromisedFrom, r.PromisedTo = "2026-03-09", "2026-03-12"
	r.Origin = shipment.Place{Place: "Los Angeles", Country: "US", Zone: "America/Los_Angeles"}
	r.Destination = shipment.Place{Country: "CN", Zone: "Asia/Shanghai"}
	r.LastMileCarrier, r.LastMileNumber = p.Parcel.LastMileCarrier, p.Parcel.LastMileNumber
	d.Checkpoints = append([]shipment.Checkpoint{{
		EventID: "e77", Rev: 1, At: sampleStart.Add(121 * time.Hour), OffsetMinutes: 480, Country: "CN", Place: "杭州市西湖区文三路", Code: "K7",
		Source: "sf", Text: "<script>alert(1)</script> 已交 王小明",
	}}, d.Checkpoints...)
	return d
}

func sampleLooks() []shipment.Look {
	return []shipment.Look{
		{At: sampleStart.Add(125 * time.Hour), Name: "Ana Ruiz", Email: "ana@ecms.example.com"},
		{At: sampleStart.Add(124 * time.Hour), Email: "desk@ecms.example.com"},
	}
}

func sampleReports() []shipment.Report {
	return []shipment.Report{
		{ID: 12, At: sampleStart, Kind: "shipments", Origin: "ops", Received: 4100, Added: 2800, Unchanged: 96, Rejected: 1204, Listed: 1204},
		{ID: 9, At: sampleStart.Add(-9 * time.Hour), Kind: "checkpoints", Origin: "file", Received: 200003, Added: 200000, Rejected: 3, Listed: 3, Omitted: 1},
	}
}

func sampleRows() []shipment.RejectedRow {
	return []shipment.RejectedRow{
		{Line: 2, Field: "consignee_phone", Value: "1***", Reason: "bad_phone: 4 to 15 digits, with spaces, dashes, + or brackets"},
		{Line: 2, Field: "origin_country", Value: "=1+1", Reason: "bad_country: two letters of ISO 3166-1"},
		{Line: 3917, Field: "waybill", Reason: "missing_value: this field must not be empty"},
	}
}
