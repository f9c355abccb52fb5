package demo

import "time"

// house is a place with its clock.
type house struct {
	name, country string
	zone          *time.Location
}

// origin is where a shipper's parcels begin.
type origin struct {
	shop, hub, gateway house
	shipper            int // index into shippers()
	address, postcode  string
	phone              string
}

// origins are the shippers' places over four clocks. Phones are of the 555-01xx
// range, which is kept for fiction.
func origins() []origin {
	pacific, mountain := location("America/Los_Angeles"), location("America/Phoenix")
	central, eastern := location("America/Chicago"), location("America/New_York")
	lax := house{"Los Angeles Airport Gateway", "US", pacific}
	jfk := house{"New York Airport Gateway", "US", eastern}
	ord := house{"Chicago Airport Gateway", "US", central}
	us := func(name string, zone *time.Location) house { return house{name, "US", zone} }
	return []origin{
		{us("Los Angeles, CA", pacific), us("Los Angeles Sorting Center", pacific), lax, 0, "100 Example Harbor Way, Los Angeles, CA", "90731", "+12135550142"},
		{us("New Castle, DE", eastern), us("New Castle Warehouse", eastern), jfk, 1, "20 Sample Quay Road, New Castle, DE", "19720", "+13025550117"},
		{us("Portland, OR", pacific), us("Portland Warehouse", pacific), lax, 1, "7 Sample Mill Street, Portland, OR", "97230", "+15035550163"},
		{us("Chicago, IL", central), us("Chicago Sorting Center", central), ord, 0, "455 Example Lake Street, Chicago, IL", "60661", "+13125550128"},
		{us("New York, NY", eastern), us("New York Sorting Center", eastern), jfk, 0, "12 Example Pier Avenue, New York, NY", "11201-1234", "+12125550185"},
		{us("Phoenix, AZ", mountain), us("Phoenix Warehouse", mountain), lax, 1, "3 Sample Canyon Road, Phoenix, AZ", "85034", "+16025550151"},
	}
}

// lane is one destination: its houses, its last-mile carrier and whom the
// parcels go to there.
type lane struct {
	airport, depot, point house
	carrier, source       string // the last-mile carrier's name, and its name in the feed
	home                  home
	texts                 map[string]string // raw texts by code
}

// lanes are the nine destinations.
func lanes() []lane {
	homes := homes()
	all := make([]lane, 0, len(homes))
	for i, d := range []struct{ country, zone, airport, depot, point, carrier, source string }{
		{"CN", "Asia/Shanghai", "Shanghai Pudong Airport Hub", "上海浦东投递部", "上海浦东示例路自提点", "China Post EMS", "cnpost"},
		{"HK", "Asia/Hong_Kong", "Hong Kong Airport Hub", "九龍派遞局", "旺角示例街取件點", "Hongkong Post", "hkpost"},
		{"KR", "Asia/Seoul", "Incheon Airport Hub", "서울마포우체국", "마포 예시로 무인우편함", "Korea Post", "krpost"},
		{"JP", "Asia/Tokyo", "Tokyo Narita Airport Hub", "新宿郵便局", "新宿見本町受取所", "Japan Post", "jppost"},
		{"TW", "Asia/Taipei", "Taoyuan Airport Hub", "台北大安投遞股", "大安範例路取貨點", "Chunghwa Post", "twpost"},
		{"SG", "Asia/Singapore", "Singapore Changi Airport Hub", "Tampines Delivery Base", "Example Walk Parcel Point", "SingPost", "sgpost"},
		{"TH", "Asia/Bangkok", "Bangkok Suvarnabhumi Airport Hub", "ที่ทำการไปรษณีย์ห้วยขวาง", "จุดรับพัสดุซอยตัวอย่าง", "Thailand Post", "thpost"},
		{"PH", "Asia/Manila", "Manila Airport Hub", "Makati Central Post Office", "Sample Street Parcel Point", "PHLPost", "phpost"},
		{"MY", "Asia/Kuala_Lumpur", "Kuala Lumpur Airport Hub", "Pejabat Pos Bangsar", "Pusat Ambilan Jalan Contoh", "Pos Malaysia", "mypost"},
	} {
		zone := location(d.zone)
		at := func(name string) house { return house{name, d.country, zone} }
		all = append(all, lane{at(d.airport), at(d.depot), at(d.point), d.carrier, d.source, homes[i], textsIn(d.country)})
	}
	return all
}

func (l lane) country() string      { return l.airport.country }
func (l lane) zone() *time.Location { return l.airport.zone }

// location loads a zone of the set; a misspelt one would show in every test.
func location(zone string) *time.Location {
	l, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return l
}
