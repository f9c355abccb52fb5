package shipment_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/shipment"
)

func samplePublic() shipment.Public {
	return shipment.Public{
		Waybill: "W1234", Version: 7,
		Status: shipment.Status{
			Tag: "Exception", Subtag: "Exception_006", At: day(3), Customs: shipment.AwaitingDuty,
			CustomsSince: day(3), Checkpoints: 3, Attempts: 1,
		},
		OriginCountry: "US", DestCountry: "CN", OriginZone: "America/New_York", DestZone: "Asia/Shanghai",
		Service: "express", AcceptedOn: "2026-03-01", PromisedFrom: "2026-03-08", PromisedTo: "2026-03-12",
		LastMileCarrier: "EMS", LastMileNumber: "EE022786941US", Piece: 1, Pieces: 2,
		Checkpoints: []shipment.PublicCheckpoint{
			{At: day(3), OffsetMinutes: 480, Country: "CN", Place: "上海 PVG", Subtag: "Exception_006", Customs: shipment.AwaitingDuty},
			{At: day(2), OffsetMinutes: -300, Country: "US", Subtag: ""},
			{At: day(1), OffsetMinutes: 345, Subtag: "InTransit_002"},
		},
	}
}

func TestTimelineRoundTrip(t *testing.T) {
	want := samplePublic()
	got, err := shipment.Decode(want.Waybill, want.Version, want.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	want.Checkpoints, want.Status = nil, shipment.Status{Tag: "InfoReceived", Subtag: "InfoReceived_001"}
	if got, err = shipment.Decode(want.Waybill, want.Version, want.Encode()); err != nil || cmp.Diff(want, got) != "" {
		t.Errorf("without checkpoints: %v\n%s", err, cmp.Diff(want, got))
	}
}

// TestTimelineOfEverySubtag round-trips random views over all words.
func TestTimelineOfEverySubtag(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	subtags, customs := append(shipment.Subtags(), ""), append(shipment.CustomsStates(), "")
	for range 500 {
		want := samplePublic()
		want.Checkpoints = nil
		want.Status.Subtag = subtags[r.IntN(len(subtags)-1)]
		want.Status.Tag = want.Status.Subtag.Tag()
		for i := range r.IntN(30) {
			want.Checkpoints = append(want.Checkpoints, shipment.PublicCheckpoint{
				At: day(20).Add(-time.Duration(i*r.IntN(50000)) * time.Second), OffsetMinutes: r.IntN(1681) - 840,
				Country: "KR", Place: strings.Repeat("이", r.IntN(9)), Subtag: subtags[r.IntN(len(subtags))], Customs: customs[r.IntN(len(customs))],
			})
		}
		got, err := shipment.Decode(want.Waybill, want.Version, want.Encode())
		if err != nil || cmp.Diff(want, got) != "" {
			t.Fatalf("%v (-want +got):\n%s", err, cmp.Diff(want, got))
		}
	}
}

func TestTimelineUnreadable(t *testing.T) {
	good := samplePublic().Encode()
	for name, body := range map[string]string{
		"nothing":          "",
		"another format":   "9" + good[1:],
		"no line":          "1",
		"a bad number":     strings.Replace(good, "480", "4x0", 1),
		"a bad subtag":     strings.Replace(good, "H6", "H99", 1),
		"a bad state":      strings.Replace(good, "\tc\t", "\tz\t", 1),
		"a field too many": good + "\tmore",
	} {
		if _, err := shipment.Decode("W1234", 1, body); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestTimelineKeepsItsLines(t *testing.T) {
	p := samplePublic()
	p.Checkpoints[0].Place = "two\nlines\tand a tab"
	got, err := shipment.Decode(p.Waybill, 1, p.Encode())
	if err != nil || got.Checkpoints[0].Place != "two lines and a tab" {
		t.Errorf("%q, %v", got.Checkpoints[0].Place, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(samplePublic().Encode())
	f.Fuzz(func(t *testing.T, body string) {
		p, err := shipment.Decode("W1234", 1, body)
		if err != nil {
			return
		}
		again, err := shipment.Decode("W1234", 1, p.Encode())
		if err != nil || cmp.Diff(p, again) != "" {
			t.Errorf("%q: %v\n%s", body, err, cmp.Diff(p, again))
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	p := samplePublic()
	for len(p.Checkpoints) < 20 {
		p.Checkpoints = append(p.Checkpoints, p.Checkpoints...)
	}
	body := p.Encode()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := shipment.Decode("W1234", 1, body); err != nil {
			b.Fatal(err)
		}
	}
}
