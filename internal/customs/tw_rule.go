package customs

import "ecms/portal/internal/locale"

// twRule is Taiwan's: whoever is registered in EZ WAY gives the name and mobile
// registered there and no number; a document's number and copy stand in for it.
// Simplified declarations need the consignee's word in the app since 2026-03-01.
func twRule() Rule {
	return Rule{
		Country: "TW", Language: locale.TraditionalChinese, Since: "2020-05-16",
		Source:    "Taiwan Customs Administration: real-name pre-authorisation, regulations amended 2026-02-23, in force 2026-03-01",
		CheckedOn: "2026-11-21", Basis: "id.basis.tw",
		Fields: []Field{
			{FieldNameLocal, Must}, {FieldNameLatin, May}, {FieldNationality, May}, {FieldPhone, Must},
		},
		Documents: []DocumentRule{
			{Doc: TWEZWay, Who: []Who{Citizen, Foreigner}, Number: May},
			{Doc: TWID, Who: []Who{Citizen}, Number: Must, Pictures: []Slot{Front, Back}},
			{Doc: TWResident, Who: []Who{Foreigner}, Number: Must, Expiry: May, Pictures: []Slot{Front, Back}},
			{Doc: Passport, Who: []Who{Foreigner}, Number: Must, Expiry: Must, Zone: May, Issuer: Must, Pictures: []Slot{Front}},
		},
		ReturnAfter: 14, Remind: []int{7, 3, 1}, Mend: 3, Retention: standard(), Transfer: true,
	}
}
