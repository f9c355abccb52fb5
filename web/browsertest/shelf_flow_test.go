//go:build browser

package browsertest_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestShelfFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		p, other := parcel(t, "moving", moving), parcel(t, "delivered", delivered)
		_, token := member(t)
		b.enter(token)
		b.turn("/account")
		b.press(`main a[href$="/account/parcels/add"]`)
		b.fill("number", p.Waybill.Grouped())
		b.submit("/account/parcels/add")
		b.refused("phone_last4", "")
		b.fill("order_no", "no such order")
		b.submit("/account/parcels/add")
		b.refused("order_no", "no such order")
		b.fill("order_no", p.OrderNo)
		b.submit("/account/parcels/add")
		here := "/account/parcels/" + string(p.Waybill)
		b.at(here)
		b.told()
		b.sees(p.Consignee.Name)

		b.fill("nickname", "할머니 선물")
		b.press("form:has(#nickname) button")
		b.at(here)
		b.told()
		b.turn("/account/parcels/add")
		b.fill("number", string(other.Waybill))
		b.fill("phone_last4", other.lastFour())
		b.submit("/account/parcels/add")
		b.at("/account/parcels/" + string(other.Waybill))
		b.turn("/account")
		b.sees("할머니 선물")
		b.sees(other.Waybill.Grouped())

		b.turn("/account/parcels")
		b.fill("q", "선물")
		b.press("form.filter button")
		b.sound()
		b.sees(p.Waybill.Grouped())
		b.seesNot(other.Waybill.Grouped())
		b.press("form.filter a")
		b.at("/account/parcels")
		b.do(chromedp.Click(chromedp.CSS("form.filter summary")))
		b.do(chromedp.SetValue(chromedp.CSS("#state"), "delivered"))
		b.press("form.filter button")
		b.sound()
		b.sees(other.Waybill.Grouped())
		b.seesNot(p.Waybill.Grouped())

		b.turn(here)
		b.press("form:has([name=archived]) button")
		b.told()
		b.turn("/account/parcels")
		b.seesNot("할머니 선물")
		b.press(`main a[href*="archived=yes"]`)
		b.sees("할머니 선물")
		b.press(`.parcels a`)
		b.at(here)
		b.do(chromedp.Click(chromedp.CSS(".keeping summary")))
		b.press("form:has([name=remove]) button")
		b.at("/account/parcels")
		b.told()
		b.visit(site.url+"/"+b.language+here, 404)
		b.drain() // the 404 is meant
		csv := string(fetch(t, "/"+b.language+"/account/parcels.csv", 200, "Cookie", "__Host-session="+token))
		if strings.Contains(csv, string(p.Waybill)) || !strings.Contains(csv, string(other.Waybill)) {
			t.Errorf("the CSV does not list just what is left: %q", csv)
		}
	})
}
