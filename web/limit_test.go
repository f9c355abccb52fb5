package web_test

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/config"
	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

func unknown(i int) string { return fmt.Sprintf("/track/NOBODY-%06d", i) }

func from(t *testing.T, s *webtest.Site, address string) *webtest.Browser {
	b := s.Visitor(t)
	b.Address = address
	return b
}

func TestGuessingEndsAfterThirty(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	known, b := "/track/"+string(parcel.Waybill), s.Visitor(t)
	for i := range 30 {
		b.Get(known).Want(200)
		b.Get(unknown(i)).Want(404)
		s.Clock.Move(time.Minute)
	}
	for _, path := range []string{unknown(31), known, known + ".json", known + ".txt", "/track?n=" + string(parcel.Waybill) + "&n=ABCD-12345", "/track/EC00000000000A"} {
		page := b.Get(path).Want(429)
		wait, err := strconv.Atoi(page.Header.Get("Retry-After"))
		if err != nil || wait != 30*60 {
			t.Errorf("%s: Retry-After %q, want half an hour", path, page.Header.Get("Retry-After"))
		}
	}
	if page := b.Get("/zh-Hans" + known).Want(429); !strings.Contains(page.Text("main"), "30 分钟") {
		t.Errorf("the page does not tell when to return: %q", page.Text("main"))
	}
	tag := s.Visitor(t)
	tag.Address = "203.0.113.1"
	old := tag.Get(known).Header.Get("Etag")
	b.Get(known, "If-None-Match", old).Want(429)
	b.Get("/").Want(200)
	b.Post("/track", url.Values{"numbers": {string(parcel.Waybill)}}).Want(429)
	s.Clock.Move(30*time.Minute - time.Second)
	b.Get(known).Want(429)
	s.Clock.Move(time.Second)
	b.Get(known).Want(200)
	b.Get(unknown(40)).Want(404)
	b.Get(known).Want(429)
}

func TestGuessingInParallel(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		counts = map[int]int{}
	)
	b := s.Visitor(t)
	for worker := range 16 {
		all.Go(func() {
			for i := range 10 {
				status := b.Get(unknown(worker*10 + i)).Status
				mu.Lock()
				counts[status]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if counts[404] != 30 || counts[429] != 130 {
		t.Errorf("answers %v, want 30 times 404 and 130 times 429", counts)
	}
	b.Get("/track/" + string(parcel.Waybill)).Want(429)
}

func TestGuessingFromManyAddresses(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for i := range 10 {
		b := from(t, s, fmt.Sprintf("198.51.100.%d", i))
		for j := range 30 {
			b.Get(unknown(i*30 + j)).Want(404)
		}
	}
	from(t, s, "198.51.100.200").Get(unknown(1)).Want(429)
	from(t, s, "198.51.101.200").Get(unknown(1)).Want(404)
}

func TestGuessingOverIPv6(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for i := range 30 {
		from(t, s, fmt.Sprintf("2001:db8:1:1::%x", i+1)).Get(unknown(i)).Want(404)
	}
	from(t, s, "2001:db8:1:1:ffff::1").Get(unknown(1)).Want(429)
	from(t, s, "2001:db8:1:2::1").Get(unknown(1)).Want(404)
	from(t, s, "::ffff:198.51.100.3").Get(unknown(1)).Want(404)
}

func TestListsCountEachUnknownNumber(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	known := s.Tell(t, demo.Moving)[0].Waybill
	query := "/track?n=" + string(known)
	for i := range 29 {
		query += fmt.Sprintf("&n=NOBODY-%06d", i)
	}
	b := s.Visitor(t)
	b.Get(query).Want(200)
	b.Get(unknown(100)).Want(404)
	b.Get("/track/" + string(known)).Want(429)
}

func TestGrantIsFreeOfTheLimit(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Moving)
	b, path := s.Visitor(t), "/track/"+string(parcels[0].Waybill)
	b.Post(path+"/unlock", url.Values{"postcode": {parcels[0].Postcode}}).Want(200)
	for i := range 30 {
		b.Get(unknown(i)).Want(404)
	}
	b.Get(path).Want(200)
	b.Get(path + ".json").Want(200)
	b.Get("/track/" + string(parcels[1].Waybill)).Want(429)
	b.Get(unknown(31)).Want(429)
}

func TestForwardedAddressesOfStrangersCountForNothing(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.TrustedProxies = nil }))
	b := s.Visitor(t)
	forge := func(i int) []string {
		ip := fmt.Sprintf("192.0.2.%d", i)
		return []string{"X-Forwarded-For", ip, "X-Real-Ip", ip, "Forwarded", "for=" + ip, "True-Client-Ip", ip, "Cf-Connecting-Ip", ip}
	}
	for i := range 30 {
		b.Get(unknown(i), forge(i)...).Want(404)
	}
	b.Get(unknown(31), forge(31)...).Want(429)
}

func TestForgedHopsBeforeOurProxy(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	for i := range 30 {
		from(t, s, fmt.Sprintf("192.0.2.%d, 198.51.100.77", i)).Get(unknown(i)).Want(404)
	}
	from(t, s, "192.0.2.99, 198.51.100.77").Get(unknown(31)).Want(429)
	from(t, s, "garbage, 198.51.100.77").Get(unknown(31)).Want(429)
	from(t, s, "198.51.100.77, 127.0.0.9").Get(unknown(31)).Want(429)
	from(t, s, "198.51.100.77:4711").Get(unknown(31)).Want(429)
}
