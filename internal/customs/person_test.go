package customs_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/shipment"
)

// keys are the keys of what a check says, errors and then warnings.
func keys(warnings customs.Warnings, err error) string {
	var said []string
	var wrong fault.Invalid
	if errors.As(err, &wrong) {
		for _, p := range wrong {
			said = append(said, strings.TrimPrefix(p.Key, "id."))
		}
	}
	for _, w := range warnings {
		said = append(said, "?"+strings.TrimPrefix(w.Key, "id."))
	}
	return strings.Join(said, " ")
}

func TestPersonByCountry(t *testing.T) {
	t.Parallel()
	type entry = customs.PersonEntry
	for _, c := range []struct {
		name, country string
		entry         entry
		says          string
	}{
		{"citizen", "CN", entry{NameLocal: "张伟", Nationality: "CN", Phone: "138 0013 8000"}, ""},
		{"minority", "CN", entry{NameLocal: "买买提•艾力", Nationality: "cn", Phone: "13800138000"}, ""},
		{"rare character", "CN", entry{NameLocal: "𠮷田", Nationality: "CN", Phone: "+86 13800138000"}, ""},
		{"pinyin for a citizen", "CN", entry{NameLocal: "Zhang Wei", Nationality: "CN", Phone: "13800138000"}, "name_local.script"},
		{"foreigner", "CN", entry{NameLatin: "José Núñez-O’Neill", Nationality: "ES", Phone: "13800138000"}, ""},
		{"foreigner without", "CN", entry{NameLocal: "何塞", Nationality: "ES", Phone: "13800138000"}, "name_latin.empty"},
		{"all at once", "CN", entry{Nationality: "XX", Phone: "010 12345678"}, "nationality.form name_latin.empty phone.mobile"},
		{"nothing", "CN", entry{}, "nationality.empty name_latin.empty phone.empty"},
		{"title", "CN", entry{NameLocal: "王先生", Nationality: "CN", Phone: "13800138000"}, "name_local.title"},
		{"digits", "CN", entry{NameLocal: "张伟２", Nationality: "CN", Phone: "13800138000"}, "name_local.digits"},
		{"company", "CN", entry{NameLocal: "杭州某某有限公司", Nationality: "CN", Phone: "13800138000"}, "name_local.company"},
		{"foreign phone", "CN", entry{NameLocal: "张伟", Nationality: "CN", Phone: "+1 212 555 0100"}, "phone.place"},
		{"Korean", "KR", entry{NameLocal: "홍길동", Phone: "010-2000-0000", Postcode: "04524"}, ""},
		{"registered in English", "KR", entry{NameLocal: "HONG GILDONG", Phone: "+82 010 2000 0000", Postcode: "04524"}, ""},
		{"Chinese for Korea", "KR", entry{NameLocal: "洪吉童", Phone: "010-2000-0000", Postcode: "04524"}, "name_local.script"},
		{"Korean title, old code", "KR", entry{NameLocal: "홍길동님", Phone: "010-2000-0000", Postcode: "123-456"}, "name_local.title postcode.old"},
		{"resident numbers", "KR", entry{NameLocal: "900101-1234567", Phone: "9001011234567", Postcode: "04524"}, "name_local.resident phone.resident"},
		{"Taiwanese", "TW", entry{NameLocal: "林志玲", Phone: "0912 345 678"}, ""},
		{"Latin in Taiwan", "TW", entry{NameLocal: "LIN", Phone: "0912345678"}, "name_local.script"},
		{"foreigner in Taiwan", "TW", entry{NameLocal: "Jan de Vries", Nationality: "NL", Phone: "0912345678"}, ""},
		{"fixed line", "TW", entry{NameLocal: "林志玲", Phone: "02 2345 6789"}, "phone.mobile"},
	} {
		who, warnings, err := rule(t, c.country).CheckPerson(c.entry, shipment.Party{})
		if got := keys(warnings, err); got != c.says {
			t.Errorf("%s: says %q, want %q", c.name, got, c.says)
		}
		if err != nil && who != (customs.Person{}) {
			t.Errorf("%s: refused and kept: %+v", c.name, who)
		}
	}
}

func TestPersonIsKeptInOneForm(t *testing.T) {
	t.Parallel()
	who, _, err := rule(t, "CN").CheckPerson(customs.PersonEntry{
		NameLocal: " 买买提　•  艾力 ", NameLatin: "ＭＡＩＭＡＩＴＩ  aili", Nationality: " cn", Phone: "（+86）138-0013-8000", Postcode: "310000",
	}, shipment.Party{})
	want := customs.Person{NameLocal: "买买提 · 艾力", NameLatin: "MAIMAITI aili", Nationality: "CN", Phone: "+8613800138000"}
	if err != nil || who != want {
		t.Errorf("got %+v, %v", who, err)
	}
}

func TestAgainstTheParcel(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ mine, parcel, parcelLatin, says string }{
		{"张伟", "张伟", "ZHANG WEI", ""},
		{"张 伟", "张伟", "", ""},
		{"张伟", "張偉", "", "?name_local.differs"},
		{"张伟", "李伟", "LI WEI", "?name_local.differs"},
		{"张伟", "Zhang Wei", "ZHANG WEI", ""}, // nothing to compare with
		{"买买提·艾力", "买买提．艾力", "", ""},
	} {
		e := customs.PersonEntry{NameLocal: c.mine, Nationality: "CN", Phone: "13800138000"}
		_, warnings, err := rule(t, "CN").CheckPerson(e, shipment.Party{Name: c.parcel, NameLatin: c.parcelLatin, Phone: "+86 138-0013-8000"})
		if got := keys(warnings, err); got != c.says {
			t.Errorf("%s on a parcel for %s: %q, want %q", c.mine, c.parcel, got, c.says)
		}
	}
	e := customs.PersonEntry{NameLocal: "홍길동", Phone: "010-2000-0000", Postcode: "04524"}
	_, warnings, err := rule(t, "KR").CheckPerson(e, shipment.Party{Name: "홍길동", Phone: "010-2000-0001", Postcode: "04525"})
	if got := keys(warnings, err); got != "?phone.differs ?postcode.differs" {
		t.Errorf("Korea: %q", got)
	}
}

func TestSameName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"ZHANG WEI", "Wei Zhang", true}, {"LI XIAO MING", "Xiaoming Li", true}, {"Li, Xiao-Ming", "XIAOMING LI", true},
		{"José Núñez", "NUNEZ JOSE", true}, {"Søren Ørsted", "SOREN ORSTED", true}, {"Zhang Wei", "Zhang Wen", false},
		{"홍길동", "홍 길동", true}, {"홍길동", "홍길순", false}, {"张伟", "張偉", false}, {"é", "é", true}, {"A B C", "C A B", true},
	} {
		if customs.SameName(c.a, c.b) != c.same || customs.SameName(c.b, c.a) != c.same {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.same)
		}
	}
}

func TestPhonesAndPostcodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ country, typed, want string }{
		{"CN", "138 0013 8000", "+8613800138000"}, {"HK", "5123 4567", "+85251234567"}, {"KR", "010-2000-0000", "+821020000000"},
		{"JP", "090-1234-5678", "+819012345678"}, {"TW", "０９１２ 345 678", "+886912345678"},
		{"TW", "+886 0912 345 678", "+886912345678"}, {"KR", "+82 010-2000-0000", "+821020000000"}, {"SG", "8123 4567", "+6581234567"},
		{"TH", "081 234 5678", "+66812345678"}, {"PH", "0905 123 4567", "+639051234567"}, {"MY", "012-345 6789", "+60123456789"},
		{"CN", "12800138000", ""}, {"CN", "1380013800", ""}, {"HK", "512345678", ""}, {"KR", "010-123-456", ""}, {"JP", "090-1234-567", ""},
		{"TW", "091234567", ""}, {"SG", "71234567", ""}, {"TH", "081234567", ""}, {"PH", "0917123456", ""}, {"MY", "012-345 678", ""},
		{"CN", "1380013800a", ""}, {"CN", strings.Repeat("1", 5000), ""},
	} {
		got, flaw := customs.ReadPhone(c.country, c.typed)
		if got != c.want || (flaw == "") != (c.want != "") {
			t.Errorf("phone %s %.20q: %q, %q", c.country, c.typed, got, flaw)
		}
	}
	for _, c := range []struct{ country, typed, want string }{
		{"CN", "310 000", "310000"}, {"KR", "04524", "04524"}, {"KR", "０４５２４", "04524"}, {"JP", "〒100-0001", "1000001"}, {"TW", "100", "100"},
		{"TW", "10617", "10617"}, {"TW", "106 409", "106409"}, {"SG", "018956", "018956"}, {"PH", "1000", "1000"},
		{"HK", "whatever", "/"}, {"KR", "123-456", "/old"}, {"KR", "1234", "/form"}, {"CN", "31000O", "/form"}, {"TW", "1061", "/form"}, {"MY", " ", "/empty"},
	} {
		got, flaw := customs.ReadPostcode(c.country, c.typed)
		if want, wrong, _ := strings.Cut(c.want, "/"); got != want || string(flaw) != wrong {
			t.Errorf("postcode %s %q: %q, %q", c.country, c.typed, got, flaw)
		}
	}
}

// FuzzPerson holds every check of the person's page to what must always be: what
// is kept reads as itself, no problem repeats what was typed, every key is known,
// and nothing that looks like a resident number gets through Korea's form.
func FuzzPerson(f *testing.F) {
	f.Add("CN", "张伟", "ZHANG WEI", "CN", "13800138000", "310000")
	f.Add("KR", "홍길동", "", "KR", "010-2000-0000", "04524")
	f.Add("TW", "林志玲", "", "", "0912345678", "106")
	f.Add("KR", "900101-1234567", "x", "y", "+82", "123-456")
	f.Add("CN", "买买提•艾力．", "O’Neil", "HK", "+8613800138000", "")
	known := customs.Keys()
	f.Fuzz(func(t *testing.T, country, local, latin, nationality, phone, code string) {
		r, ok := customs.RuleFor(country, today)
		if !ok {
			return
		}
		e := customs.PersonEntry{NameLocal: local, NameLatin: latin, Nationality: nationality, Phone: phone, Postcode: code}
		who, warnings, err := r.CheckPerson(e, shipment.Party{Name: latin, NameLatin: local, Phone: code, Postcode: phone})
		for _, k := range strings.Fields(keys(warnings, err)) {
			if !slices.Contains(known, "id."+strings.TrimPrefix(k, "?")) {
				t.Fatalf("key %s is not listed", k)
			}
		}
		if country == "KR" {
			for _, kept := range []string{who.NameLocal, who.NameLatin, who.Nationality, who.Postcode, fmt.Sprint(e.Echo(r)), fmt.Sprint(err)} {
				if customs.IsResidentNumber(kept) && !customs.IsResidentNumber(phone+code) {
					t.Fatalf("a resident number is kept: %q", kept)
				}
			}
		}
		if err != nil {
			return
		}
		again, _, err := r.CheckPerson(customs.PersonEntry{
			NameLocal: who.NameLocal, NameLatin: who.NameLatin, Nationality: who.Nationality, Phone: who.Phone, Postcode: who.Postcode,
		}, shipment.Party{})
		if err != nil || again != who {
			t.Fatalf("%+v reads as %+v (%v)", who, again, err)
		}
	})
}
