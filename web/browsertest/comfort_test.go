//go:build browser

package browsertest_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The script adds three comforts; these tests see that each of them comforts,
// and the flows see that nothing is missing without it.

func TestCopyButton(t *testing.T) {
	t.Parallel()
	b := openTab(t, look{width: 360, address: address()})
	for _, may := range []string{"clipboard-read", "clipboard-write"} {
		call(b, browser.SetPermission, browser.SetPermissionParams{
			Permission: &browser.PermissionDescriptor{Name: may}, Setting: browser.PermissionSettingGranted, Origin: site.url,
			BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID,
		})
	}
	p := parcel(t, "moving", moving)
	b.visit(site.url+"/en/track/"+string(p.Waybill), 200)
	before := b.text("button[data-copy]")
	b.do(chromedp.Click(chromedp.CSS("button[data-copy]")))
	b.do(chromedp.Poll[chromedp.Void](`document.querySelector("button[data-copy]").innerText !== ` + quote(before)))
	if got := ask[string](b, "navigator.clipboard.readText()"); strings.ReplaceAll(got, " ", "") != string(p.Waybill) {
		t.Errorf("the button copied %q, want %s", got, p.Waybill)
	}
	report(t, look{}, b.complaints(200))
}

func TestOwnClockWithoutChoosing(t *testing.T) {
	t.Parallel()
	b := openTab(t, look{width: 360, address: address()})
	call(b, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Pacific/Auckland"})
	p := parcel(t, "moving", moving)
	b.visit(site.url+"/en/", 200) // the script tells the zone, for the next page
	b.visit(site.url+"/en/track/"+string(p.Waybill), 200)
	if got := ask[string](b, `document.querySelector("#zone").value`); got != "Pacific/Auckland" {
		t.Errorf("the second clock is %q, want the reader's own", got)
	}
	report(t, look{}, b.complaints(200))
}

func TestBoxGrows(t *testing.T) {
	t.Parallel()
	b := openTab(t, look{width: 360, address: address()})
	b.visit(site.url+"/en/", 200)
	before := ask[int](b, `document.querySelector("#numbers").rows`)
	b.write("#numbers", strings.Repeat(unknownNumber+"\n", 5))
	if after := ask[int](b, `document.querySelector("#numbers").rows`); after <= before {
		t.Errorf("the box has %d rows after six lines, %d before: want it to grow", after, before)
	}
	report(t, look{}, b.complaints(200))
}
