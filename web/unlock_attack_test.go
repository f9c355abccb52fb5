package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

// grantOf unlocks a parcel in a new browser and gives its token.
func grantOf(t *testing.T, s *webtest.Site, parcel demo.Sample) (*webtest.Browser, string) {
	t.Helper()
	b := s.Visitor(t)
	b.Post("/track/"+string(parcel.Waybill)+"/unlock", url.Values{"phone_last4": {parcel.PhoneLast4}}).Want(200)
	return b, b.Cookie("__Host-grant")
}

func TestParallelTriesCountOneByOne(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	path := "/track/" + string(parcel.Waybill) + "/unlock"
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		counts = map[int]int{}
	)
	for i := range 24 {
		all.Go(func() {
			b := from(t, s, fmt.Sprintf("198.51.100.%d", i)) // one /24
			status := b.Post(path, url.Values{"phone_last4": {fmt.Sprintf("%04d", i)}}).Status
			for range 5 { // the database may be busy; that is no try
				if status != 503 {
					break
				}
				status = b.Post(path, url.Values{"phone_last4": {fmt.Sprintf("%04d", i)}}).Status
			}
			mu.Lock()
			counts[status]++
			mu.Unlock()
		})
	}
	all.Wait()
	if counts[422] != 5 || counts[429] != 19 {
		t.Errorf("24 wrong facts at once: answers %v, want 5 times 422 and 19 times 429", counts)
	}
}

func TestParcelIsLockedForAllButHolders(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Moving)
	path := "/track/" + string(parcels[0].Waybill)
	holder, _ := grantOf(t, s, parcels[0])
	stranger, _ := grantOf(t, s, parcels[1])
	right := url.Values{"phone_last4": {parcels[0].PhoneLast4}}
	for network := range 4 {
		b := from(t, s, fmt.Sprintf("192.0.%d.1", network))
		for range 5 {
			b.Post(path+"/unlock", url.Values{"order_no": {"wrong"}}).Want(422)
		}
	}
	fresh := from(t, s, "203.0.113.5")
	if wait := fresh.Post(path+"/unlock", right).Want(429).Header.Get("Retry-After"); wait != "3600" {
		t.Errorf("the parcel's lock: Retry-After %q, want an hour", wait)
	}
	stranger.Post(path+"/unlock", right).Want(429) // the grant of another parcel opens no lock
	if !isUnlocked(holder.Get(path).Want(200)) {
		t.Error("the holder is locked out")
	}
	holder.Post(path+"/unlock", url.Values{"order_no": {"wrong"}}).Want(422)
	holder.Post(path+"/unlock", right).Want(200)
	fresh.Get(path).Want(200) // the public page stays open
	s.Clock.Move(time.Hour)
	fresh.Post(path+"/unlock", right).Want(200)
}

func TestTokensThatOpenNothing(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Moving)
	path := "/track/" + string(parcels[0].Waybill)
	_, own := grantOf(t, s, parcels[0])
	_, others := grantOf(t, s, parcels[1])
	if len(own) < 43 || own == others {
		t.Errorf("tokens %q and %q: not 256 random bits", own, others)
	}
	swapped := []byte(own)
	swapped[0] ^= 1
	for name, token := range map[string]string{
		"another parcel's": others, "cut": own[:len(own)-1], "longer": own + "A", "one bit off": string(swapped), "empty": "", "the waybill": string(parcels[0].Waybill),
		"SQL": "' or '1'='1", "padded": own + "=", "in upper case": strings.ToUpper(own), "two at once": own + "," + others, "huge": strings.Repeat("A", 8000), "bytes": "%00%ff",
	} {
		page := s.Visitor(t).Get(path, "Cookie", "__Host-grant="+token).Want(200)
		if isUnlocked(page) || strings.Contains(page.Body, parcels[0].OrderNo) {
			t.Errorf("a token that is %s opens the parcel", name)
		}
	}
	for _, cookie := range []string{"grant=" + own, "__Host-Grant=" + own, "__Secure-grant=" + own, "__Host-grant=wrong; __Host-grant=" + own} {
		if isUnlocked(s.Visitor(t).Get(path, "Cookie", cookie).Want(200)) {
			t.Errorf("the cookie %.20q opens the parcel", cookie)
		}
	}
	for _, headers := range [][]string{{"Authorization", "Bearer " + own}, {"X-Grant", own}} {
		if isUnlocked(s.Visitor(t).Get(path+"?grant="+own+"&token="+own, headers...).Want(200)) {
			t.Errorf("the token works outside its cookie, in %q", headers[0])
		}
	}
	if !isUnlocked(s.Visitor(t).Get(path, "Cookie", "__Host-grant="+own).Want(200)) {
		t.Error("the token itself does not open the parcel")
	}
}

// TestFixedTokens: who plants a token in another's browser gains nothing.
func TestFixedTokens(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Moving)
	_, attackers := grantOf(t, s, parcels[1])
	for _, planted := range []string{"planted-by-the-attacker", attackers} {
		victim := s.Visitor(t)
		page := victim.Still().Post("/track/"+string(parcels[0].Waybill)+"/unlock", url.Values{"postcode": {parcels[0].Postcode}}, "Cookie", "__Host-grant="+planted).Want(303)
		if given := victim.Cookie("__Host-grant"); given == planted || given == "" || !strings.Contains(strings.Join(page.Header.Values("Set-Cookie"), " "), given) {
			t.Errorf("the planted token %q is kept: %q", planted, given)
		}
		if isUnlocked(s.Visitor(t).Get("/track/"+string(parcels[0].Waybill), "Cookie", "__Host-grant="+planted).Want(200)) {
			t.Errorf("the planted token %q opens what the victim unlocked", planted)
		}
	}
}

// TestOneTokenUsedTwiceAtOnce: of two turns of one token both may win, but the
// old one is dead afterwards and no row stands in the way.
func TestOneTokenUsedTwiceAtOnce(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	path := "/track/" + string(parcel.Waybill)
	_, token := grantOf(t, s, parcel)
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			b := s.Visitor(t)
			b.Still().Post(path+"/unlock", url.Values{"postcode": {parcel.Postcode}}, "Cookie", "__Host-grant="+token).Want(303)
			if !isUnlocked(b.Get(path).Want(200)) {
				t.Error("a token that was just given opens nothing")
			}
		})
	}
	all.Wait()
	if isUnlocked(s.Visitor(t).Get(path, "Cookie", "__Host-grant="+token).Want(200)) {
		t.Error("the old token still opens the parcel")
	}
}
