//go:build browser

package browsertest_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest/journey"
)

// strangers counts the people whom parcels were sent to here.
var strangers atomic.Uint32

// asked is somebody new, for whose parcel customs has waited for an identity since
// the day before yesterday. The address may be empty.
func asked(t testing.TB, of func(int) journey.Consignee, email string) journey.Consignee {
	t.Helper()
	c := of(int(strangers.Add(1)))
	c.Waybill = string(shipment.NewWaybill(rand.Reader))
	place := map[string][3]string{"CN": {"Hangzhou", "Asia/Shanghai", "Shanghai PVG"}, "KR": {"Seoul", "Asia/Seoul", "Incheon ICN"}, "TW": {"Taipei", "Asia/Taipei", "Taoyuan TPE"}}[c.Country]
	now := time.Now().UTC().Truncate(time.Second)
	feed(t, "/ops/shipments", map[string]any{
		"waybill": c.Waybill, "service": "express", "accepted_at": now.AddDate(0, 0, -6).Format(time.RFC3339), "order_no": "A-" + c.Waybill[2:8], "piece": 1, "pieces": 1,
		"origin_place": "Carteret NJ", "origin_country": "US", "origin_zone": "America/New_York",
		"destination_place": place[0], "destination_country": c.Country, "destination_zone": place[1],
		"shipper_name": "Lantern Shop", "consignee_name": c.Name, "consignee_phone": c.Phone, "consignee_postcode": c.Postcode, "consignee_email": email,
	})
	scan := func(id string, days int, at, country, code string) map[string]any {
		return map[string]any{
			"waybill": c.Waybill, "event_id": c.Waybill + id, "at": now.AddDate(0, 0, -days).Format(time.RFC3339), "place": at, "facility": true,
			"country": country, "code": code, "source": "browsertest",
		}
	}
	feed(t, "/ops/checkpoints", scan("1", 6, "Carteret NJ", "US", "InTransit_001"), scan("2", 2, place[2], c.Country, "awaiting_id"))
	return c
}

// feed gives the portal rows as an operator's machine does.
func feed(t testing.TB, path string, rows ...map[string]any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(site.dir, "ops.token"))
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(strings.TrimSpace(string(text)), ":")
	var body strings.Builder
	for _, row := range rows {
		line, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		body.Write(append(line, '\n'))
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.url+path, strings.NewReader(body.String()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/x-ndjson")
	res, err := plain.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // read below
	var report struct{ Added, Rejected int }
	if err := json.NewDecoder(res.Body).Decode(&report); err != nil || res.StatusCode != http.StatusOK || report.Rejected > 0 || report.Added == 0 {
		t.Fatalf("%s: %s, %+v, %v", path, res.Status, report, err)
	}
}

var formKey = regexp.MustCompile(`/p/([A-Z2-7]{26})\b`)

// linkTo waits for the mail that asks somebody for an identity, and gives the path
// of its link.
func linkTo(t testing.TB, email string) string {
	t.Helper()
	_, text := letter(t, email, "/p/")
	m := formKey.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("the mail to %s has no link to a form", email)
	}
	return "/p/" + m[1]
}

// given lets somebody do some of the steps without a browser: 1 the person, 2 the
// document as well, 3 all of it.
func given(t testing.TB, v *journey.Visitor, c journey.Consignee, steps int) {
	t.Helper()
	ctx := t.Context()
	page, err := c.FillPerson(ctx, v)
	if err == nil && steps > 1 {
		page, err = c.FillDocument(ctx, v)
	}
	if err == nil && steps > 2 {
		_, err = c.Submit(ctx, page)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// signedIn is a visitor with somebody's account.
func signedIn(t testing.TB, email string) *journey.Visitor {
	t.Helper()
	v := journey.NewVisitor(site.url, address(), "en")
	t.Cleanup(v.Leave)
	if err := journey.SignIn(t.Context(), v, email, secret); err != nil {
		t.Fatal(err)
	}
	return v
}
