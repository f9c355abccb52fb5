package journey

import (
	"fmt"
	"strings"

	"ecms/portal/internal/document/specimen"
)

// China is the n-th made-up citizen of China, with a number that is well-formed and
// pictures of a card; the same n always is the same person.
func China(n int) Consignee {
	c := to("CN", n, "张伟", fmt.Sprintf("+86 138%08d", 10_000_000+n), "310000")
	c.Person = map[string]string{"name_local": c.Name, "nationality": "CN", "phone": c.Phone, "name_consent": "yes"}
	c.Document = map[string]string{"doc_type": "cn_id", "doc_number": citizenNumber(n), "expiry_year": "2041", "expiry_month": "3", "expiry_day": "27"}
	seed := uint64(2*n + 100)
	c.Pictures = map[string][]byte{"front": specimen.JPEG(specimen.Card(820, 620, seed)), "back": specimen.JPEG(specimen.Card(820, 620, seed+1))}
	return c
}

// Traveller is a foreigner in China who shows a passport by its machine-readable lines.
func Traveller(n int) Consignee {
	c := to("CN", n, "ANNA MARIA ERIKSSON", fmt.Sprintf("+86 139%08d", 20_000_000+n), "200000")
	number := fmt.Sprintf("D%08d", 51_000_000+n*7)
	c.Person = map[string]string{"name_latin": c.Name, "nationality": "SE", "phone": c.Phone, "name_consent": "yes"}
	c.Document = map[string]string{"doc_type": "passport", "issuing_country": "SE", "mrz": passportLines(number)}
	c.Pictures = map[string][]byte{"front": specimen.JPEG(specimen.Card(880, 620, uint64(n+90_000)))}
	return c
}

// Korea is the n-th made-up person in Korea, who gives a clearance code.
func Korea(n int) Consignee {
	c := to("KR", n, "홍길동", fmt.Sprintf("+82 10%08d", 40_000_000+n), "04524")
	c.Person = map[string]string{"name_local": c.Name, "phone": "0" + c.Phone[4:], "postcode": c.Postcode, "name_consent": "yes"}
	c.Document = map[string]string{"doc_number": fmt.Sprintf("P%012d", 730_481_000_000+n)}
	return c
}

// Taiwan is the n-th made-up person in Taiwan, who is registered in EZ WAY.
func Taiwan(n int) Consignee {
	c := to("TW", n, "林怡君", fmt.Sprintf("+886 9%08d", 30_000_000+n), "100")
	c.Person = map[string]string{"name_local": c.Name, "phone": "0" + c.Phone[5:], "name_consent": "yes"}
	c.Document = map[string]string{"ezway_registered": "yes"}
	return c
}

// TaiwanCard is Taiwan with a national identity card instead of the registration.
func TaiwanCard(n int) Consignee {
	c := Taiwan(n)
	c.Document = map[string]string{"doc_type": "tw_id", "doc_number": taiwanNumber(n)}
	seed := uint64(2*n + 50_000)
	c.Pictures = map[string][]byte{"front": specimen.JPEG(specimen.Card(820, 620, seed)), "back": specimen.JPEG(specimen.Card(820, 620, seed+1))}
	return c
}

func to(country string, n int, name, phone, postcode string) Consignee {
	return Consignee{Waybill: fmt.Sprintf("JOURNEY-%s-%05d", country, n), Name: name, Phone: phone, Postcode: postcode, Country: country}
}

// citizenNumber is Beijing's, of somebody born on some day, with its check character.
func citizenNumber(n int) string {
	body := fmt.Sprintf("110105%04d%02d%02d%03d", 1950+n/28/12%50, n/28%12+1, n%28+1, n%1000)
	sum := 0
	for i, weight := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(body[i]-'0') * weight
	}
	return body + "10X98765432"[sum%11:sum%11+1]
}

// taiwanNumber is Taipei's (A), of a man, with its check digit.
func taiwanNumber(n int) string {
	body := fmt.Sprintf("1%07d", 2_345_000+n)
	sum := 1 // A is 10
	for i, weight := range []int{8, 7, 6, 5, 4, 3, 2, 1} {
		sum += int(body[i]-'0') * weight
	}
	return "A" + body + fmt.Sprint((10-sum%10)%10)
}

// passportLines are the two lines of a Swedish passport with all their check digits.
func passportLines(number string) string {
	first := "P<SWEERIKSSON<<ANNA<MARIA"
	first += strings.Repeat("<", 44-len(first))
	birth, expiry, own := "740812", "410327", strings.Repeat("<", 14)
	n, b, e := number+digit(number), birth+digit(birth), expiry+digit(expiry)
	second := n + "SWE" + b + "F" + e + own + "0"
	return first + "\n" + second + digit(n+b+e+own+"0")
}

// digit is the check digit of ICAO Doc 9303: weights 7, 3, 1.
func digit(text string) string {
	sum := 0
	for i, r := range text {
		value := 0
		switch {
		case r >= '0' && r <= '9':
			value = int(r - '0')
		case r >= 'A' && r <= 'Z':
			value = int(r-'A') + 10
		}
		sum += value * []int{7, 3, 1}[i%3]
	}
	return fmt.Sprint(sum % 10)
}

// Shipments is the feed's file of some consignees' parcels, of each of which customs
// waits for an identity.
func Shipments(people ...Consignee) string {
	zones := map[string]string{"CN": "Asia/Shanghai", "KR": "Asia/Seoul", "TW": "Asia/Taipei"}
	var b strings.Builder
	b.WriteString("waybill,origin_country,origin_zone,destination_country,destination_zone,consignee_name,consignee_phone,consignee_postcode,consignee_email,customs_state\n")
	for _, c := range people {
		email := ""
		if strings.Contains(c.Keep, "@") {
			email = c.Keep
		}
		fmt.Fprintf(&b, "%s,US,America/New_York,%s,%s,%s,%s,%s,%s,awaiting_id\n", c.Waybill, c.Country, zones[c.Country], c.Name, c.Phone, c.Postcode, email)
	}
	return b.String()
}
