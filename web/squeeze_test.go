package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

func TestCompressedPagesAreWhole(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.Moving, demo.AwaitingDuty, demo.Longest)
	paths := []string{"/", "/track/NOBODY-1234", "/dev/gallery", "/dev/gallery/timeline"}
	for _, p := range parcels {
		paths = append(paths, "/track/"+string(p.Waybill), "/track/"+string(p.Waybill)+".json", "/track/"+string(p.Waybill)+".txt")
	}
	for _, prefix := range []string{"", "/ko", "/zh-Hans"} {
		for _, path := range paths {
			for _, clock := range []string{"", "tz=Asia/Tokyo", "tz=Europe/Oslo"} {
				plain := s.Visitor(t).Get(prefix+path, "Accept-Encoding", "identity", "Cookie", clock)
				for range 2 { // made, then kept
					packed := s.Visitor(t).Get(prefix+path, "Accept-Encoding", "gzip", "Cookie", clock)
					if packed.Header.Get("Content-Encoding") != "gzip" && len(plain.Body) >= 1024 {
						t.Errorf("%s is not compressed", path)
					} else if len(plain.Body) >= 1024 && unzip(t, packed.Body) != plain.Body {
						t.Errorf("%s differs when compressed", path)
					}
					if len(packed.Body) > 14<<10 && len(packed.Body) > len(plain.Body)/2 {
						t.Errorf("%s: %d bytes of %d", path, len(packed.Body), len(plain.Body))
					}
				}
			}
		}
	}
}

// TestCompressedAnswersToAFormAreEachVisitorsOwn makes sure that what is kept of
// one answer never brings what one visitor typed into another's.
func TestCompressedAnswersToAFormAreEachVisitorsOwn(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	address := "/track/" + string(parcel.Waybill)
	s.Visitor(t).Get(address, "Accept-Encoding", "gzip").Want(http.StatusOK)
	for _, typed := range []string{"0001", "0002", "0001"} {
		page := s.Visitor(t).Post(address+"/unlock", url.Values{"phone_last4": {typed}}, "Accept-Encoding", "gzip").Want(http.StatusUnprocessableEntity)
		body := unzip(t, page.Body)
		for _, value := range []string{"0001", "0002"} {
			if got, want := strings.Contains(body, `value="`+value+`"`), value == typed; got != want {
				t.Errorf("typed %s: %s stands in the answer: %t, want %t", typed, value, got, want)
			}
		}
	}
	if body := unzip(t, s.Visitor(t).Get(address, "Accept-Encoding", "gzip").Body); strings.Contains(body, `value="000`) {
		t.Error("a stranger's page shows what somebody else typed")
	}
}
