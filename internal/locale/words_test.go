package locale_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
)

func TestNumbersAndMeasures(t *testing.T) {
	en, hans, ko := locale.For(locale.English), locale.For(locale.SimplifiedChinese), locale.For(locale.Korean)
	for n, want := range map[int64]string{
		0: "0", 999: "999", 1000: "1,000", -1000: "-1,000", -999: "-999", 1234567: "1,234,567",
		-9223372036854775808: "-9,223,372,036,854,775,808",
	} {
		if got := en.Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
	for _, tc := range []struct{ got, want string }{
		{en.Weight("11.50", "lb"), "11.50 lb"},
		{hans.Weight("11.50", "lb"), "11.50 磅"},
		{ko.Weight("5.2", "kg"), "5.2kg"},
		{en.Weight("", "lb"), ""},
		{en.Weight("3", "oz"), "3 oz"},
		{hans.Length("30", "cm"), "30 厘米"},
		{en.Size("30", "20", "10", "cm"), "30 × 20 × 10 cm"},
		{en.Size("30", "20", "", "cm"), ""},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestCountriesAndZones(t *testing.T) {
	for _, lang := range append(locale.Languages(), locale.Pseudo) {
		l := locale.For(lang)
		for _, code := range strings.Fields("US CN HK KR JP TW SG TH PH MY GB DE AU VN MO") {
			if got := l.Country(code); got == code || got == "" {
				t.Errorf("%s: no name for %s", lang, code)
			}
		}
		for _, zone := range l.Zones() {
			if _, err := time.LoadLocation(zone.Name); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
			if !l.Has("zone." + zone.Name) {
				t.Errorf("%s: no words for zone %s", lang, zone.Name)
			}
		}
	}
	en := locale.For(locale.English)
	for _, tc := range []struct{ got, want string }{
		{en.Country("PH"), "Philippines"},
		{en.InCountry("PH"), "the Philippines"},
		{en.InCountry("KR"), "South Korea"},
		{en.Country("ZQ"), "ZQ"},
		{en.Zone("Asia/Ho_Chi_Minh"), "Ho Chi Minh City"},
		{en.Zone("America/Argentina/Buenos_Aires"), "Buenos Aires"},
		{en.Zone("UTC"), "UTC"},
		{locale.For(locale.Korean).Zone("America/New_York"), "뉴욕"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestStatusesSpeakPlainly(t *testing.T) {
	en, hans, ko := locale.For(locale.English), locale.For(locale.SimplifiedChinese), locale.For(locale.Korean)
	for _, tc := range []struct{ got, want string }{
		{en.Status("InTransit_006"), "Customs clearance started"},
		{en.Status("InTransit_099"), "On the way"},
		{en.Status(""), "Update from the carrier"},
		{en.Tag("Delivered"), "Delivered"},
		{en.Tag("Nothing"), "Update from the carrier"},
		{en.Customs("awaiting_duty"), "Duty and tax are still to be paid"},
		{en.Customs(""), ""},
		{en.StatusSentence("InTransit_001", "US", "PH"), "Your parcel is on its way to the Philippines."},
		{en.StatusSentence("InTransit_077", "US", "PH"), "Your parcel is on its way to the Philippines."},
		{en.StatusSentence("InTransit_003", "US", "PH"), "Your parcel has reached a sorting centre in the United States."},
		{en.StatusSentence("InTransit_006", "", "KR"), "Your parcel is with customs in South Korea."},
		{en.StatusSentence("", "US", "PH"), "The carrier has sent an update that we cannot translate yet."},
		{hans.StatusSentence("InTransit_006", "KR", "KR"), "您的包裹正在韩国清关。"},
		{ko.CustomsSentence("inspection", "KR"), "한국 세관에서 고객님의 소포를 검사하고 있습니다."},
		{ko.CustomsSentence("", "KR"), ""},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
}

func TestPseudoShowsWhatIsNotTranslated(t *testing.T) {
	l := locale.For(locale.Pseudo)
	got := l.T("track.numbers.too_many", "max", "40")
	if !strings.HasPrefix(got, "[Éñţéŕ") || !strings.HasSuffix(got, "~]") || !strings.Contains(got, " 40 ") {
		t.Errorf("pseudo text = %q, want accents, brackets and the value", got)
	}
	for _, key := range locale.Keys(locale.English) {
		text, names := locale.Source(locale.English, key)
		longer, kept := locale.Source(locale.Pseudo, key)
		if len(longer) < len(text)*13/10 {
			t.Errorf("%s: %q is hardly longer than %q", key, longer, text)
		}
		if strings.Join(names, " ") != strings.Join(kept, " ") {
			t.Errorf("%s: placeholders %q became %q", key, names, kept)
		}
	}
}
