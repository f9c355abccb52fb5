package customs_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// passportZone is ICAO's specimen with a state that exists, its digits made anew.
func passportZone() (lines, number string) {
	number = "L898902C3"
	lower := number + customsDigit(number) + "USA" + "740812" + customsDigit("740812") + "F" + "300415" + customsDigit("300415") + strings.Repeat("<", 14) + "<"
	lower += customsDigit(lower[:10] + lower[13:20] + lower[21:43])
	return "P<USAERIKSSON<<ANNA<MARIA" + strings.Repeat("<", 44-25) + "\n" + lower, number
}

func customsDigit(s string) string { return string(rune(customs.CheckDigit(s))) }

func TestDocumentByCountry(t *testing.T) {
	t.Parallel()
	type entry = customs.DocumentEntry
	zone, number := passportZone()
	until := func(e entry, y, m, d string) entry {
		e.ExpiryYear, e.ExpiryMonth, e.ExpiryDay = y, m, d
		return e
	}
	citizen := entry{DocType: "cn_id", Number: "11010519491231002x"}
	passport := entry{DocType: "passport", Number: number, Issuer: "us"}
	year := string(today[:4])
	for _, c := range []struct {
		name, country, nationality string
		entry                      entry
		says                       string
	}{
		{"good", "CN", "CN", until(citizen, "2031", "1", "９"), ""},
		{"without end", "CN", "CN", until(citizen, "长期", "", ""), ""},
		{"ticked without end", "CN", "CN", entry{DocType: "cn_id", Number: citizen.Number, LongTerm: true}, ""},
		{"all at once", "CN", "CN", until(entry{DocType: "cn_id", Number: "110105194912310021"}, "2031", "2", "30"), "doc_number.check expiry.date"},
		{"expires today", "CN", "CN", until(citizen, year, string(today[5:7]), string(today[8:])), "?expiry.soon"},
		{"expired", "CN", "CN", until(citizen, "2020", "01", "01"), "expiry.past"},
		{"too far", "CN", "CN", until(citizen, "2099", "01", "01"), "expiry.far"},
		{"half a date", "CN", "CN", until(citizen, "2031", "", "01"), "expiry.empty"},
		{"no type", "CN", "CN", entry{}, "doc_type.empty"},
		{"another's card", "CN", "US", citizen, "doc_type.who"},
		{"old form", "CN", "CN", until(entry{DocType: "cn_id", Number: "110105491231002"}, "2031", "1", "1"), "doc_number.old15"},
		{"passport", "CN", "US", until(passport, "2030", "4", "15"), "?doc_number.unusual"},
		{"passport without issuer", "CN", "US", until(entry{DocType: "passport", Number: "123456789"}, "2030", "4", "15"), "issuing_country.empty"},
		{"zone alone", "CN", "US", entry{DocType: "passport", Zone: zone}, "?doc_number.unusual"},
		{"zone in one line", "CN", "US", entry{DocType: "passport", Zone: strings.ToLower(strings.ReplaceAll(zone, "\n", ""))}, "?doc_number.unusual"},
		{"zone of another", "CN", "US", until(entry{DocType: "passport", Number: "123456789", Issuer: "GB", Zone: zone}, "2031", "4", "15"), "mrz.number mrz.issuer mrz.expiry"},
		{"zone mistyped", "CN", "US", until(entry{DocType: "passport", Number: number, Issuer: "US", Zone: strings.Replace(zone, "740812", "740813", 1)}, "2030", "4", "15"), "mrz.birth_check"},
		{"Korea", "KR", "", entry{DocType: "kr_pccc", Number: "p1234-5678 9012"}, ""},
		{"resident number for a code", "KR", "", entry{DocType: "kr_pccc", Number: "900101-1234567"}, "doc_number.resident"},
		{"resident number elsewhere", "KR", "", entry{DocType: "kr_pccc", Number: "P123456789012", Zone: "9001011234567", Issuer: "900101 2234567"}, "issuing_country.resident mrz.resident"},
		{"EZ WAY", "TW", "TW", entry{DocType: "tw_ezway", EZWay: true}, ""},
		{"EZ WAY not ticked", "TW", "TW", entry{DocType: "tw_ezway"}, "ezway_registered.empty"},
		{"EZ WAY with a number", "TW", "JP", entry{DocType: "tw_ezway", EZWay: true, Number: "A800000014"}, ""},
		{"EZ WAY with a wrong one", "TW", "TW", entry{DocType: "tw_ezway", EZWay: true, Number: "A123456780"}, "doc_number.check"},
		{"Taiwan's card", "TW", "TW", entry{DocType: "tw_id", Number: "A123456789"}, ""},
		{"serial of a certificate", "TW", "JP", entry{DocType: "tw_arc", Number: "123456789012"}, "doc_number.serial"},
	} {
		d, warnings, err := rule(t, c.country).CheckDocument(c.entry, customs.Person{Nationality: c.nationality}, today)
		if got := keys(warnings, err); got != c.says {
			t.Errorf("%s: says %q, want %q", c.name, got, c.says)
		}
		if err != nil && d != (customs.Document{}) {
			t.Errorf("%s: refused and kept: %+v", c.name, d)
		}
	}
}

func TestZoneFillsAPassport(t *testing.T) {
	t.Parallel()
	zone, number := passportZone()
	who := customs.Person{Nationality: "US", NameLatin: "Eriksson Anna"}
	d, warnings, err := rule(t, "CN").CheckDocument(customs.DocumentEntry{DocType: "passport", Zone: zone}, who, today)
	want := customs.Document{Doc: customs.Passport, Number: number, Expiry: "2030-04-15", Issuer: "US"}
	if err != nil || d != want || keys(warnings, nil) != "?mrz.name ?doc_number.unusual" {
		t.Errorf("got %+v, %v, %v", d, warnings, err)
	}
	if d.Masked() != "L******C3" {
		t.Errorf("masked %s", d.Masked())
	}
}

func TestEchoForgetsResidentNumbers(t *testing.T) {
	t.Parallel()
	e := customs.DocumentEntry{DocType: "kr_pccc", Number: "900101-1234567", ExpiryDay: "9001011234567", Zone: "x"}.Echo(rule(t, "KR"))
	if e.Number != "" || e.ExpiryDay != "" || e.DocType != "kr_pccc" || e.Zone != "x" {
		t.Errorf("echoed %+v", e)
	}
	if e := (customs.PersonEntry{NameLocal: "900101-1234567"}).Echo(rule(t, "CN")); e.NameLocal == "" {
		t.Error("forgotten in China, where it is only a wrong name")
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	card, _ := rule(t, "CN").Document(customs.CNID)
	code, _ := rule(t, "KR").Document(customs.KRCode)
	taiwan, _ := rule(t, "TW").Document(customs.TWID)
	front, back := customs.Shot{Slot: customs.Front, Sum: []byte("a"), Look: 0}, customs.Shot{Slot: customs.Back, Sum: []byte("b"), Look: 0xFFFF}
	twice := back
	twice.Sum = front.Sum
	for _, c := range []struct {
		name  string
		rule  customs.DocumentRule
		ezway bool
		shots []customs.Shot
		says  string
	}{
		{"both", card, false, []customs.Shot{front, back}, ""},
		{"none", card, false, nil, "front.empty back.empty"},
		{"one twice", card, false, []customs.Shot{front, twice}, "back.same"},
		{"nearly the same", card, false, []customs.Shot{back, {Slot: customs.Front, Sum: []byte("c"), Look: 0xFFFE}}, "?back.same"},
		{"nobody asks", code, false, []customs.Shot{front}, "front.unused"},
		{"EZ WAY", taiwan, true, nil, ""},
		{"EZ WAY, one", taiwan, true, []customs.Shot{front}, ""},
		{"a permit too many", card, false, []customs.Shot{front, back, {Slot: customs.Permit}}, "permit.unused"},
	} {
		if got := keys(c.rule.CheckPictures(c.ezway, c.shots)); got != c.says {
			t.Errorf("%s: %q, want %q", c.name, got, c.says)
		}
	}
}

func TestConsents(t *testing.T) {
	t.Parallel()
	r := rule(t, "CN")
	if got := keys(nil, customs.Consents{Keep: true}.Check(r)); got != "consent_customs.empty consent_transfer.empty" {
		t.Errorf("says %q", got)
	}
	if err := (customs.Consents{Customs: true, Transfer: true}).Check(r); err != nil {
		t.Errorf("keeping is free: %v", err)
	}
}

// FuzzDocument holds the document's page to what must always be.
func FuzzDocument(f *testing.F) {
	zone, _ := passportZone()
	f.Add("CN", "CN", "cn_id", "11010519491231002X", "2031", "1", "1", "", "")
	f.Add("CN", "US", "passport", "", "", "", "", "", zone)
	f.Add("KR", "", "kr_pccc", "P123456789012", "", "", "", "", "")
	f.Add("TW", "TW", "tw_ezway", "A123456789", "", "", "", "", "")
	f.Add("KR", "", "kr_pccc", "900101-1234567", "", "", "9001011234567", "", "")
	known := strings.Join(customs.Keys(), " ") + " "
	f.Fuzz(func(t *testing.T, country, nationality, doc, number, y, m, d, issuer, zone string) {
		r, ok := customs.RuleFor(country, today)
		if !ok {
			return
		}
		e := customs.DocumentEntry{DocType: doc, Number: number, ExpiryYear: y, ExpiryMonth: m, ExpiryDay: d, Issuer: issuer, Zone: zone, EZWay: true}
		who := customs.Person{Nationality: nationality}
		got, warnings, err := r.CheckDocument(e, who, today)
		for _, k := range strings.Fields(keys(warnings, err)) {
			if !strings.Contains(known, "id."+strings.TrimPrefix(k, "?")+" ") {
				t.Fatalf("key %s is not listed", k)
			}
		}
		if err != nil {
			return
		}
		again := customs.DocumentEntry{DocType: string(got.Doc), Number: got.Number, Issuer: got.Issuer, LongTerm: got.LongTerm, EZWay: true}
		if got.Expiry != "" {
			again.ExpiryYear, again.ExpiryMonth, again.ExpiryDay = string(got.Expiry[:4]), string(got.Expiry[5:7]), string(got.Expiry[8:])
		}
		same, _, err := r.CheckDocument(again, who, today)
		if err != nil || same != got {
			t.Fatalf("%+v reads as %+v (%v)", got, same, err)
		}
		if got.Number != "" && (got.Masked() == got.Number || got.Expiry != "" && got.Expiry < shipment.Date(today)) {
			t.Fatalf("%+v stands", got)
		}
	})
}
