package shipment_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func TestFindWaybills(t *testing.T) {
	const own, other = "EC00000000001C", "EC100000000002"
	for name, c := range map[string]struct {
		text    string
		found   []shipment.Waybill
		misfits []string
	}{
		"nothing":                  {" \n ", nil, nil},
		"one, as typed":            {"ab-12", []shipment.Waybill{"AB-12"}, nil},
		"one, grouped":             {"EC 0000 0000 001C", []shipment.Waybill{own}, nil},
		"one with a typo":          {"EC00000000001D", nil, []string{"EC00000000001D"}},
		"one grouped with a typo":  {"EC 0000 0000 001D", nil, []string{"EC 0000 0000 001D"}},
		"lines":                    {own + "\n" + other, []shipment.Waybill{own, other}, nil},
		"commas without spaces":    {own + "," + other, []shipment.Waybill{own, other}, nil},
		"each once":                {other + " " + own + " " + other, []shipment.Waybill{other, own}, nil},
		"grouped in a sentence":    {"my parcel EC 0000 0000 001C is late", []shipment.Waybill{own}, nil},
		"two grouped on two lines": {"EC 0000 0000 001C\nEC 1000 0000 0002", []shipment.Waybill{own, other}, nil},
		"S10 in a sentence":        {"usps: EE 0227 8694 1 US, thanks", []shipment.Waybill{"EE022786941US"}, nil},
		"another carrier":          {"see 9400111899223 and 1Z999AA10123456784", []shipment.Waybill{"9400111899223", "1Z999AA10123456784"}, nil},
		"words":                    {"where is my parcel with ecclesiastical documents", nil, nil},
		"too few digits":           {"parcel ABCDEFG123 please", nil, nil},
		"too short":                {"order 1234567 please", nil, nil},
		"too long":                 {"code " + strings.Repeat("1", 36) + " please", nil, nil},
		"date, phone, mail":        {"on 2026-03-20260303 call 010-20000000 or a12345678@example.com", nil, nil},
		"address of our page":      {"look at https://example.com/track/" + own + " now", []shipment.Waybill{own}, nil},
		"a misfit among others":    {own + " EC00000000001D\n" + other, []shipment.Waybill{own, other}, []string{"EC00000000001D"}},
		"grouped misfit":           {"a EC 0000 0000 001D b", nil, []string{"EC 0000 0000 001D"}},
		"not joined over lines":    {"a EC 0000 0000\n001C", nil, nil},
		"other script around":      {"运单号：" + own + "，谢谢", []shipment.Waybill{own}, nil},
		"full-width in text":       {"番号 ＥＥ０２２７８６９４１ＵＳ です", []shipment.Waybill{"EE022786941US"}, nil},
	} {
		found, misfits := shipment.FindWaybills(c.text)
		if d := cmp.Diff(c.found, found); d != "" {
			t.Errorf("%s: found (-want +got):\n%s", name, d)
		}
		if d := cmp.Diff(c.misfits, misfits); d != "" {
			t.Errorf("%s: misfits (-want +got):\n%s", name, d)
		}
	}
}

func FuzzFindWaybills(f *testing.F) {
	f.Add("my parcel EC 0000 0000 001C is late, EE022786941US")
	f.Fuzz(func(t *testing.T, text string) {
		found, _ := shipment.FindWaybills(text)
		for _, w := range found {
			if again, err := shipment.Parse(string(w)); err != nil || again != w {
				t.Errorf("found %q in %q, which reads as %q, %v", w, text, again, err)
			}
		}
	})
}
