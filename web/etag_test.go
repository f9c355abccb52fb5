package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

func TestOneTripPerLookup(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	b, path := s.Visitor(t), "/track/"+string(parcel.Waybill)
	trips := func(want int64, what string, ask func()) {
		t.Helper()
		ask() // the first time prepares the statement
		var got int64
		for range 20 { // what a transaction before it left is prepared beside it
			before := s.Wire.Trips()
			ask()
			if got = s.Wire.Trips() - before; got <= want {
				break
			}
		}
		if got != want {
			t.Errorf("%s: %d trips to PostgreSQL, want %d", what, got, want)
		}
	}
	tag := b.Get(path).Header.Get("Etag")
	trips(1, "a lookup", func() { b.Get(path).Want(200) })
	trips(1, "a lookup by HEAD", func() { b.Send(http.MethodHead, path, nil).Want(200) })
	trips(1, "its JSON", func() { b.Get(path + ".json").Want(200) })
	trips(1, "a copy that holds", func() { b.Get(path, "If-None-Match", tag).Want(304) })
	trips(2, "a copy that is old", func() { b.Get(path, "If-None-Match", `W/"00-Asia/Seoul"`).Want(200) })
	trips(1, "an unknown number", func() { b.Get("/track/UNKNOWN-1234").Want(404) })
	trips(1, "a list", func() { b.Get("/track?n=" + string(parcel.Waybill) + "&n=UNKNOWN-1234").Want(200) })
	trips(0, "a misfit", func() { b.Get("/track/EC00000000000A").Want(404) })
	trips(0, "home", func() { b.Get("/").Want(200) })
}

func TestTagNamesAllThatThePageDependsOn(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	path := "/track/" + string(parcel.Waybill)
	b := s.Visitor(t)
	seen := map[string]string{}
	look := func(what string, page *webtest.Page) string {
		t.Helper()
		tag := page.Want(200).Header.Get("Etag")
		if other, taken := seen[tag]; taken || len(tag) < 20 || tag[:3] != `W/"` {
			t.Errorf("%s has the tag %s of %q", what, tag, other)
		}
		seen[tag] = what
		return tag
	}
	first := look("English", b.Get(path))
	look("Korean", b.Get(path, "Accept-Language", "ko"))
	look("Korean by address", s.Visitor(t).Get("/ko"+path))
	look("another clock", b.Get(path, "Cookie", "tz=Europe/London"))
	look("JSON", b.Get(path+".json"))
	look("text", b.Get(path+".txt"))

	s.Clock.Move(time.Hour)
	b.Get(path, "If-None-Match", first).Want(304)
	b.Get(path, "If-None-Match", `"other", `+first).Want(304)
	b.Get(path, "If-None-Match", first[2:]).Want(304)
	head := b.Send(http.MethodHead, path, nil, "If-None-Match", first).Want(304)
	if head.Header.Get("Etag") != first || head.Header.Get("Cache-Control") == "" || head.Header.Get("Vary") == "" {
		t.Errorf("304 lacks headers: %v", head.Header)
	}
	b.Get(path, "If-None-Match", first, "Accept-Language", "ko").Want(200)

	s.Clock.Move(24 * time.Hour)
	look("the next day", b.Get(path, "If-None-Match", first))
	event := shipment.Checkpoint{Waybill: parcel.Waybill, EventID: "new", At: s.Clock.Now(), Country: "HK", Code: "ARR", Source: "ECMS"}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{event}); err != nil {
		t.Fatal(err)
	}
	look("a new event", b.Get(path))
}

func TestTagOfAnotherBuild(t *testing.T) {
	t.Parallel()
	tags := map[string]bool{}
	for _, build := range []string{"one", "two"} {
		s := webtest.Start(t, webtest.Built(build))
		w := string(s.Tell(t, demo.Moving)[0].Waybill)
		tags[s.Visitor(t).Get("/track/"+w).Header.Get("Etag")] = true
	}
	if len(tags) != 2 {
		t.Errorf("two builds share the tag %v", tags)
	}
}

func TestPagesAreNotShared(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	for _, path := range []string{"/", "/track/" + w, "/track/" + w + ".txt"} {
		h := s.Visitor(t).Get(path).Want(200).Header
		if h.Get("Vary") != "Accept-Encoding, Accept-Language, Cookie" || h.Get("Cache-Control") != "private, max-age=0, must-revalidate" {
			t.Errorf("%s: Vary %q, Cache-Control %q", path, h.Get("Vary"), h.Get("Cache-Control"))
		}
	}
}

// TestManyTags: a zone stands in each tag, and looking for one that is none reads
// files. So a header full of them must not be read to its end.
func TestManyTags(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	path := "/track/" + string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t)
	tag := b.Get(path).Want(200).Header.Get("Etag")
	for _, tc := range []struct {
		name, asked string
		want        int
	}{
		{"the last of eight", strings.Repeat("a-Zz,", 7) + tag, 304},
		{"the ninth", strings.Repeat("a-Zz,", 8) + tag, 200},
		{"the first of many", tag + strings.Repeat(",a-Zz", 5000), 304},
		{"any", "*", 200},
		{"empty ones", ",,,, ," + tag, 304},
		{"a cut one", tag[:len(tag)-3], 200},
		{"another zone's", strings.Replace(tag, "Asia/Hong_Kong", "Asia/Seoul", 1), 200},
		{"no zone", `W/"00-../../etc/passwd"`, 200},
	} {
		if got := b.Get(path, "If-None-Match", tc.asked).Status; got != tc.want {
			t.Errorf("%s: status %d, want %d", tc.name, got, tc.want)
		}
	}
}

// TestCopiesOfOthers: a copy holds only for who sees just the same page.
func TestCopiesOfOthers(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.AwaitingDuty, demo.Moving)
	path := "/track/" + string(parcels[0].Waybill)
	public := s.Visitor(t).Get(path).Want(200)
	tag := public.Header.Get("Etag")
	holder := s.Visitor(t)
	holder.Post(path+"/unlock", url.Values{"postcode": {parcels[0].Postcode}}).Want(200)
	other := s.Visitor(t)
	other.Post("/track/"+string(parcels[1].Waybill)+"/unlock", url.Values{"order_no": {parcels[1].OrderNo}}).Want(200)
	if page := holder.Get(path, "If-None-Match", tag).Want(200); !isUnlocked(page) || page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Etag") != "" {
		t.Error("the holder is shown the public copy, or may keep the private page")
	}
	other.Get(path, "If-None-Match", tag).Want(304) // another parcel's grant changes nothing here
	for what, headers := range map[string][]string{
		"language": {"Accept-Language", "ko"}, "language cookie": {"Cookie", "__Host-lang=zh-Hant"}, "clock": {"Cookie", "__Host-tz=Europe/London"},
	} {
		if got := s.Visitor(t).Get(path, append(headers, "If-None-Match", tag)...).Status; got != 200 {
			t.Errorf("a copy in another %s: status %d, want 200", what, got)
		}
	}
	for _, other := range []string{"/ko" + path, path + ".json", path + ".txt", "/track/" + string(parcels[1].Waybill)} {
		s.Visitor(t).Get(other, "If-None-Match", tag).Want(200)
	}
	s.Visitor(t).Get(path, "If-None-Match", tag, "Cookie", "__Host-tz=No/Where").Want(304) // no clock of that name
}
