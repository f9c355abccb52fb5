package demo

import "ecms/portal/internal/shipment"

// shippers are the two firms that send.
func shippers() []shipment.Party {
	return []shipment.Party{
		{Name: "Harbor & Pine Outfitters", NameLatin: "Harbor & Pine Outfitters", Email: ShipperEmail},
		{Name: "Bluefin Parcel Forwarding", NameLatin: "Bluefin Parcel Forwarding", Email: "desk@bluefin.example.com"},
	}
}

// home is a consignee at one address.
type home struct {
	consignee shipment.Party
	city      string // as the feed names the place of delivery
	district  string // as a courier's event names it
}

// homes are where the six consignees live or work, one address per destination.
// Streets are made up. Phones are the example numbers that the numbering plans'
// documents print, since Asia keeps no range for fiction.
func homes() []home {
	yutong := shipment.Party{Name: "周雨桐", NameLatin: "ZHOU YUTONG", Email: "zhou.yutong@example.com"}
	kayan := shipment.Party{Name: "陳嘉欣", NameLatin: "CHAN KA YAN", Email: "chan.kayan@example.com"}
	haneul := shipment.Party{Name: "김하늘", NameLatin: "KIM HANEUL", Email: "kim.haneul@example.com"}
	misaki := shipment.Party{Name: "佐藤美咲", NameLatin: "SATO MISAKI", Email: "sato.misaki@example.com"}
	weiling := shipment.Party{Name: "陈慧玲", NameLatin: "TAN HUI LING", Email: "tan.huiling@example.com"}
	somchai := shipment.Party{Name: "สมชาย ใจดี", NameLatin: "SOMCHAI JAIDEE", Email: "somchai@example.com"}
	at := func(p shipment.Party, phone, postcode, address, city, district string) home {
		p.Phone, p.Postcode, p.Address = phone, postcode, address
		return home{p, city, district}
	}
	return []home{
		at(yutong, "+8613800138000", "200120", "上海市浦东新区示例路88号2单元501室", "Shanghai", "上海市浦东新区"),
		at(kayan, "+85251234567", "", "九龍旺角示例街9號12樓B室", "Hong Kong", "旺角"),
		at(haneul, "+821020000000", "04001", "서울특별시 마포구 예시로 12, 101동 1203호", "Seoul", "서울 마포구"),
		at(misaki, "+819012345678", "1600022", "東京都新宿区見本町1-2-3 見本ビル405", "Tokyo", "東京都新宿区"),
		at(kayan, "+886912345678", "106409", "台北市大安區範例路三段45號6樓", "Taipei", "台北市大安區"),
		at(weiling, "+6581234567", "520123", "Blk 123 Example Walk #05-123", "Singapore", "Tampines"),
		at(somchai, "+66812345678", "10310", "99/9 ซอยตัวอย่าง แขวงห้วยขวาง เขตห้วยขวาง กรุงเทพมหานคร", "Bangkok", "ห้วยขวาง"),
		at(somchai, "+639051234567", "1200", "Unit 8B, 21 Sample Street, Barangay San Antonio, Makati", "Makati", "Makati City"),
		at(weiling, "+60123456789", "59100", "15 Jalan Contoh, Bangsar, Kuala Lumpur", "Kuala Lumpur", "Bangsar"),
	}
}
