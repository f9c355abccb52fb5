package pages_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

func TestProgressFollowsWhatWasSeen(t *testing.T) {
	accepted := event("InTransit_002", "", "US")
	for _, tt := range []struct {
		name   string
		status shipment.Subtag
		events []shipment.PublicCheckpoint
		stage  int
		done   bool
	}{
		{"announced", "InfoReceived_001", []shipment.PublicCheckpoint{event("InfoReceived_001", "", "US")}, -1, false},
		{"accepted", "InTransit_002", []shipment.PublicCheckpoint{accepted}, 0, true},
		{"a departure scan is not abroad yet", "InTransit_007", []shipment.PublicCheckpoint{event("InTransit_007", "", "US"), accepted}, 1, false},
		{"seen in a third country", "InTransit_003", []shipment.PublicCheckpoint{event("InTransit_003", "", "KR"), accepted}, 1, true},
		{"landed", "InTransit_004", []shipment.PublicCheckpoint{event("InTransit_004", "", "CN"), accepted}, 2, true},
		{"in customs", "InTransit_006", []shipment.PublicCheckpoint{event("InTransit_006", "", "CN"), accepted}, 3, false},
		{"held", "Exception_018", []shipment.PublicCheckpoint{event("Exception_018", shipment.AwaitingID, "CN"), accepted}, 3, false},
		{"released", "InTransit_005", []shipment.PublicCheckpoint{event("InTransit_005", shipment.Released, "CN"), accepted}, 3, true},
		{"at the hub after customs", "InTransit_003", []shipment.PublicCheckpoint{event("InTransit_003", "", "CN"), event("InTransit_005", "", "CN")}, 3, true},
		{"out for delivery", "OutForDelivery_001", []shipment.PublicCheckpoint{event("OutForDelivery_001", "", "CN"), accepted}, 4, false},
		{"delivered", "Delivered_001", []shipment.PublicCheckpoint{event("Delivered_001", "", "CN")}, 5, true},
	} {
		p := parcel(tt.status, tt.events...)
		if stage, done := pages.Way(&p.Parcel); stage != tt.stage || done != tt.done {
			t.Errorf("%s: got stage %d, done %v; want %d, %v", tt.name, stage, done, tt.stage, tt.done)
		}
	}
}

func TestPhonesAreMaskedAsEachCountryKnowsIt(t *testing.T) {
	for _, tt := range []struct{ phone, country, want string }{
		{"+86 138 0013 8000", "CN", "+86 138 **** 8000"},
		{"13800138000", "CN", "138****8000"},
		{"010-1234-5678", "KR", "010-1234-****"},
		{"+82 10 1234 5678", "KR", "+82 10 1234 ****"},
		{"0912-345-678", "TW", "09**-**5-678"},
		{"2345678", "HK", "****678"},
		{"12345", "CN", "*****"},
		{"", "CN", ""},
	} {
		if got := pages.MaskPhone(tt.phone, tt.country); got != tt.want {
			t.Errorf("%s %s: got %s, want %s", tt.country, tt.phone, got, tt.want)
		}
	}
	for _, tt := range []struct{ email, want string }{
		{"xiaoming@example.com", "x***@example.com"}, {"한글@example.kr", "한***@example.kr"}, {"nothing", ""}, {"@x", ""},
	} {
		if got := pages.MaskEmail(tt.email); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.email, got, tt.want)
		}
	}
}

func TestEveryBadEndIsStamped(t *testing.T) {
	for subtag, want := range map[shipment.Subtag]string{
		"Exception_010": "Going back", "Exception_011": "Returned", "Exception_013": "Lost",
		"Exception_020": "Cancelled", "Exception_021": "Disposed of",
	} {
		html := track(t, parcel(subtag, event(subtag, "", "CN")))
		wants(t, html, `<p class="stamp stop">`+want+`</p>`, `<li class="stop">`+want)
	}
	refused := track(t, parcel("Exception_009", event("Exception_009", shipment.Refused, "CN")))
	wants(t, refused, `<p class="stamp stop">Refused by customs</p>`)
	wants(t, track(t, parcel("Delivered_001", event("Delivered_001", "", "CN"))), `<p class="stamp done">Delivered</p>`)
}

func TestListPutsWhatIsNeededFirst(t *testing.T) {
	moving, held := parcel("InTransit_003", event("InTransit_003", "", "CN")), parcel("Exception_018", event("Exception_018", shipment.AwaitingID, "CN"))
	held.Parcel.Waybill = "RB/123456785"
	html := golden.Render(t, pages.TrackList(pages.ListPage{Rows: []pages.ListRow{
		{Parcel: moving.Parcel, Needs: moving.Needs}, {Parcel: held.Parcel, Needs: held.Needs},
	}}), locale.Korean)
	first, second := strings.Index(html, "/ko/track/RB%2F123456785"), strings.Index(html, "/ko/track/EC7K3M9QTR2XW5\"")
	if first < 0 || second < 0 || first > second {
		t.Errorf("held parcel at %d, moving one at %d: want the held one first", first, second)
	}
}

func TestFailuresSpeakForEveryStatus(t *testing.T) {
	l := locale.For(locale.English)
	for status, title := range map[int]string{
		403: "failure.403.title", 404: "failure.404.title", 410: "failure.404.title", 500: "failure.500.title", 502: "failure.500.title",
	} {
		wants(t, golden.Render(t, pages.Failure(pages.FailurePage{Status: status}), locale.English), l.T(title))
	}
	html := golden.Render(t, pages.Failure(pages.FailurePage{Status: 429, RequestID: "abc", RetryAfter: 90 * time.Second}), locale.English)
	wants(t, html, "Try again in 2 minutes.", "abc", "<title>Error: ")
}

func TestWhatWasTypedIsGivenBack(t *testing.T) {
	typed := `EC7K <b>"3M9Q"`
	html := golden.Render(t, pages.Home(pages.HomePage{Numbers: typed}), locale.English)
	wants(t, html, "EC7K &lt;b&gt;&#34;3M9Q&#34;</textarea>")
	p := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	p.Unlock = pages.UnlockForm{PhoneLast4: "12", OrderNo: "A-1"}
	wants(t, track(t, p), `value="12"`, `value="A-1"`, `action="/en/track/EC7K3M9QTR2XW5/unlock"`)
	p.LockedFor = 2 * time.Hour
	locked := track(t, p)
	wants(t, locked, "Try again in 2 hours.")
	if strings.Contains(locked, "/unlock") {
		t.Error("the form still stands while unlocking is shut")
	}
}
