package web_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/config"
	"ecms/portal/web/webtest"
)

const (
	shipmentsCSV = "waybill,origin_country,origin_zone,destination_country,destination_zone\n" +
		"OPSTEST-0001,US,America/Chicago,KR,Asia/Seoul\n"
	checkpointsCSV = "waybill,event_id,at,country,code,source\n" +
		"OPSTEST-0001,e1,2026-03-09T10:00:00+09:00,KR,InTransit_006,LASTMILE\n"
	checkpointsLines = `{"waybill":"OPSTEST-0001","event_id":"e2","at":"2026-03-09T12:00:00+09:00","country":"KR","code":"InTransit_005","source":"LASTMILE"}` + "\n"
)

func TestFilesOverOps(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	send := func(path, kind, body string, headers ...string) map[string]any {
		t.Helper()
		page := s.Visitor(t).Send("POST", path, strings.NewReader(body), append([]string{"Authorization", "Bearer " + webtest.OpsSecret, "Content-Type", kind}, headers...)...).Want(200)
		var report map[string]any
		if err := json.Unmarshal([]byte(page.Body), &report); err != nil {
			t.Fatal(err)
		}
		return report
	}
	want := func(added, unchanged, rejected float64, errors int, got map[string]any) {
		t.Helper()
		count := len(got["errors"].([]any))
		delete(got, "errors")
		if diff := cmp.Diff(map[string]any{"received": added + unchanged + rejected, "added": added, "replaced": 0.0, "unchanged": unchanged, "waiting": 0.0, "rejected": rejected}, got); diff != "" || count != errors {
			t.Errorf("report with %d errors, want %d (-want +got):\n%s", count, errors, diff)
		}
	}
	want(1, 0, 0, 0, send("/ops/shipments", "text/csv; charset=utf-8", shipmentsCSV))
	want(0, 1, 0, 0, send("/ops/shipments", "text/csv", shipmentsCSV))
	want(1, 0, 0, 0, send("/ops/checkpoints", "text/csv", zip(t, checkpointsCSV), "Content-Encoding", "gzip"))
	want(1, 0, 1, 1, send("/ops/checkpoints", "application/x-ndjson", checkpointsLines+"{broken\n"))
	page := s.Visitor(t).Get("/track/OPSTEST-0001.json").Want(200)
	if got := strings.Count(page.Body, `"at":`); got != 2 {
		t.Errorf("%d events are shown, want 2", got)
	}
}

func TestWhoMaySendFiles(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	closed := webtest.Start(t, webtest.Configured(func(c *config.Config) { c.OpsTokens = nil }))
	bearer := "Bearer " + webtest.OpsSecret
	tests := []struct {
		site                *webtest.Site
		path, token, kind   string
		encoding, body      string
		status              int
		wantsAuthentication bool
	}{
		{site: closed, path: "/ops/shipments", token: bearer, kind: "text/csv", body: shipmentsCSV, status: 404},
		{site: s, path: "/ops/shipments", kind: "text/csv", body: shipmentsCSV, status: 401, wantsAuthentication: true},
		{site: s, path: "/ops/shipments", token: "Bearer ", kind: "text/csv", body: shipmentsCSV, status: 401, wantsAuthentication: true},
		{site: s, path: "/ops/shipments", token: bearer + "x", kind: "text/csv", body: shipmentsCSV, status: 401, wantsAuthentication: true},
		{site: s, path: "/ops/shipments", token: webtest.OpsSecret, kind: "text/csv", body: shipmentsCSV, status: 401, wantsAuthentication: true},
		{site: s, path: "/ops/shipments", token: "Basic " + webtest.OpsSecret, kind: "text/csv", body: shipmentsCSV, status: 401, wantsAuthentication: true},
		{site: s, path: "/ops/checkpoints", token: "Bearer " + webtest.ShipmentsSecret, kind: "text/csv", body: checkpointsCSV, status: 403},
		{site: s, path: "/ops/shipments", token: "Bearer " + webtest.ShipmentsSecret, kind: "text/csv", body: shipmentsCSV, status: 200},
		{site: s, path: "/ops/shipments", token: bearer, kind: "application/json", body: "{}", status: 415},
		{site: s, path: "/ops/shipments", token: bearer, body: shipmentsCSV, status: 415},
		{site: s, path: "/ops/shipments", token: bearer, kind: "text/csv", encoding: "br", body: shipmentsCSV, status: 415},
		{site: s, path: "/ops/shipments", token: bearer, kind: "text/csv", encoding: "gzip", body: shipmentsCSV, status: 400},
		{site: s, path: "/ops/shipments", token: bearer, kind: "text/csv", encoding: "gzip", body: zip(t, shipmentsCSV)[:60], status: 400},
		{site: s, path: "/ops/shipments", token: bearer, kind: "text/csv", body: "no,such,columns\n1,2,3\n", status: 422},
		{site: s, path: "/ops/nothing", token: bearer, kind: "text/csv", body: "x", status: 404},
	}
	for _, tc := range tests {
		headers := []string{"Content-Type", tc.kind}
		if tc.token != "" {
			headers = append(headers, "Authorization", tc.token)
		}
		if tc.encoding != "" {
			headers = append(headers, "Content-Encoding", tc.encoding)
		}
		page := tc.site.Visitor(t).Send("POST", tc.path, strings.NewReader(tc.body), headers...)
		if page.Status != tc.status || (page.Header.Get("Www-Authenticate") != "") != tc.wantsAuthentication {
			t.Errorf("%s %q %q %q: status %d, want %d", tc.path, tc.token, tc.kind, tc.encoding, page.Status, tc.status)
		}
		if page.Status != 404 && (page.Header.Get("Content-Type") != "application/json; charset=utf-8" || !json.Valid([]byte(page.Body))) {
			t.Errorf("%s %d: the answer is no JSON: %s", tc.path, page.Status, page.Body)
		}
	}
}

func TestFilesThatAreTooLarge(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	var lines strings.Builder
	lines.WriteString(shipmentsCSV)
	for i := 0; lines.Len() <= 64<<20; i++ {
		fmt.Fprintf(&lines, "OPSLARGE-%07d,US,America/Chicago,KR,Asia/Seoul%s\n", i, strings.Repeat(" ", 2000))
	}
	send := func(body string, headers ...string) {
		s.Visitor(t).Send("POST", "/ops/shipments", strings.NewReader(body), append(headers, "Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv")...).Want(413)
	}
	send(lines.String())
	send(zip(t, lines.String()), "Content-Encoding", "gzip")
	s.Visitor(t).Get("/track/OPSTEST-0001").Want(404) // nothing of it was written
}

func TestTokensAreNotLogged(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.Visitor(t)
	b.Send("POST", "/ops/shipments", strings.NewReader(shipmentsCSV), "Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv").Want(200)
	b.Get("/track/OPSTEST-0001", "Cookie", "__Host-grant=secret-token").Want(200)
	b.Get("/track/NOBODY-99887766?phone=5551234").Want(404)
	for _, secret := range []string{webtest.OpsSecret, "OPSTEST", "99887766", "5551234", "secret-token", b.Address, "America/Chicago"} {
		if strings.Contains(s.Log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	if got := strings.Count(s.Log.String(), `"route":"/track/{n}"`); got != 2 {
		t.Errorf("%d log lines name the route, want 2:\n%s", got, s.Log)
	}
}
