package pages_test

import (
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

func later(c shipment.PublicCheckpoint, by time.Duration) shipment.PublicCheckpoint {
	c.At = c.At.Add(by)
	return c
}

// The country is that of the event which told the status: a later event that
// means nothing to us has not moved the parcel.
func TestSentenceNamesTheCountryOfItsEvent(t *testing.T) {
	t.Parallel()
	left := event("InTransit_007", "", "US")
	for _, tt := range []struct {
		name   string
		status shipment.Subtag
		events []shipment.PublicCheckpoint
		want   string
	}{
		{"the latest event", "InTransit_007", []shipment.PublicCheckpoint{left}, "left a sorting centre in the United States."},
		{"an unknown code abroad", "InTransit_007", []shipment.PublicCheckpoint{later(event("", "", "JP"), time.Hour), left}, "left a sorting centre in the United States."},
		{"the newer of two alike", "InTransit_003", []shipment.PublicCheckpoint{later(event("InTransit_003", "", "KR"), time.Hour), event("InTransit_003", "", "US")}, "a sorting centre in South Korea."},
		{"no country known", "InTransit_007", []shipment.PublicCheckpoint{event("InTransit_007", "", "")}, "on its way to China."},
		{"reached nowhere we know", "InTransit_003", []shipment.PublicCheckpoint{event("InTransit_003", "", "")}, "on its way to China."},
		{"customs without a country", "InTransit_006", []shipment.PublicCheckpoint{event("InTransit_006", "", "")}, "with customs in China."},
		{"no event at all", "InfoReceived_001", nil, "we do not have it yet."},
		{"silent", "Expired_001", []shipment.PublicCheckpoint{left}, "no news of your parcel for 30 days."},
		{"only an unknown code", "InfoReceived_001", []shipment.PublicCheckpoint{event("", "", "US")}, "we do not have it yet."},
	} {
		p := parcel(tt.status, tt.events...)
		if got := pages.Sentence(locale.For(locale.English), &p.Parcel); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%s: got %q, want ... %q", tt.name, got, tt.want)
		}
	}
}

func TestCustomsSpeaksForItsOwnCountry(t *testing.T) {
	t.Parallel()
	l := locale.For(locale.English)
	for _, tt := range []struct {
		name   string
		events []shipment.PublicCheckpoint
		fed    shipment.CustomsState
		want   string
	}{
		{"export", []shipment.PublicCheckpoint{event("Exception_004", shipment.Inspection, "US")}, "", "US"},
		{"import", []shipment.PublicCheckpoint{event("Exception_004", shipment.Inspection, "CN")}, "", "CN"},
		{"event without a country", []shipment.PublicCheckpoint{event("Exception_004", shipment.Inspection, "")}, "", "CN"},
		{"told by the record alone", []shipment.PublicCheckpoint{event("InTransit_007", "", "US")}, shipment.Inspection, "CN"},
	} {
		p := parcel("Exception_004", tt.events...)
		if tt.fed != "" {
			p.Parcel.Status.Customs = tt.fed
		}
		if got, want := pages.Sentence(l, &p.Parcel), l.CustomsSentence("inspection", tt.want); got != want {
			t.Errorf("%s: got %q, want %q", tt.name, got, want)
		}
	}
}

// Whatever is known or missing, the answer is one whole sentence in each language.
func TestEveryStatusHasItsSentence(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, subtag := range append(shipment.Subtags(), "") {
			for _, country := range []string{"US", "CN", ""} {
				p := parcel(subtag, event(subtag, "", country))
				got := pages.Sentence(l, &p.Parcel)
				end := "."
				if lang == locale.SimplifiedChinese || lang == locale.TraditionalChinese {
					end = "。"
				}
				if !strings.HasSuffix(got, end) || strings.ContainsAny(got, "{}_") || strings.Contains(got, "  ") {
					t.Errorf("%s %q in %q: %q is no sentence", lang, subtag, country, got)
				}
			}
		}
		for _, state := range shipment.CustomsStates() {
			p := parcel("Exception_004", event("Exception_004", state, "CN"))
			if got, want := pages.Sentence(l, &p.Parcel), l.CustomsSentence(string(state), "CN"); got != want || got == "" {
				t.Errorf("%s %s: got %q, want %q", lang, state, got, want)
			}
		}
	}
}

// A stamp is never at odds with the sentence: an end is stamped, nothing else is.
func TestStampsMarkEnds(t *testing.T) {
	t.Parallel()
	ends := map[shipment.Subtag]string{
		shipment.Returning: "stop", shipment.Returned: "stop", shipment.Lost: "stop", shipment.Cancelled: "stop", shipment.Disposed: "stop",
	}
	for _, subtag := range shipment.Subtags() {
		want := ends[subtag]
		if subtag.Tag() == shipment.Delivered {
			want = "done"
		}
		doc := read(t, track(t, parcel(subtag, event(subtag, "", "CN"))))
		stamp := doc.Find(".waybill .stamp")
		if got := stamp.Length() == 1; got != (want != "") || want != "" && !stamp.HasClass(want) {
			t.Errorf("%s: stamped %v as %q, want %q", subtag, got, stamp.AttrOr("class", ""), want)
		}
		if doc.Find(".waybill .stamp, .waybill .tag").Length() != 1 {
			t.Errorf("%s: want one word for the status", subtag)
		}
	}
}
