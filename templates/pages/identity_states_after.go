package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

func sampleIdentity(s customs.State) Identity {
	i := Identity{State: s, Reference: "ID-7K3M-9QTR", SubmittedAt: sampleStart.Add(84 * time.Hour), Zone: time.FixedZone("CST", 8*3600)}
	switch s {
	case customs.Accepted, customs.Refused:
		i.DecidedAt = sampleStart.Add(88 * time.Hour)
	case customs.Erased:
		i.KeepUntil = "2026-04-20"
	}
	if s == customs.Refused {
		i.Reason, i.Fix = "unreadable", "/id/document"
	}
	return i
}

func afterStates() []components.State {
	page := func(country string, s customs.State) IdentityPage {
		return IdentityPage{Parcel: sampleFor(country), Identity: sampleIdentity(s), Open: true}
	}
	sent, sentTW, blocked := page("CN", customs.Review), page("TW", customs.Review), page("CN", customs.Accepted)
	sent.Just, sent.Kept, sentTW.Just = true, true, true
	seen := page("CN", customs.Accepted)
	seen.Looks = append(sampleIdentityLooks(), IdentityLook{At: sampleStart, Role: customs.Owner, What: "withdrawn", Reason: "withdrawn"})
	blocked.Blocked, blocked.Open = true, false
	needing := func(i Identity, others ...needs.Need) NeedsPage {
		return NeedsPage{Parcel: sampleFor("CN"), Identity: i, Others: others}
	}
	consents := []GivenConsent{
		{Kind: "customs", Version: ConsentVersion, At: sampleStart.Add(84 * time.Hour)},
		{Kind: "transfer", Version: ConsentVersion, At: sampleStart.Add(84 * time.Hour)},
		{Kind: "keep", Version: ConsentVersion, At: sampleStart.Add(84 * time.Hour), WithdrawnAt: sampleStart.Add(90 * time.Hour)},
	}
	list := []components.State{
		state("id needs", Needs(needing(Identity{}))),
		state("id needs refused", Needs(needing(sampleIdentity(customs.Refused), needs.Need{Kind: needs.Invoice}))),
		state("id needs done", Needs(needing(sampleIdentity(customs.Review)))),
		state("id sent cn", IdentityStatus(sent)),
		state("id sent tw", IdentityStatus(sentTW)),
		state("id seen", IdentityStatus(seen)),
		state("id withdraw blocked", IdentityStatus(blocked)),
		state("id receipt", Receipt(ReceiptPage{
			Parcel: sampleFor("CN"), Identity: sampleIdentity(customs.Accepted), Given: maskedGiven(), Pictures: 2, Consents: consents,
		})),
	}
	for _, s := range []customs.State{
		customs.Draft, customs.Review, customs.Accepted, customs.Refused, customs.Withdrawn, customs.Replaced, customs.Expired, customs.Erased,
	} {
		list = append(list, state("id status "+string(s), IdentityStatus(page("CN", s))))
	}
	return list
}

func sampleIdentityLooks() []IdentityLook {
	at := func(h int) time.Time { return sampleStart.Add(time.Duration(h) * time.Hour) }
	return []IdentityLook{
		{At: at(90), Role: customs.Broker, What: customs.WhatExport, Waybill: "EC7K3M9QTR2XW5"},
		{At: at(88), Role: customs.Staff, Name: "Ana Ruiz", What: customs.WhatView, Reason: "review", Waybill: "EC7K3M9QTR2XW5"},
		{At: at(86), Role: customs.Staff, Name: "desk@ecms.example.com", What: customs.WhatRefused, Reason: "because <b>"},
		{At: at(84), Role: customs.Portal, What: customs.WhatCopy, Reason: "use", Waybill: "EC7K3M9QTR2XW5"},
	}
}

func peopleStates() []components.State {
	people := samplePeople()
	one := SavedPersonPage{
		Person: people[0], Looks: sampleIdentityLooks(), Consent: GivenConsent{Kind: "keep", Version: ConsentVersion, At: sampleStart},
		Uses: []PersonUse{
			{Waybill: "EC7K3M9QTR2XW5", Country: "CN", At: sampleStart.Add(84 * time.Hour), HandedAt: sampleStart.Add(90 * time.Hour)},
			{Waybill: "RB123456785SG", Country: "CN", At: sampleStart},
		},
	}
	blocked := one
	blocked.Blocked, blocked.Looks = []shipment.Waybill{"EC7K3M9QTR2XW5", "RB123456785SG"}, nil
	unused := one
	unused.Uses, unused.Looks = nil, nil
	return []components.State{
		state("people", People(PeoplePage{People: people})),
		state("people empty", People(PeoplePage{})),
		state("people one", PersonKept(one)),
		state("people one blocked", PersonKept(blocked)),
		state("people one unused", PersonKept(unused)),
	}
}
