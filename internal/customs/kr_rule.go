package customs

import "ecms/portal/internal/locale"

// krRule is Korea's: the personal clearance code with the name, mobile and
// postcode that are registered with it, compared by customs since 2026-02-02. No
// picture is taken, since Korean documents show the resident number, which no
// carrier may collect.
func krRule() Rule {
	return Rule{
		Country: "KR", Language: locale.Korean, Since: "2020-12-01",
		Source:    "Korea Customs Service: list clearance since 2020-12-01, notice of 2025-06-18, announcement of 2026-01-14; Personal Information Protection Act, articles 24 and 24-2",
		CheckedOn: "2026-11-21", Basis: "id.basis.kr",
		Fields: []Field{
			{FieldNameLocal, Must}, {FieldPhone, Must}, {FieldPostcode, Must},
		},
		Documents: []DocumentRule{
			{Doc: KRCode, Who: []Who{Citizen, Foreigner}, Number: Must},
		},
		ReturnAfter: 14, Remind: []int{7, 3, 1}, Mend: 3, Retention: standard(), Transfer: true,
	}
}
