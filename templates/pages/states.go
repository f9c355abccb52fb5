package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// States lists every state of every page, with sample parcels that never change.
func States(l *locale.Locale) []components.State {
	list := []components.State{
		state("home", Home(HomePage{})),
		state("home error", Home(HomePage{Numbers: "   ", Problems: wrong("numbers", "track.numbers.empty")})),
		state("list", TrackList(sampleList())),
		state("list nothing found", TrackList(ListPage{Unknown: []string{"RB123456785SG"}, Numbers: "RB123456785SG"})),
		state("unknown", Unknown(UnknownPage{Number: "RB123456785SG", Kind: NumberUnknown})),
		state("unknown error", Unknown(UnknownPage{
			Number: "RB123456785SG", Kind: NumberUnknown, Unlock: UnlockForm{Postcode: "1"},
			Problems: wrong("postcode", "unlock.fact.wrong"),
		})),
		state("unknown misfit", Unknown(UnknownPage{Number: "EC7K3M9QTR2XW8", Kind: NumberMisfit})),
		state("unknown malformed", Unknown(UnknownPage{Number: "a?", Kind: NumberMalformed})),
	}
	for _, s := range samples() {
		list = append(list, state("track "+s.name, Track(s.page)))
	}
	for _, status := range []int{403, 404, 405, 413, 422, 429, 500, 503} {
		f := FailurePage{Status: status, RequestID: "k3x9mq2w"}
		if status == 429 || status == 503 {
			f.RetryAfter = 12 * time.Minute
		}
		list = append(list, state("failure "+l.Number(int64(status)), Failure(f)))
	}
	list = append(list, doorStates()...)
	list = append(list, securityStates()...)
	list = append(list, staffStates()...)
	list = append(list, shelfStates(l)...)
	list = append(list, faqStates(l)...)
	list = append(list, publicStates(l)...)
	list = append(list, outboxStates(l)...)
	list = append(list, identityStates()...)
	return append(list, state("gallery", Gallery()))
}

func wrong(field, key string) fault.Invalid { return fault.Invalid{{Field: field, Key: key}} }

func sampleList() ListPage {
	list := ListPage{
		Unknown: []string{"RB123456785SG"}, Misfits: []string{"EC7K3M9QTR2XW8"},
		Numbers: "EC7K3M9QTR2XW5 RB123456785SG EC7K3M9QTR2XW8", Zone: time.UTC,
	}
	for _, s := range samples() {
		if s.page.Private == nil && s.page.Problems == nil {
			list.Rows = append(list.Rows, ListRow{Parcel: s.page.Parcel, Needs: s.page.Needs})
		}
	}
	return list
}

type sample struct {
	name string
	page TrackPage
}

// samples are parcels in every state that the page of a parcel knows.
func samples() []sample {
	unlocked := sampleUnlocked()
	status := sampleParcel("InTransit_004", "", 9)
	status.Private = &shipment.Private{Scope: "status", Checkpoints: unlocked.Private.Checkpoints[:6]}
	failed := sampleParcel("InTransit_004", "", 9)
	failed.Unlock, failed.Problems = UnlockForm{PhoneLast4: "1234"}, wrong("phone_last4", "unlock.fact.wrong")
	locked := sampleParcel("InTransit_004", "", 9)
	locked.LockedFor = 47 * time.Minute
	chosen := sampleParcel("InTransit_004", "", 9)
	chosen.Zone, chosen.ZoneName, chosen.ZoneChosen = time.FixedZone("KST", 9*3600), "Asia/Seoul", true
	empty := sampleParcel("InfoReceived_001", "", 0)
	empty.Parcel.AcceptedOn = ""
	last := sampleParcel("Exception_006", shipment.AwaitingDuty, 10)
	last.Needs = []needs.Need{{Kind: needs.Duty, Due: "2026-03-09"}}
	return []sample{
		{"announced", empty},
		{"moving", sampleParcel("InTransit_004", "", 9)},
		{"second clock", chosen},
		{"id", sampleParcel("Exception_018", shipment.AwaitingID, 10)},
		{"invoice", sampleParcel("Exception_018", shipment.AwaitingInvoice, 10)},
		{"duty", sampleParcel("Exception_006", shipment.AwaitingDuty, 10)},
		{"duty last day", last},
		{"inspection", sampleParcel("Exception_004", shipment.Inspection, 10)},
		{"out for delivery", sampleParcel("OutForDelivery_001", shipment.Released, 20)},
		{"delivered", sampleParcel("Delivered_003", shipment.Released, 22)},
		{"returning", sampleParcel("Exception_010", shipment.ReturnStarted, 12)},
		{"lost", sampleParcel("Exception_013", "", 6)},
		{"silent", sampleParcel("Expired_001", "", 5)},
		{"unlocked", unlocked},
		{"status link", status},
		{"unlock error", failed},
		{"unlock locked", locked},
	}
}
