package demo

import (
	"maps"
	"strings"
)

// rawText is what the carrier's system wrote beside a code: English in the own
// houses, the local language on the last mile. It may name the consignee.
func (l lane) rawText(code, where string) string {
	text := strings.ReplaceAll(l.texts[code], "{place}", where) // a replacer would cost half of making the set
	return strings.ReplaceAll(text, "{name}", l.home.consignee.Name)
}

// textsIn are the raw texts by code on the way to a country.
func textsIn(country string) map[string]string {
	texts := ownTexts()
	maps.Copy(texts, localTexts(country))
	return texts
}

// ownTexts are the words of the carrier's own system.
func ownTexts() map[string]string {
	return map[string]string{
		"PRE": "Shipment data received from shipper", "PU": "Picked up from shipper", "ARR": "Arrived at facility", "DEP": "Departed facility",
		"EXA": "Presented to export customs", "UPL": "Uplifted, flight departed", "LND": "Flight arrived", "CSD": "Handed to customs broker",
		"CIV": "Customs query: invoice required", "CID": "Customs query: consignee identification required",
		"CDT": "Duties and taxes assessed, payment pending", "CIN": "Selected for customs inspection", "CRL": "Released by customs",
		"CRF": "Customs refused import", "CRT": "Return to origin ordered after customs refusal", "HLM": "Handed to last-mile carrier",
		"WTH": "Flight cancelled, severe weather", "FLT": "Flight delayed, next connection booked", "DLY": "Sorter down, processed with next wave",
		"OWT": "Over the limits when measured again", "RTS": "On the way back to shipper", "RTD": "Returned to shipper", "CXL": "Voided by shipper",
		"DSP": "Disposed under customs supervision", "DMG": "Outer carton wet and crushed", "LST": "Not found after trace", "ZX7": "ULD X7 BRKDN PTL",
		"Q-17": "Q-17", "Pending": "Number not known to carrier yet", "InTransit": "In transit", "InTransit_008": "Problem resolved, moving again",
		"EMG": "Arrived at delivery office", "EDG": "Out for delivery", "EMH": "Delivery attempt failed", "EMI": "Delivered to addressee",
		"EDH": "Waiting at pick-up point", "AttemptFail_002": "Addressee not in", "AttemptFail_003": "Premises closed",
		"Delivered_002": "Collected at pick-up point", "Delivered_003": "Delivered, signature on file", "Delivered_004": "Delivered, cash collected",
		"Delivered_005": "Left with neighbour", "OutForDelivery_003": "Consignee called", "OutForDelivery_004": "Appointment agreed",
		"Exception_001": "Problem reported, see office", "Exception_002": "Addressee moved", "Exception_003": "Refused by addressee",
		"Exception_004": "Customs backlog", "Exception_005": "Airport strike", "Exception_006": "Held for payment", "Exception_007": "No such house number",
		"Exception_008": "Not called for", "Exception_018": "Permit missing", "InTransit_009": "Redirected at addressee's request",
	}
}

// localTexts are the words of the last-mile carriers that write their own language.
func localTexts(country string) map[string]string {
	switch country {
	case "CN":
		return map[string]string{
			"EMG": "【{place}】快件已到达", "EDG": "【{place}】快件正在派送中，请保持电话畅通", "EMI": "快件已送达，收件人：{name}",
			"Delivered_003": "快件已签收，签收人：{name}", "AttemptFail_002": "派送不成功，收件人不在家", "EDH": "快件已存放至自提点",
			"OutForDelivery_003": "已电话联系收件人{name}", "OutForDelivery_004": "已与收件人约定派送时间",
		}
	case "HK", "TW":
		return map[string]string{
			"EMG": "郵件已到達{place}", "EDG": "郵件派送中", "EMI": "郵件已派遞，收件人：{name}",
			"Delivered_003": "郵件已簽收：{name}", "AttemptFail_002": "收件人不在，已留通知單", "EDH": "郵件待領",
		}
	case "KR":
		return map[string]string{
			"EMG": "{place} 도착", "EDG": "배달 준비 중", "EMI": "배달 완료 ({name}님 본인 수령)",
			"Delivered_003": "배달 완료, 서명: {name}", "AttemptFail_002": "수취인 부재로 미배달", "EDH": "무인우편함 보관",
		}
	case "JP":
		return map[string]string{
			"EMG": "{place}に到着", "EDG": "持ち出し中", "EMI": "お届け済み（{name}様）",
			"Delivered_003": "お届け済み（署名：{name}様）", "AttemptFail_002": "ご不在のため持ち戻り", "EDH": "受取所に到着",
		}
	case "TH":
		return map[string]string{
			"EMG": "ถึง{place}", "EDG": "อยู่ระหว่างการนำจ่าย", "EMI": "นำจ่ายสำเร็จ ผู้รับ: {name}",
			"AttemptFail_002": "ไม่มีผู้รับ", "EDH": "รอรับที่จุดรับพัสดุ",
		}
	}
	return nil
}
