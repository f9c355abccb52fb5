package web_test

import (
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
