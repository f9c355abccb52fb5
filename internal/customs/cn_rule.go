package customs

import "ecms/portal/internal/locale"

// cnRule is mainland China's. Personal articles by express are declared with a
// copy of the consignee's document (express supervision measures, article 22;
// General Administration of Customs, announcement 19 of 2016).
func cnRule() Rule {
	all := []Who{HMT, Foreigner} // Hong Kong's and Macau's residents may be of any nationality
	return Rule{
		Country: "CN", Language: locale.SimplifiedChinese, Since: "2016-06-01",
		Source:    "GACC announcement 19/2016; express supervision measures, article 22",
		CheckedOn: "2026-11-21", Basis: "id.basis.cn",
		Fields: []Field{
			{FieldNameLocal, May}, {FieldNameLatin, May}, {FieldNationality, Must}, {FieldPhone, Must},
		},
		Documents: []DocumentRule{
			{Doc: CNID, Who: []Who{Citizen}, Number: Must, Expiry: Must, Pictures: []Slot{Front, Back}},
			{Doc: Passport, Who: []Who{Foreigner}, Number: Must, Expiry: Must, Zone: May, Issuer: Must, Pictures: []Slot{Front}},
			{Doc: CNResidence, Who: []Who{Foreigner}, Number: Must, Expiry: Must, Zone: May, Issuer: Must, Pictures: []Slot{Front, Permit}},
			{Doc: CNPermanent, Who: []Who{Foreigner}, Number: Must, Expiry: Must, Zone: May, Pictures: []Slot{Front, Back}},
			{Doc: CNHMPermit, Who: all, Number: Must, Expiry: Must, Zone: May, Pictures: []Slot{Front, Back}},
			{Doc: CNTWPermit, Who: []Who{HMT}, Number: Must, Expiry: Must, Zone: May, Pictures: []Slot{Front, Back}},
			{Doc: CNHMTResidence, Who: []Who{HMT}, Number: Must, Expiry: Must, Pictures: []Slot{Front, Back}},
		},
		ReturnAfter: 14, Remind: []int{7, 3, 1}, Mend: 3, Retention: standard(), Transfer: true,
	}
}
