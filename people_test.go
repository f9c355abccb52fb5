package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/embedded"
)

var person = regexp.MustCompile(`(?m)^  (shipper|consignee|staff) +(\S+@example\.com) +(\S{15,})$`)

// met waits for the people that the portal prints below its samples.
func met(t *testing.T, out *output) [][]string {
	t.Helper()
	for start := time.Now(); !strings.Contains(out.String(), "/dev/outbox"); time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > 10*time.Second {
			t.Fatalf("nobody to sign in as, or no word of the outbox:\n%s", out)
		}
	}
	return person.FindAllStringSubmatch(out.String(), -1)
}

// TestPeopleOfTheDemo can sign in as it is printed, after a kill as before, and in
// a folder from before there were accounts.
func TestPeopleOfTheDemo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	portal, out := h.serve(t)
	first := met(t, out)
	if len(first) != 3 {
		t.Fatalf("printed %q", first)
	}
	h.signIn(t, first)
	h.write(t, "lin@example.com")
	h.forget(t)
	if err := portal.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = portal.Wait()
	_, out = h.serve(t)
	again := met(t, out)
	for i := range first {
		if first[i][0] != again[i][0] {
			t.Errorf("at the next start %q, was %q", again[i], first[i])
		}
	}
	h.signIn(t, again)
	var kept struct{ Consignee, Shipper int }
	h.ask(t, func(db *postgres.DB) error {
		return db.Get(t.Context(), &kept, `select
			count(*) filter (where a.email = 'consignee@example.com' and k.side = 'to') as consignee,
			count(*) filter (where a.email = 'shipper@example.com' and k.side = 'from') as shipper
			from account_parcels k join accounts a on a.id = k.account_id`)
	})
	if kept.Consignee < 20 || kept.Shipper < 40 {
		t.Errorf("they keep %+v parcels", kept)
	}
}

// signIn tries the passwords that were printed, and one that was not.
func (h house) signIn(t *testing.T, people [][]string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, p := range people {
		for password, want := range map[string]int{p[3]: http.StatusSeeOther, p[3] + "x": http.StatusUnprocessableEntity} {
			response, err := client.PostForm("http://"+h.addr+"/login", url.Values{"email": {p[2]}, "password": {password}}) //nolint:noctx // our own server
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != want {
				t.Errorf("%s signs in with %q: status %d, want %d", p[1], password, response.StatusCode, want)
			}
		}
	}
}

// write asks for a mail, and waits until it can be read.
func (h house) write(t *testing.T, email string) {
	t.Helper()
	response, err := http.PostForm("http://"+h.addr+"/register", url.Values{"email": {email}}) //nolint:noctx // our own server
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		status, text := fetchText(t, "http://"+h.addr+"/dev/outbox")
		if status == http.StatusOK && strings.Contains(text, email) {
			return
		}
		if time.Since(start) > 5*time.Second {
			t.Fatalf("no mail within 5 s of asking (%d): status %d\n%s", response.StatusCode, status, text)
		}
	}
}

// forget leaves the folder as a portal without accounts had it.
func (h house) forget(t *testing.T) {
	t.Helper()
	h.ask(t, func(db *postgres.DB) error {
		for _, query := range []string{
			`delete from accounts`, `update shipments set consignee_email = 'old@example.com', shipper_email = 'older@example.com'`,
		} {
			if _, err := db.Exec(t.Context(), query); err != nil {
				return err
			}
		}
		return nil
	})
}

// ask does something with the house's own database.
func (h house) ask(t *testing.T, do func(*postgres.DB) error) {
	t.Helper()
	server, err := embedded.Join(t.Context(), embedded.Options{DataDir: h.dir})
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), postgres.Options{URL: server.URL(), Pool: postgres.Work})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := do(db); err != nil {
		t.Fatal(err)
	}
}
