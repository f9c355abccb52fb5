package customs_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

const today = shipment.Date("2026-11-22")

func rows(t testing.TB, file string) [][]string {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, r := range rows(t, "numbers.csv")[1:] {
		doc, verdict, typed, want, why := customs.DocType(r[0]), r[1], r[2], r[3], customs.Flaw(r[4])
		n, warnings, flaw := customs.Read(doc, typed, today)
		seen++
		switch verdict {
		case "valid":
			if flaw != "" || n.Clear() != want || len(warnings) > 0 {
				t.Errorf("%s %q: got %q, %v, flaw %q; want %q", doc, typed, n.Clear(), warnings, flaw, want)
			}
		case "odd":
			if flaw != "" || n.Clear() != want || !cmp.Equal(warnings, []customs.Flaw{why}) {
				t.Errorf("%s %q: got %q, %v, flaw %q; want %q with %q", doc, typed, n.Clear(), warnings, flaw, want, why)
			}
		default:
			if flaw != why || n.Clear() != "" {
				t.Errorf("%s %q: got %q, flaw %q; want flaw %q", doc, typed, n.Clear(), flaw, why)
			}
		}
	}
	if seen < 150 {
		t.Errorf("only %d vectors", seen)
	}
}

func TestNumbersOfOfficialSpecimens(t *testing.T) {
	t.Parallel()
	for typed, doc := range map[string]customs.DocType{
		"11010519491231002X": customs.CNID, "911124198108030024": customs.CNPermanent, "932682198501010017": customs.CNPermanent,
		"CAN110081080310": customs.CNPermanent, "A123456789": customs.TWID, "A800000014": customs.TWResident, "AA00000009": customs.TWResident,
	} {
		if _, warnings, flaw := customs.Read(doc, typed, today); flaw != "" || len(warnings) > 0 {
			t.Errorf("%s %s: %v, flaw %q", doc, typed, warnings, flaw)
		}
	}
	if _, _, flaw := customs.Read(customs.CNID, "440524188001010014", today); flaw != customs.FlawDate {
		t.Errorf("somebody born in 1880: flaw %q", flaw)
	}
}

func TestNothingTypedAndNoSuchDocument(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "  ", "\u200b", "—"} {
		if _, _, flaw := customs.Read(customs.CNID, typed, today); flaw != customs.FlawEmpty {
			t.Errorf("%q: flaw %q", typed, flaw)
		}
	}
	for _, doc := range []customs.DocType{"", "cn_driver", customs.TWEZWay} {
		if n, _, flaw := customs.Read(doc, "A123456789", today); flaw == "" || n.Clear() != "" {
			t.Errorf("%q: %q, flaw %q", doc, n.Clear(), flaw)
		}
	}
}

func TestBirthTodayAndTomorrow(t *testing.T) {
	t.Parallel()
	const born = "320106202611220018"
	for day, want := range map[shipment.Date]customs.Flaw{"2026-11-21": customs.FlawFuture, "2026-11-22": customs.FlawCheck} {
		if _, _, flaw := customs.Read(customs.CNID, born, day); flaw != want {
			t.Errorf("on %s: flaw %q, want %q", day, flaw, want)
		}
	}
}

func TestResidentNumbersAreKnownByTheirShape(t *testing.T) {
	t.Parallel()
	for _, r := range rows(t, "kr_resident.csv") {
		if got, want := customs.IsResidentNumber(r[1]), r[0] == "refused"; got != want {
			t.Errorf("%q: %v, want %v", r[1], got, want)
		}
	}
	for text, want := range map[string]bool{
		"제 번호는 120505-1353201 입니다": true,
		"１２０５０５－１３５３２０１":           true,
		"120505–1353201":           true,
		"120505.1353201":           true,
		"1 2 0 5 0 5 1 3 5 3 2 01": true,
		"120505_1353201":           true,
		"P120505135320":            false,
		"P1205051353201":           true,  // so is one behind a letter
		"12050513532011":           false, // fourteen digits
		"990229-1234567":           false, // 1999 had no such day
		"000229-3234567":           true,
		"홍길동":                      false,
		"":                         false,
	} {
		if got := customs.IsResidentNumber(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if _, _, flaw := customs.Read(customs.KRCode, "120505-1353201", today); flaw != customs.FlawResidentNumber {
		t.Errorf("as a clearance code: flaw %q", flaw)
	}
}

func TestNumbersOfCompaniesAndAliens(t *testing.T) {
	t.Parallel()
	for file, read := range map[string]func(string) customs.Flaw{
		"kr_business.csv": customs.ReadKoreanBusiness,
		"tw_business.csv": customs.ReadTaiwanBusiness,
		"kr_alien.csv":    func(typed string) customs.Flaw { return customs.ReadAlienNumber(typed, today) },
	} {
		for _, r := range rows(t, file) {
			if flaw := read(r[1]); (flaw != "") != (r[0] == "refused") {
				t.Errorf("%s %q: flaw %q, want it %s", file, r[1], flaw, r[0])
			}
		}
	}
	for _, typed := range []string{"04595252", "10458570", "04595257", "10458575", "10458574"} {
		if flaw := customs.ReadTaiwanBusiness(typed); flaw != "" {
			t.Errorf("official test number %s: flaw %q", typed, flaw)
		}
	}
	if customs.ReadTaiwanBusiness("00000000") == "" || customs.ReadKoreanBusiness("0000000000") == "" {
		t.Error("zeros alone pass")
	}
}

func TestNumbersNeverShowThemselves(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		doc         customs.DocType
		typed, want string
	}{
		{customs.CNID, "11010519120720624X", "110***********624X"},
		{customs.KRCode, "P017161229366", "P0171********"},
		{customs.TWID, "A123456789", "A12345****"},
		{customs.Passport, "E12345678", "E******78"},
		{customs.CNHMPermit, "H89069371", "H******71"},
		{customs.CNTWPermit, "50763321", "5*****21"},
		{customs.Passport, "AB123", "*****"},
	} {
		n, _, flaw := customs.Read(tc.doc, tc.typed, today)
		if flaw != "" {
			t.Fatalf("%s: flaw %q", tc.typed, flaw)
		}
		encoded, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "number", n)
		for how, got := range map[string]string{
			"%v": fmt.Sprintf("%v", n), "%s": fmt.Sprint(n), "%+v": fmt.Sprintf("%+v", struct{ N customs.Number }{n}),
			"%#v": fmt.Sprintf("%#v", n), "json": string(encoded), "log": log.String(),
		} {
			if strings.Contains(got, n.Clear()) || !strings.Contains(got, tc.want) {
				t.Errorf("%s as %s is %q, want %q in it", tc.doc, how, got, tc.want)
			}
		}
	}
}

func TestMaskPhone(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{
		"+821020001234": "+82102000****", "+8613800138000": "+86138****8000", "+886912345678": "+8869****5678", "+12": "***", "": "",
	} {
		if got := customs.MaskPhone(phone); got != want {
			t.Errorf("%s: %s, want %s", phone, got, want)
		}
	}
}
