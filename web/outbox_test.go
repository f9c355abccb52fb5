package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ecms/portal/internal/config"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/mail"
	"ecms/portal/web/webtest"
)

// hostile is a mail of which every part tries to be more than text.
func hostile() mail.Message {
	return mail.Message{
		Ref: "mfzwizltoq2a", From: "parcels@example.com", To: "lin@example.com", Language: locale.English, Subject: "<b>Your</b> link",
		Text: "Go on here:\nhttps://localhost:8080/en/login/link/t0ken\n\n<script>alert(1)</script> https://elsewhere.example/x",
		HTML: `<!DOCTYPE html><title>x</title><p style="color:#14202B"><script>alert(1)</script><a href="https://localhost:8080/en/login/link/t0ken">Sign in</a></p>`,
	}
}

func TestOutboxShowsMails(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	empty := b.Get("/dev/outbox").Want(200)
	if text := empty.Text("main"); !strings.Contains(text, "No mail yet") || empty.Find(`main a[href$="/login/link"]`).Length() != 1 {
		t.Errorf("the empty outbox says %q", text)
	}
	if err := s.Portal.Mail.Send(t.Context(), hostile()); err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		list := b.Get("/" + string(lang) + "/dev/outbox").Want(200)
		if list.Find("main li").Length() != 1 || !strings.Contains(list.Text("main li"), "lin@example.com") {
			t.Errorf("%s: the list says %q", lang, list.Text("main"))
		}
		one := list.Follow("main li a").Want(200)
		if got := one.Text("h1"); got != "<b>Your</b> link" || one.Find("main script").Length() != 0 || one.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a mail headed %q, kept as %q", lang, got, one.Header.Get("Cache-Control"))
		}
		if one.Find(`main li a[href="/en/login/link/t0ken"]`).Length() != 1 || one.Find(`main li a[href="https://elsewhere.example/x"]`).Length() != 1 {
			t.Errorf("%s: the links are not those of the mail: %s", lang, one.Text("main"))
		}
	}
}

// TestMailAsHTMLIsAStranger to the portal: it has its own policy and no rights.
func TestMailAsHTMLIsAStranger(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	if err := s.Portal.Mail.Send(t.Context(), hostile()); err != nil {
		t.Fatal(err)
	}
	page := b.Get("/dev/outbox/mfzwizltoq2a.html").Want(200)
	policy := page.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox", "form-action 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	for _, never := range []string{"script-src", "allow-scripts", "allow-same-origin", "allow-forms", "'self'"} {
		if strings.Contains(policy, never) {
			t.Errorf("the policy %q has %s", policy, never)
		}
	}
	if page.Header.Get("Content-Type") != "text/html; charset=utf-8" || page.Find("p a").Length() != 1 {
		t.Errorf("%s: %s", page.Header.Get("Content-Type"), page.Text("body"))
	}
	if other := b.Get("/dev/outbox/mfzwizltoq2a").Want(200).Header.Get("Content-Security-Policy"); strings.Contains(other, "unsafe-inline") {
		t.Errorf("the page around it has the policy %q", other)
	}
	for _, path := range []string{"/dev/outbox/nothing", "/dev/outbox/nothing.html", "/dev/outbox/mfzwizltoq2a.txt", "/dev/outbox/%00", "/dev/outbox/a%2fb.html"} {
		if got := b.Get(path).Status; got != 404 {
			t.Errorf("%s: status %d, want 404", path, got)
		}
	}
	if post := b.Post("/dev/outbox", nil); post.Status != 405 {
		t.Errorf("writing into the outbox: status %d", post.Status)
	}
}

// TestOutboxIsNotThereInOperation, whatever lies in its table.
func TestOutboxIsNotThereInOperation(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.Embedded = false }))
	if err := s.Portal.Mail.Send(t.Context(), hostile()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/outbox", "/dev/outbox/mfzwizltoq2a", "/dev/outbox/mfzwizltoq2a.html"} {
		if got := s.Visitor(t).Get(path).Status; got != 404 {
			t.Errorf("%s: status %d, want 404", path, got)
		}
	}
}

// The portal listens on every address; the mails are for this machine alone.
func TestOutboxIsForThisMachineAlone(t *testing.T) {
	t.Parallel()
	handler, err := webtest.Start(t).Portal.Handler()
	if err != nil {
		t.Fatal(err)
	}
	for peer, want := range map[string]int{
		"127.0.0.1:4000": 200, "[::1]:4000": 200, "[::ffff:127.0.0.9]:4000": 200, "192.168.1.7:4000": 404, "[2001:db8::7]:4000": 404, "": 404, "@": 404,
	} {
		for _, path := range []string{"/dev/outbox", "/dev/gallery"} {
			r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
			r.RemoteAddr = peer
			r.Header.Set("X-Forwarded-For", "127.0.0.1")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if answer.Code != want {
				t.Errorf("%s from %q: status %d, want %d", path, peer, answer.Code, want)
			}
		}
	}
}
