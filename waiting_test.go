package main

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// waiting is a line that the portal prints of a parcel that waits for an identity.
var waiting = regexp.MustCompile(`(?m)^  http://\S+?(/(?:zh-Hans|zh-Hant|ko)/p/[A-Z2-7]{26})  to (CN|KR|TW), phone \d{4}; type \S+`)

// TestWaitingParcelsOfTheDemo are printed with links that open, and their consignees
// find the same in the outbox.
func TestWaitingParcelsOfTheDemo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, out := h.serve(t)
	met(t, out)
	found := waiting.FindAllStringSubmatch(out.String(), -1)
	if len(found) != 3 {
		t.Fatalf("%d parcels wait:\n%s", len(found), out)
	}
	for _, line := range found {
		if status := fetch(t, "http://"+h.addr+line[1]); status != http.StatusOK {
			t.Errorf("%s: status %d", line[2], status)
		}
	}
	for start := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		_, box := fetchText(t, "http://"+h.addr+"/dev/outbox")
		if strings.Contains(box, "请提交收件人身份信息") && strings.Contains(box, "請提交收件人身分資料") && strings.Contains(box, "신원 정보를 제출해 주세요") {
			return
		}
		if time.Since(start) > 20*time.Second {
			t.Fatalf("the consignees were not asked:\n%s", box)
		}
	}
}
