package pages

import (
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/static"
	"ecms/portal/templates/components"
)

// identityStates lists every state of the pages that ask for a consignee's
// identity, with three sample parcels that never change.
func identityStates() []components.State {
	var list []components.State
	list = append(list, wayInStates()...)
	list = append(list, personStates()...)
	list = append(list, documentStates()...)
	list = append(list, checkStates()...)
	list = append(list, afterStates()...)
	list = append(list, peopleStates()...)
	return append(append(list, staffIDStates()...), staffReturnStates()...)
}

func sampleFor(country string) IdentityParcel {
	name := map[string]string{"CN": "李*", "KR": "홍*동", "TW": "林**"}[country]
	return IdentityParcel{Waybill: "EC7K3M9QTR2XW5", Country: country, Consignee: name, Due: "2026-03-17", Days: 12, After: 14}
}

func sampleRule(country string) customs.Rule {
	rule, _ := customs.RuleFor(country, "2026-11-22")
	return rule
}

// flaw is a problem as the checks of a form report it.
func flaw(field, key string, args ...string) fault.Problem {
	return fault.Problem{Field: field, Key: "id." + key, Args: args}
}

func wayInStates() []components.State {
	link := IdentityLinkPage{Waybill: "EC7K3M9QTR2XW5", Country: "CN"}
	failed, locked := link, link
	failed.PhoneLast4, failed.Problems = "1234", wrong("phone_last4", "unlock.fact.wrong")
	locked.LockedFor = 47 * time.Minute
	recall := RecallPage{Parcel: sampleFor("CN")}
	sent, badCode, waiting := recall, recall, recall
	sent.Sent = true
	badCode.Sent, badCode.Form.Code, badCode.Problems = true, "1234 567", wrong("code", "login.code.wrong")
	waiting.Wait = 12 * time.Minute
	return []components.State{
		state("id link", IdentityLink(link)),
		state("id link error", IdentityLink(failed)),
		state("id link locked", IdentityLink(locked)),
		state("id link spent", IdentityClosed(ShutSpent)),
		state("id no right", IdentityClosed(ShutNoRight)),
		state("id locked", IdentityLocked("EC7K3M9QTR2XW5")),
		state("id not asked", IdentityClosed(ShutNotAsked)),
		state("id recall", Recall(recall)),
		state("id recall sent", Recall(sent)),
		state("id recall error", Recall(badCode)),
		state("id recall too many", Recall(waiting)),
		state("id recall none", Recall(RecallPage{Parcel: sampleFor("KR"), None: true})),
		state("id recall spent", Recall(RecallPage{Parcel: sampleFor("TW"), Spent: true})),
		state("id recall keep", Recall(RecallPage{Parcel: sampleFor("CN"), Sent: true, Keep: true})),
	}
}

func samplePeople() []SavedPerson {
	return []SavedPerson{
		{
			ID: "7", Name: "李伟", Country: "CN", Doc: customs.CNID, Masked: "110***********624X",
			ValidTo: "2031-08-04", LastUsed: "2026-01-09", KeepUntil: "2027-01-09",
		},
		{
			ID: "9", Name: "Anna Meyer", Country: "CN", Doc: customs.Passport, Masked: "C******23",
			ValidTo: "2025-12-31", Expired: true, LastUsed: "2025-11-02", KeepUntil: "2026-11-02",
		},
	}
}

func personStates() []components.State {
	page := func(country string) PersonPage {
		return PersonPage{Parcel: sampleFor(country), Rule: sampleRule(country), Recall: true}
	}
	saved, failed, kr, foreigner, again := page("CN"), page("CN"), page("KR"), page("CN"), page("CN")
	saved.People, saved.Recall = samplePeople(), false
	failed.Form = PersonForm{NameLocal: "李伟先生", Phone: "1380013800"}
	failed.Problems = fault.Invalid{flaw("name_local", "name_local.title"), flaw("phone", "phone.form")}
	kr.Form = PersonForm{Phone: "02-312-3456", Postcode: "123-456"}
	kr.Problems = fault.Invalid{flaw("name_local", "name_local.resident"), flaw("phone", "phone.mobile"), flaw("postcode", "postcode.old")}
	foreigner.Form = PersonForm{Nationality: "DE", NameLatin: "Анна", Phone: "138 0013 8000", NameConsent: "yes"}
	foreigner.Problems = fault.Invalid{flaw("name_latin", "name_latin.script")}
	again.Reason, again.Only = "name_differs", []string{"name_local", "name_latin"}
	return []components.State{
		state("id person cn", Person(page("CN"))),
		state("id person cn saved", Person(saved)),
		state("id person cn error", Person(failed)),
		state("id person cn foreigner", Person(foreigner)),
		state("id person cn again", Person(again)),
		state("id person kr", Person(page("KR"))),
		state("id person kr error", Person(kr)),
		state("id person tw", Person(page("TW"))),
	}
}

func samplePicture(slot customs.Slot) KeptPicture {
	return KeptPicture{Slot: slot, URL: static.URL("icon-180.png"), Width: 180, Height: 180}
}

func sampleDocument(country string, doc customs.DocType, nationality string) DocumentPage {
	rule := sampleRule(country)
	p := DocumentPage{Parcel: sampleFor(country), Choices: rule.DocumentsFor(nationality), Form: DocumentForm{DocType: string(doc)}}
	p.Document, _ = rule.Document(doc)
	return p
}

func documentStates() []components.State {
	failed := sampleDocument("CN", customs.CNID, "CN")
	failed.Form = DocumentForm{DocType: "cn_id", DocNumber: "110105191207206240", ExpiryYear: "2026", ExpiryMonth: "13", ExpiryDay: "4"}
	failed.Kept = []KeptPicture{samplePicture(customs.Front)}
	failed.Problems = fault.Invalid{
		flaw("doc_number", "doc_number.check", "example", "11010519491231002X"), flaw("expiry_day", "expiry.date"), flaw("back", "back.blurred"),
	}
	busy := sampleDocument("CN", customs.CNID, "CN")
	busy.Busy = true
	again := sampleDocument("CN", customs.CNID, "CN")
	again.Reason, again.Only = "unreadable", []string{"front", "back"}
	passport := sampleDocument("CN", customs.Passport, "DE")
	passport.Form.MRZ, passport.Form.DocNumber = "P<UTOERIKSSON<<ANNA<MARIA", "L898902C"
	passport.Problems = fault.Invalid{flaw("issuing_country", "issuing_country.empty"), flaw("mrz", "mrz.lines"), flaw("front", "front.heic")}
	kr := sampleDocument("KR", customs.KRCode, "KR")
	kr.Problems = fault.Invalid{flaw("doc_number", "doc_number.resident")}
	tw := sampleDocument("TW", customs.TWEZWay, "TW")
	tw.Problems = fault.Invalid{flaw("ezway_registered", "ezway_registered.empty")}
	return []components.State{
		state("id document cn", Document(sampleDocument("CN", customs.CNID, "CN"))),
		state("id document cn error", Document(failed)),
		state("id document cn busy", Document(busy)),
		state("id document cn again", Document(again)),
		state("id document passport", Document(sampleDocument("CN", customs.Passport, "DE"))),
		state("id document passport error", Document(passport)),
		state("id document residence", Document(sampleDocument("CN", customs.CNResidence, "DE"))),
		state("id document permit", Document(sampleDocument("CN", customs.CNHMPermit, "HK"))),
		state("id document kr", Document(sampleDocument("KR", customs.KRCode, "KR"))),
		state("id document kr error", Document(kr)),
		state("id document tw", Document(sampleDocument("TW", customs.TWEZWay, "TW"))),
		state("id document tw error", Document(tw)),
		state("id document tw card", Document(sampleDocument("TW", customs.TWID, "TW"))),
	}
}

func sampleGiven(country string) Given {
	switch country {
	case "KR":
		return Given{Name: "홍길동", Phone: "+82 10-1234-****", Postcode: "04524", Doc: customs.KRCode, Number: "P1234********"}
	case "TW":
		return Given{Name: "林美玲", Phone: "+886 912 **** 678", Doc: customs.TWEZWay, EZWay: true}
	}
	return Given{Name: "李伟", Nationality: "CN", Phone: "+86 138 **** 8000", Doc: customs.CNID, Number: "110***********624X", ValidTo: "2031-08-04"}
}

// maskedGiven is what a receipt shows: no name in whole.
func maskedGiven() Given {
	g := sampleGiven("CN")
	g.Name = "李*"
	return g
}

func checkStates() []components.State {
	page := func(country string) CheckPage {
		return CheckPage{Parcel: sampleFor(country), Given: sampleGiven(country), Transfer: true, Keep: true, Email: true, Form: ConsentForm{FormID: "41"}}
	}
	cn, saved := page("CN"), page("CN")
	cn.Pictures = []KeptPicture{samplePicture(customs.Front), samplePicture(customs.Back)}
	cn.Warnings = customs.Warnings{flaw("name_local", "name_local.differs"), flaw("back", "back.dark"), flaw("expiry_day", "expiry.soon")}
	failed := cn
	failed.Form.Keep = "yes"
	failed.Problems = fault.Invalid{
		flaw("consent_customs", "consent_customs.empty"), flaw("consent_transfer", "consent_transfer.empty"), {Field: "email", Key: "email.wrong"},
	}
	saved.Keep, saved.Given.ValidTo, saved.Given.LongTerm = false, "", true
	return []components.State{
		state("id check cn", Check(cn)),
		state("id check cn error", Check(failed)),
		state("id check cn saved", Check(saved)),
		state("id check kr", Check(page("KR"))),
		state("id check tw", Check(page("TW"))),
	}
}
