package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

func TestParcelPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	page := s.Visitor(t).Get("/track/" + string(parcel.Waybill)).Want(200)
	if got, want := page.Text("h1"), "Your parcel is waiting at customs in China until duty and tax are paid."; got != want {
		t.Errorf("h1 = %q, want %q", got, want)
	}
	if got := page.Text(".needed h3"); got != "Pay duty and tax" {
		t.Errorf("needed = %q", got)
	}
	if got := page.Header.Get("Cache-Control"); got != "private, max-age=0, must-revalidate" {
		t.Errorf("Cache-Control = %q", got)
	}
	if page.Find(".history li").Length() < 8 {
		t.Errorf("history has %d events", page.Find(".history li").Length())
	}
}

func TestTypedFormsLeadToOneAddress(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t).Still()
	wide := strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, w)
	for _, typed := range []string{strings.ToLower(w), w[:2] + " " + w[2:6] + " " + w[6:10] + " " + w[10:], w[:6] + "-" + w[6:], wide, " " + w} {
		for _, ending := range []string{"", ".json", ".txt"} {
			page := b.Get("/ko/track/" + url.PathEscape(typed) + ending).Want(303)
			if got, want := page.Header.Get("Location"), "/ko/track/"+w+ending; got != want {
				t.Errorf("%q leads to %q, want %q", typed+ending, got, want)
			}
		}
	}
}

func TestNumbersThatLeadNowhere(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	last := byte('0')
	if w[len(w)-1] == last {
		last = '1'
	}
	tests := []struct{ path, title string }{
		{"UNKNOWN-12345", "We do not know this number"},
		{w[:len(w)-1] + string(last), "There is a mistake in this number"},
		{"AB", "This is not a waybill number"},
		{"%00" + w, "This is not a waybill number"},
		{strings.Repeat("A", 101), "This is not a waybill number"},
		{"%2545C", "This is not a waybill number"},
		{"..%2F..%2Fetc%2Fpasswd%21", "This is not a waybill number"},
		{"%3Cscript%3Ealert(1)%3C%2Fscript%3E", "This is not a waybill number"},
		{"%FF%FE%FD%FC", "This is not a waybill number"},
	}
	for _, tc := range tests {
		page := s.Visitor(t).Get("/track/" + tc.path).Want(404)
		if got := page.Text("h1"); got != tc.title {
			t.Errorf("%s: h1 = %q, want %q", tc.path, got, tc.title)
		}
		if strings.Contains(page.Body, "<script>") || strings.Contains(page.Body, "\x00") {
			t.Errorf("%s: typed text is not escaped", tc.path)
		}
		if got := page.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control = %q", tc.path, got)
		}
		s.Visitor(t).Get("/track/" + tc.path + ".txt").Want(404)
		twin := s.Visitor(t).Get("/track/" + tc.path + ".json").Want(404)
		if !json.Valid([]byte(twin.Body)) {
			t.Errorf("%s.json is no JSON: %s", tc.path, twin.Body)
		}
	}
}

func TestNumbersWithSlashes(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	record := shipment.Record{Waybill: "AB/12.3_4-5", Piece: 1, Pieces: 1, Origin: place("US", "America/Chicago"), Destination: place("KR", "Asia/Seoul"),
		Consignee: shipment.Party{Phone: "+82 10 1234 5678"}}
	if _, err := s.Store.ReceiveShipments(t.Context(), []shipment.Record{record}); err != nil {
		t.Fatal(err)
	}
	b := s.Visitor(t)
	for _, path := range []string{"/track/AB%2F12.3_4-5", "/track/AB/12.3_4-5", "/zh-Hant/track/AB%2F12.3_4-5", "/track/AB%2F12.3_4-5.txt", "/track/AB/12.3_4-5.json"} {
		b.Get(path).Want(200)
	}
	page := b.Get("/track/AB%2F12.3_4-5").Form(".unlock form").Fill("phone_last4", "5678").Submit().Want(200)
	if page.Path != "/track/AB%2F12.3_4-5" || !strings.Contains(page.Body, "1234") {
		t.Errorf("unlocking leads to %s", page.Path)
	}
}

func place(country, zone string) shipment.Place { return shipment.Place{Country: country, Zone: zone} }

func TestJSONTwin(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.AwaitingDuty)[0]
	b := s.Visitor(t)
	b.Language = "zh-TW"
	page := b.Get("/track/" + string(parcel.Waybill) + ".json").Want(200)
	if got := page.Header.Get("Content-Type"); got != "application/json; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal([]byte(page.Body), &got); err != nil {
		t.Fatal(err)
	}
	keys := map[string][]string{
		"status": {"subtag", "tag", "text"}, "expected": {"basis", "from", "likely", "to"}, "pieces": {"n", "of"},
	}
	for name, want := range keys {
		var part map[string]any
		if err := json.Unmarshal(got[name], &part); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, sortedKeys(part)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	want := []string{"accepted_on", "checkpoints", "delivered_on", "destination", "expected", "last_mile", "needs", "origin", "pieces", "status", "waybill"}
	if diff := cmp.Diff(want, sortedKeys(got)); diff != "" {
		t.Errorf("keys (-want +got):\n%s", diff)
	}
	var events []map[string]any
	if err := json.Unmarshal(got["checkpoints"], &events); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"at", "country", "place", "subtag", "tag", "text"}, sortedKeys(events[0])); diff != "" {
		t.Errorf("checkpoint (-want +got):\n%s", diff)
	}
	if at, ok := events[0]["at"].(string); !ok || !strings.HasSuffix(at, "+08:00") {
		t.Errorf("at = %v, want the place's offset", events[0]["at"])
	}
	if !strings.Contains(string(got["status"]), "海關") {
		t.Errorf("status = %s, want Traditional Chinese", got["status"])
	}
}

func TestTextTwin(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.AwaitingDuty)[0].Waybill)
	text := s.Visitor(t).Get("/ko/track/" + w + ".txt").Want(200)
	if got := text.Header.Get("Content-Type"); got != "text/plain; charset=utf-8" {
		t.Errorf("Content-Type = %q", got)
	}
	if !strings.Contains(text.Body, "미국") || strings.Contains(text.Body, "<") || strings.Count(text.Body, "\n") < 15 {
		t.Errorf("text:\n%s", text.Body)
	}
}

func TestHeadSaysWhatGetWould(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t)
	for _, path := range []string{"/", "/track/" + w, "/track/" + w + ".json", "/track/UNKNOWN-1234", "/healthz", "/robots.txt"} {
		get, head := b.Get(path, "Accept-Encoding", "identity"), b.Send(http.MethodHead, path, nil, "Accept-Encoding", "identity")
		if head.Status != get.Status || head.Body != "" || head.Header.Get("Content-Length") != get.Header.Get("Content-Length") ||
			head.Header.Get("Etag") != get.Header.Get("Etag") {
			t.Errorf("%s: HEAD %d %q, GET %d %q", path, head.Status, head.Header, get.Status, get.Header)
		}
	}
}

func TestSecondClock(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.AwaitingDuty)[0].Waybill)
	b := s.Visitor(t)
	before := b.Get("/track/" + w)
	if got := before.Text(".history > .soft"); !strings.Contains(got, "Shanghai, at the destination") {
		t.Errorf("without a choice: %q", got)
	}
	page := before.Form("form.clock").Fill("zone", "Europe/London").Submit().Want(200)
	if page.Path != "/track/"+w || b.Cookie("__Host-tz") != "Europe/London" {
		t.Errorf("on %s with cookie %q", page.Path, b.Cookie("__Host-tz"))
	}
	if got := page.Text(".history > .soft"); !strings.Contains(got, "London, your second clock") {
		t.Errorf("chosen: %q", got)
	}
	if page.Header.Get("Etag") == before.Header.Get("Etag") {
		t.Error("both clocks share an ETag")
	}
	bare := s.Visitor(t).Get("/track/"+w, "Cookie", "tz=Asia/Tokyo")
	if got := bare.Text(".history > .soft"); !strings.Contains(got, "Tokyo") {
		t.Errorf("by the script's cookie: %q", got)
	}
	for _, bad := range []string{"Local", "../../etc/passwd", "Nowhere/City", strings.Repeat("A", 5000), "Asia//Tokyo"} {
		b.Get("/track/" + w)
		b.Post("/clock", url.Values{"zone": {bad}, "next": {"/"}}).Want(422)
		s.Visitor(t).Get("/track/"+w, "Cookie", "tz="+url.QueryEscape(bad[:min(len(bad), 90)])).Want(200)
	}
	cleared := page.Form("form.clock").Fill("zone", "").Submit()
	if b.Cookie("__Host-tz") != "" || cleared.Header.Get("Etag") != before.Header.Get("Etag") {
		t.Errorf("the choice is not taken back: %q", b.Cookie("__Host-tz"))
	}
}

func TestPageFollowsTheDay(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.AwaitingDuty)[0].Waybill)
	b := s.Visitor(t)
	left := b.Get("/track/" + w).Text(".needed .left")
	s.Clock.Move(24 * time.Hour)
	if next := b.Get("/track/" + w).Text(".needed .left"); next == left {
		t.Errorf("a day later still %q", next)
	}
}

func TestEndingsAndSlashes(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := string(s.Tell(t, demo.Moving)[0].Waybill)
	b := s.Visitor(t).Still()
	for path, want := range map[string]string{
		"/track/" + w + "/": "/track/" + w, "/track/" + w + "//": "/track/" + w, "/ko/track/" + strings.ToLower(w) + "/": "/ko/track/" + w,
		"/track/" + w + ".txt.json": "/track/" + w + ".TXT.json", "/track/" + w + ".json.txt": "/track/" + w + ".JSON.txt",
	} {
		if got := b.Get(path).Want(303).Header.Get("Location"); got != want {
			t.Errorf("%s leads to %s, want %s", path, got, want)
		}
	}
	b.Get("/track/" + w + "%2F").Want(404) // an escaped slash is the number's own
}
