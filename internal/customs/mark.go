package customs

import (
	"ecms/portal/internal/document"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/typeface"
)

// Marked is a picture as people get to see it and the broker gets it: below it
// stands what it may be used for, in the language of the country and in English.
func Marked(jpeg []byte, country string, w shipment.Waybill) ([]byte, error) {
	local := typeface.Language(tongue(country))
	lines := []string{only(local, w)}
	if local != locale.English {
		lines = append(lines, only(locale.English, w))
	}
	return document.Watermark(jpeg, local, lines...)
}

func only(l locale.Language, w shipment.Waybill) string {
	return locale.For(l).T("watermark.only", "waybill", string(w))
}

// tongue is what customs officers of a country read; English where the portal
// does not write their language.
func tongue(country string) locale.Language {
	switch country {
	case "CN":
		return locale.SimplifiedChinese
	case "TW", "HK", "MO":
		return locale.TraditionalChinese
	case "KR":
		return locale.Korean
	}
	return locale.English
}
