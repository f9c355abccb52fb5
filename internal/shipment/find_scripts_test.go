package shipment_test

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

// TestFindAmongOtherScripts pastes messages as people get them: Chinese, Korean
// and Japanese leave no space between a number and the words around it.
func TestFindAmongOtherScripts(t *testing.T) {
	t.Parallel()
	const own, post, other = "EC7K3M9QTR2XW5", "EE022786941US", "9400111899223"
	for name, c := range map[string]struct {
		text    string
		found   []shipment.Waybill
		misfits []string
	}{
		"simplified Chinese, glued":    {"您的包裹" + own + "已发货", []shipment.Waybill{own}, nil},
		"traditional Chinese, glued":   {"運單號" + own + "，請查收", []shipment.Waybill{own}, nil},
		"Korean particle":              {"송장번호 " + own + "입니다", []shipment.Waybill{own}, nil},
		"Korean, two numbers":          {own + "와 " + post + "를 조회", []shipment.Waybill{own, post}, nil},
		"Japanese":                     {"番号は" + post + "です", []shipment.Waybill{post}, nil},
		"another carrier, glued":       {"快递单号" + other + "签收", []shipment.Waybill{other}, nil},
		"full-width, glued":            {"单号ＥＣ７Ｋ３Ｍ９ＱＴＲ２ＸＷ５，谢谢", []shipment.Waybill{own}, nil},
		"full-width, lower case":       {"单号ｅｃ７ｋ３ｍ９ｑｔｒ２ｘｗ５", []shipment.Waybill{own}, nil},
		"grouped between words":        {"包裹EC 7K3M 9QTR 2XW5到了", []shipment.Waybill{own}, nil},
		"grouped by full-width spaces": {"包裹EC　7K3M　9QTR　2XW5", []shipment.Waybill{own}, nil},
		"a misfit, glued":              {"包裹EC7K3M9QTR2XW6到了", nil, []string{"EC7K3M9QTR2XW6"}},
		"words part two halves":        {"EC7K3M9号QTR2XW5", nil, nil},
		"a phone number in Chinese":    {"请致电400-086-1756", nil, nil},
		"a date in Chinese":            {"2026年03月02日发货", nil, nil},
		"too few digits, glued":        {"型号ABCDEFG123号", nil, nil},
		"ideographic comma":            {own + "、" + other, []shipment.Waybill{own, other}, nil},
		"Cyrillic around":              {"посылка" + own + "где", []shipment.Waybill{own}, nil},
		"zero width inside":            {"see EC7K3M\u200b9QTR2XW5 now", []shipment.Waybill{own}, nil},
		"quotes and brackets":          {"「" + own + "」(" + post + ")", []shipment.Waybill{own, post}, nil},
		"a table row":                  {"1|" + own + "|\t" + other + "|上海", []shipment.Waybill{own, other}, nil},
		"a mail's quoted lines":        {"> " + own + "\r\n> " + post + "\r\n", []shipment.Waybill{own, post}, nil},
	} {
		found, misfits := shipment.FindWaybills(c.text)
		if d := cmp.Diff(c.found, found); d != "" {
			t.Errorf("%s: found in %q (-want +got):\n%s", name, c.text, d)
		}
		if d := cmp.Diff(c.misfits, misfits); d != "" {
			t.Errorf("%s: misfits in %q (-want +got):\n%s", name, c.text, d)
		}
	}
}

// TestFindByLength walks over the edges of 8-35 letters and digits with at
// least four digits, in a text with spaces.
func TestFindByLength(t *testing.T) {
	t.Parallel()
	for length := 1; length <= 40; length++ {
		for digits := 0; digits <= min(length, 6); digits++ {
			number := strings.Repeat("1", digits) + strings.Repeat("K", length-digits)
			found, misfits := shipment.FindWaybills("look for " + number + " please")
			want := length >= 8 && length <= 35 && digits >= 4
			if (len(found) == 1 && string(found[0]) == number) != want || len(found) > 1 || misfits != nil {
				t.Errorf("%d characters, %d digits: found %q, misfits %q, want found %v", length, digits, found, misfits, want)
			}
		}
	}
}

// TestOneWordIsTakenAsTyped holds what has no space to Parse alone.
func TestOneWordIsTakenAsTyped(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]shipment.Waybill{
		"abcd":           "ABCD",
		"LM-0001":        "LM-0001",
		"a.b/c_d":        "A.B/C_D",
		"  12-34-56\t\n": "12-34-56",
		"１２３４":           "1234",
		"ab−12":          "AB-12", // a minus sign
		"2026-03-02":     "2026-03-02",
	} {
		found, misfits := shipment.FindWaybills(typed)
		if !slices.Equal(found, []shipment.Waybill{want}) || misfits != nil {
			t.Errorf("%q: found %q, misfits %q, want %s", typed, found, misfits, want)
		}
	}
	for _, typed := range []string{"abc", "?", "运单", "1;2;3"} {
		if found, misfits := shipment.FindWaybills(typed); found != nil || misfits != nil {
			t.Errorf("%q: found %q, misfits %q", typed, found, misfits)
		}
	}
}

// TestFindManyAnyhow writes numbers as people do, in lists of every kind, and
// wants all of them back, each once and in order.
func TestFindManyAnyhow(t *testing.T) {
	t.Parallel()
	writings := map[string]func(shipment.Waybill) string{
		"plain":   func(w shipment.Waybill) string { return string(w) },
		"grouped": shipment.Waybill.Grouped,
		"dashed":  func(w shipment.Waybill) string { return strings.ReplaceAll(w.Grouped(), " ", "-") },
		"lower":   func(w shipment.Waybill) string { return strings.ToLower(w.Grouped()) },
		"misread": func(w shipment.Waybill) string {
			return "EC" + strings.NewReplacer("0", "O", "1", "l", "2", "z", "V", "u").Replace(string(w[2:]))
		},
	}
	for name, write := range writings {
		for _, between := range []string{"\n", ", ", "; ", "\t| ", " 和 ", "\r\n\r\n", "。"} {
			var want []shipment.Waybill
			var lines []string
			for range 50 {
				w := shipment.NewWaybill(rand.Reader)
				want, lines = append(want, w), append(lines, write(w))
			}
			text := strings.Join(append(lines, lines[:7]...), between)
			found, misfits := shipment.FindWaybills(text)
			if d := cmp.Diff(want, found); d != "" || misfits != nil {
				t.Errorf("%s, between them %q: misfits %q (-want +got):\n%s", name, between, misfits, d)
			}
		}
	}
}

// TestFindInALongText stays quick: words cost no more the more there are.
func TestFindInALongText(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&text, "E %d C ", i%10)
	}
	text.WriteString("EC7K3M9QTR2XW5")
	found, _ := shipment.FindWaybills(text.String())
	if !slices.Contains(found, "EC7K3M9QTR2XW5") {
		t.Errorf("the number at the end of %d bytes was not found", text.Len())
	}
}
