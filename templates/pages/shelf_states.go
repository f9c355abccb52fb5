package pages

import (
	"strconv"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/components"
)

// shelfStates are the states of the pages that show an account its parcels.
func shelfStates(l *locale.Locale) []components.State {
	few, many := sampleKept(8), sampleKept(20)
	duty := sampleParcel("Exception_006", shipment.AwaitingDuty, 10)
	opened := ShelfParcelPage{TrackPage: sampleUnlocked(), Kept: few[0], Nickname: few[0].Nickname}
	away, wrongName := opened, opened
	away.Kept.Archived, away.Kept.Nickname, away.Nickname = true, "", ""
	wrongName.Nickname = "A name far too long"
	wrongName.Problems = fault.Invalid{{Field: "nickname", Key: "shelf.nickname.long", Args: []string{"max", strconv.Itoa(shelf.LongestNickname)}}}
	filter := ShelfForm{Text: "tea", Side: "to", State: "moving", Country: "CN", From: "soon", Sort: "added"}
	add := ShelfAddForm{Number: "EC7K3M9QTR2XW5", UnlockForm: UnlockForm{PhoneLast4: "0001"}}
	return []components.State{
		state("dashboard empty", Dashboard(DashboardPage{Now: duty.Now})),
		state("dashboard", Dashboard(sampleDashboard(few, duty.Now))),
		state("dashboard many", Dashboard(sampleDashboard(many, duty.Now))),
		state("dashboard nothing moves", Dashboard(DashboardPage{Dashboard: shelf.Dashboard{Kept: true}, Now: duty.Now})),
		state("shelf", Shelf(ShelfPage{Page: shelf.Page{Parcels: few, Total: 31, Next: "place"}})),
		state("shelf later page", Shelf(ShelfPage{Page: shelf.Page{Parcels: few[:2], Total: 31}, After: "place", Query: "q=tea", Form: ShelfForm{Text: "tea"}})),
		state("shelf empty", Shelf(ShelfPage{})),
		state("shelf nothing fits", Shelf(ShelfPage{Form: filter, Query: "q=tea", Problems: wrong("from", "shelf.day.unreadable")})),
		state("shelf archive", Shelf(ShelfPage{Page: shelf.Page{Parcels: few[:1], Total: 1}, Form: ShelfForm{Archived: "yes"}, Query: "archived=yes"})),
		state("shelf archive empty", Shelf(ShelfPage{Form: ShelfForm{Archived: "yes"}, Query: "archived=yes"})),
		state("shelf parcel", ShelfParcel(opened)),
		state("shelf parcel archived", ShelfParcel(away)),
		state("shelf parcel error", ShelfParcel(wrongName)),
		state("shelf add", ShelfAdd(ShelfAddPage{})),
		state("shelf add error", ShelfAdd(ShelfAddPage{Form: add, Problems: wrong("phone_last4", "shelf.add.wrong")})),
		state("shelf add locked", ShelfAdd(ShelfAddPage{Form: add, Wait: l.Wait(47 * time.Minute)})),
	}
}

// sampleKept are parcels of an account in every state, as a list reads them.
func sampleKept(n int) []shelf.Parcel {
	kinds := []struct {
		subtag  shipment.Subtag
		customs shipment.CustomsState
		events  int
		state   shelf.State
		due     shipment.Date
	}{
		{"Exception_006", shipment.AwaitingDuty, 10, shelf.Needed, "2026-04-04"},
		{"Exception_006", shipment.AwaitingDuty, 10, shelf.Needed, "2026-04-06"},
		{"Exception_018", shipment.AwaitingID, 10, shelf.Needed, ""},
		{"InTransit_004", "", 9, shelf.Moving, ""},
		{"OutForDelivery_001", shipment.Released, 20, shelf.Moving, ""},
		{"InfoReceived_001", "", 0, shelf.Moving, ""},
		{"Exception_010", shipment.ReturnStarted, 12, shelf.Stopped, ""},
		{"Delivered_003", shipment.Released, 22, shelf.Delivered, ""},
	}
	list := make([]shelf.Parcel, n)
	for i := range list {
		k := kinds[i%len(kinds)]
		sample := sampleParcel(k.subtag, k.customs, k.events)
		p := shelf.Parcel{Public: sample.Parcel, Side: shelf.ToMe, State: k.state, Due: k.due, AddedAt: sample.Now}
		if p.Checkpoints = nil; k.events > 0 {
			p.NewsAt = p.Status.At
		}
		if p.Due != "" {
			p.Public = sample.Parcel
		}
		if i > 0 {
			p.Waybill = shipment.Waybill("TEST" + strconv.Itoa(10000+i))
		}
		if i%4 == 0 {
			p.Nickname = "Mum’s tea <3"
		}
		list[i] = p
	}
	return list
}

func sampleDashboard(ps []shelf.Parcel, now time.Time) DashboardPage {
	d := shelf.Dashboard{Kept: true}
	for _, p := range ps {
		switch p.State {
		case shelf.Needed:
			d.Needs = append(d.Needs, p)
		case shelf.Delivered:
			d.Ended = append(d.Ended, p)
		default:
			d.Moving = append(d.Moving, p)
		}
	}
	d.NeedsTotal, d.MovingTotal, d.EndedTotal = len(d.Needs), len(d.Moving)+12, len(d.Ended)
	return DashboardPage{Dashboard: d, Now: now}
}
