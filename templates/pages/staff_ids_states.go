package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// sampleCases are a case of the reader's, one that is free, and a colleague's.
func sampleCases() (mine, free, theirs IdentityCase) {
	free = IdentityCase{
		ID: "41", Reference: "ID-7K3M-9QTR", Waybill: "EC7K3M9QTR2XW5", Country: "CN", Doc: customs.CNID, State: customs.Review,
		SubmittedAt: sampleStart.Add(84 * time.Hour), Due: "2026-03-06", Days: 1, Warnings: 2,
	}
	mine, theirs = free, free
	mine.Mine, mine.TakenBy, mine.Again = true, "Ana Ruiz", 1
	theirs.ID, theirs.TakenBy, theirs.Country, theirs.Doc, theirs.Due, theirs.Warnings = "42", "Ben Cho", "KR", customs.KRCode, "", 0
	return mine, free, theirs
}

// endedCases are what else was handed in for a parcel.
func endedCases() []IdentityCase {
	_, refused, _ := sampleCases()
	refused.ID, refused.Reference, refused.State, refused.Refusal = "38", "ID-2ABC-DEF3", customs.Refused, "unreadable"
	erased := refused
	erased.ID, erased.Reference, erased.State, erased.Refusal, erased.ErasedAt, erased.ErasedWhy = "31", "ID-9ZZZ-4444", customs.Erased, "", sampleStart, "asked"
	return []IdentityCase{refused, erased}
}

func samplePaperwork() shipment.Party {
	return shipment.Party{Name: "李玮", NameLatin: "LI WEI", Phone: "+86 138 0013 8000", Postcode: "310012"}
}

func sampleNotes() []customs.Note {
	return []customs.Note{{Name: "Ben Cho", Text: "名字与包裹不同，已问客户 <b>", At: sampleStart.Add(86 * time.Hour)}}
}

// shutCase is a case as everybody of the staff sees it.
func shutCase() StaffIDPage {
	_, free, _ := sampleCases()
	return StaffIDPage{
		Case: free, Papers: samplePaperwork(), Given: Given{Doc: customs.CNID, Number: "110***********624X"}, Looks: sampleIdentityLooks(),
		Warnings: customs.Warnings{flaw("name_local", "name_local.differs"), flaw("back", "back.dark")},
	}
}

// openCase is the same one, opened by whoever has it in hand.
func openCase() StaffIDPage {
	p := shutCase()
	p.Case, _, _ = sampleCases()
	p.Askable = customs.Identity{Country: "CN", Doc: customs.CNID}.Askable()
	p.Given = Given{Name: "李伟", NameLatin: "Li Wei", Nationality: "CN", Phone: "+8613800138000", Doc: customs.CNID, ValidTo: "2031-08-04"}
	p.Clear, p.ClearUntil = "11010519491231002X", sampleStart.Add(89*time.Hour)
	p.Pictures = []KeptPicture{samplePicture(customs.Front), samplePicture(customs.Back)}
	p.Notes, p.Others = sampleNotes(), endedCases()[:1]
	return p
}

func koreanCase() StaffIDPage {
	p := openCase()
	_, _, theirs := sampleCases()
	theirs.Mine = true
	p.Case, p.Pictures, p.Warnings, p.Notes, p.Others = theirs, nil, nil, nil, nil
	p.Papers = shipment.Party{Name: "홍길동", Phone: "+82 10-1234-5678", Postcode: "04524"}
	p.Given = Given{Name: "홍길동", Nationality: "KR", Phone: "+821012345678", Postcode: "04524", Doc: customs.KRCode}
	p.Clear = "P123456789012"
	p.Askable = customs.Identity{Country: "KR", Doc: customs.KRCode}.Askable()
	return p
}

func staffIDStates() []components.State {
	mine, free, theirs := sampleCases()
	held, failed, lost, late, gone, done, needed, erased := openCase(), openCase(), shutCase(), shutCase(), shutCase(), shutCase(), shutCase(), shutCase()
	held.ClearUntil, held.Given = time.Time{}, lost.Given
	failed.ClearUntil, failed.Given = time.Time{}, lost.Given
	failed.Form = CaseForm{Decision: "refuse", Note: "is 11010519491231002X right?", Again: []string{"front"}}
	failed.Problems = fault.Invalid{flaw("reason", "reason.empty"), flaw("reason_code", "reason_code.empty"), flaw("note", "note.number")}
	lost.Case, lost.Lost = theirs, "taken"
	done.Case.State, done.Case.Due = customs.Accepted, ""
	late.Case = done.Case
	late.Lost = "decided"
	gone.Lost = "gone"
	gone.Case.State = customs.Withdrawn
	gone.Case.ErasedAt, gone.Case.ErasedWhy = sampleStart.Add(90*time.Hour), "withdrawn"
	needed.Case = done.Case
	needed.Problems = fault.Invalid{{Field: "erase_asked", Key: "staff.ids.erase.needed"}}
	erased.Case = endedCases()[1]
	return []components.State{
		state("staff ids", StaffIDs(StaffIDsPage{Cases: []IdentityCase{mine, free, theirs}, Waiting: 120, Before: 50, Next: 53})),
		state("staff ids none", StaffIDs(StaffIDsPage{Country: "TW"})),
		state("staff id", StaffID(shutCase())),
		state("staff id taken", StaffID(held)),
		state("staff id open", StaffID(openCase())),
		state("staff id open kr", StaffID(koreanCase())),
		state("staff id error", StaffID(failed)),
		state("staff id lost", StaffID(lost)),
		state("staff id late", StaffID(late)),
		state("staff id gone", StaffID(gone)),
		state("staff id done", StaffID(done)),
		state("staff id needed", StaffID(needed)),
		state("staff id erased", StaffID(erased)),
		state("staff report", StaffReport(sampleReport())),
		state("staff report none", StaffReport(StaffReportPage{Month: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Last: true})),
	}
}

func sampleReport() StaffReportPage {
	at := sampleStart
	return StaffReportPage{
		Month: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), Looks: sampleIdentityLooks(), All: 260, Next: 4,
		Lines: []customs.Access{
			{Name: "Ana Ruiz", Role: customs.Staff, What: customs.WhatView, Reason: "review", Looks: 61, Records: 48, FirstAt: at, LastAt: at.Add(500 * time.Hour)},
			{Role: customs.Broker, What: customs.WhatExport, Reason: "release", Looks: 1, Records: 1, FirstAt: at, LastAt: at},
			{Role: customs.Owner, What: customs.WhatView, Reason: "own", Looks: 12, Records: 9, FirstAt: at, LastAt: at.Add(90 * time.Hour)},
		},
	}
}

func sampleParcelIdentity() ParcelIdentity {
	at := sampleStart
	return ParcelIdentity{
		Asked: true, Cases: endedCases(), Request: sampleReturns()[0].Request, Told: sampleLetters(),
		Links: []customs.ParcelLink{
			{Name: "Ana Ruiz", CreatedAt: at.Add(90 * time.Hour), ExpiresAt: at.Add(426 * time.Hour)},
			{CreatedAt: at, ExpiresAt: at.Add(336 * time.Hour), OpenedAt: at.Add(80 * time.Hour), WrongTries: 2},
		},
	}
}
