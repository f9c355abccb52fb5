//go:build browser

package browsertest_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ecms/portal/internal/shipment"
)

// bothWays runs a flow with scripts on and once more with scripts off.
func bothWays(t *testing.T, flow func(t *testing.T, b *tab)) {
	t.Helper()
	for name, off := range map[string]bool{"script on": false, "script off": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := openTab(t, look{width: 360, noScript: off, address: address()})
			flow(t, b)
			report(t, look{}, b.complaints(422)) // a refused form is the page's own status
		})
	}
}

func TestLookupFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		p := parcel(t, "moving", moving)
		b.visit(site.url+"/en/", 200)
		b.write("#numbers", " "+strings.ToLower(p.Waybill.Grouped())+" ")
		b.press("form.numbers button[type=submit]")
		if got, want := b.location(), "/track/"+string(p.Waybill); !strings.HasSuffix(got, want) {
			t.Errorf("a number typed in lower case with spaces leads to %s, want %s", got, want)
		}
		b.sees(p.Waybill.Grouped())
		b.seesNot(p.OrderNo)
	})
}

func TestManyNumbersFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		first, second := parcel(t, "moving", moving), parcel(t, "delivered", delivered)
		b.visit(site.url+"/en/", 200)
		b.write("#numbers", "1) "+string(first.Waybill)+"\n2) "+string(second.Waybill)+"\n"+misfitNumber)
		b.press("form.numbers button[type=submit]")
		b.sees(first.Waybill.Grouped())
		b.sees(second.Waybill.Grouped())
		b.press("a[href$='/track/" + string(second.Waybill) + "']")
		if got := b.location(); !strings.HasSuffix(got, "/track/"+string(second.Waybill)) {
			t.Errorf("the second row leads to %s", got)
		}
	})
}

func TestMistypedNumberFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		b.visit(site.url+"/en/track/"+misfitNumber, 404)
		misfit := b.text("h1")
		b.visit(site.url+"/en/track/"+unknownNumber, 404)
		if unknown := b.text("h1"); misfit == "" || misfit == unknown {
			t.Errorf("a wrong check character is told as %q, an unknown number as %q: want two answers", misfit, unknown)
		}
		b.drain() // the two 404 are meant
	})
}

func TestUnlockFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		p := parcel(t, "in customs", inCustoms)
		address := site.url + "/en/track/" + string(p.Waybill)
		b.visit(address, 200)
		b.seesNot(p.OrderNo)
		wrong := "0000"
		if p.lastFour() == wrong {
			wrong = "1111"
		}
		sendFact("phone_last4", wrong)(b)
		if kept := ask[string](b, `document.querySelector("#phone_last4").value`); kept != wrong {
			t.Errorf("after a wrong fact the field holds %q, want what was typed: %q", kept, wrong)
		}
		b.do(chromedp.Click(chromedp.CSS(".errors a")))
		if id := ask[string](b, "document.activeElement.id"); id != "phone_last4" {
			t.Errorf("the error summary leads to %q, want the field", id)
		}
		b.do(chromedp.Clear(chromedp.CSS("#phone_last4")))
		sendFact("phone_last4", p.lastFour())(b)
		b.sees(p.OrderNo)
		b.sees(p.Consignee.Name)
		b.visit(address, 200)
		b.sees(p.OrderNo)
		stranger := openTab(t, look{width: 360, address: b.from})
		stranger.visit(address, 200)
		stranger.seesNot(p.OrderNo)
		stranger.seesNot(p.Consignee.Name)
	})
}

func TestLastMileNumberFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		p := parcel(t, "handed over to a local carrier", func(s seen) bool { return s.LastMileNumber != "" && s.OrderNo != "" })
		w, err := shipment.Parse(p.LastMileNumber)
		if err != nil {
			t.Fatal(err)
		}
		b.visit(site.url+"/en/track/"+string(w), 404)
		b.seesNot(p.Waybill.Grouped())
		sendFact("order_no", p.OrderNo)(b)
		if got := b.location(); !strings.HasSuffix(got, "/track/"+string(p.Waybill)) {
			t.Errorf("a local number with its second fact leads to %s, want the parcel", got)
		}
		b.sees(p.OrderNo)
		b.drain() // the 404 is meant
	})
}

func TestLanguageFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		p := parcel(t, "moving", moving)
		b.visit(site.url+"/en/track/"+string(p.Waybill), 200)
		english := b.text("h1")
		b.press("footer a[hreflang=ko]")
		if got := ask[string](b, "document.documentElement.lang"); got != "ko" {
			t.Errorf("the page is in %q, want ko", got)
		}
		if korean := b.text("main"); strings.Contains(korean, english) {
			t.Errorf("the Korean page still says %q", english)
		}
		if got := b.location(); !strings.Contains(got, string(p.Waybill)) {
			t.Errorf("another language leads to %s, want the same parcel", got)
		}
	})
}

func TestSecondClockFlow(t *testing.T) {
	bothWays(t, func(t *testing.T, b *tab) {
		p := parcel(t, "moving", moving)
		b.visit(site.url+"/en/track/"+string(p.Waybill), 200)
		before := b.text("main")
		b.do(chromedp.SetValue(chromedp.CSS("#zone"), "Pacific/Auckland"))
		b.press("form.clock button")
		if got := b.location(); !strings.HasSuffix(got, "/track/"+string(p.Waybill)) {
			t.Errorf("choosing a clock leads to %s, want the same page", got)
		}
		if b.text("main") == before {
			t.Error("the chosen clock changes nothing on the page")
		}
	})
}

// sees and seesNot look for words in what the page shows, spaces aside.
func (b *tab) sees(words string) {
	b.t.Helper()
	if !strings.Contains(squeeze(b.text("body")), squeeze(words)) {
		b.fail("%s does not show %q", b.location(), words)
	}
}

func (b *tab) seesNot(words string) {
	b.t.Helper()
	if words == "" {
		b.fail("no words to look for")
	}
	if strings.Contains(squeeze(ask[string](b, "document.documentElement.outerHTML")), squeeze(words)) {
		b.fail("%s gives away %q", b.location(), words)
	}
}

func quote(s string) string { return "`" + s + "`" }

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
