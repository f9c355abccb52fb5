package web_test

import (
	"testing"

	"ecms/portal/internal/config"
	"ecms/portal/web/webtest"
)

// TestOutboxIsNotThereForTheWorld: a portal that others come to may run on its
// private database too, and every link that lets somebody in stands in the outbox.
func TestOutboxIsNotThereForTheWorld(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]int{
		"http://localhost:8080": 200, "https://portal.localhost": 200, "http://127.0.0.1:8080": 200, "http://[::1]:8080": 200,
		"https://parcels.example.com": 404, "https://localhost.example.com": 404, "https://192.0.2.7": 404, "": 404,
	} {
		s := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.BaseURL = base }))
		if err := s.Portal.Mail.Send(t.Context(), hostile()); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/dev/outbox", "/ko/dev/outbox", "/dev/outbox/mfzwizltoq2a", "/dev/outbox/mfzwizltoq2a.html"} {
			if got := s.Visitor(t).Get(path).Status; got != want {
				t.Errorf("%q: %s: status %d, want %d", base, path, got, want)
			}
		}
	}
}
