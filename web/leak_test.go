package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/web/webtest"
)

// secrets are put into everything of a parcel that strangers must not see.
var secrets = map[string]string{
	"shipper name": "SHIPPERNAMESECRET", "shipper latin name": "SHIPPERLATINSECRET", "shipper phone": "13800138111", "shipper mail": "shipper.secret@example.com",
	"shipper address": "SHIPPERADDRESSSECRET", "shipper postcode": "518111", "consignee name": "金秘密", "consignee latin name": "KIM SECRET",
	"consignee phone": "01087654321", "consignee mail": "kim.secret@example.com", "consignee address": "CONSIGNEEADDRESSSECRET", "consignee postcode": "04999",
	"order number": "ORDERSECRET-77", "place": "PLACESECRET STREET", "code": "RAWCODESECRET", "text": "signed by KIM TEXTSECRET", "event": "EVENTSECRET",
	"sibling": "SECRETPIECE-0002", "declared weight": "7.8125", "measured weight": "9.0625", "source": "SOURCESECRET",
}

const secretWaybill = "SECRETPIECE-0001"

// tellSecrets lets a parcel of two pieces happen whose private parts are secrets.
func tellSecrets(t *testing.T, s *webtest.Site) {
	t.Helper()
	v := secrets
	rows := "waybill,order_no,piece,pieces,origin_country,origin_zone,destination_country,destination_zone,declared_weight,declared_weight_unit,measured_weight,measured_weight_unit," +
		"shipper_name,shipper_name_latin,shipper_phone,shipper_email,shipper_address,shipper_postcode," +
		"consignee_name,consignee_name_latin,consignee_phone,consignee_email,consignee_address,consignee_postcode,last_mile_carrier,last_mile_number\n"
	for i, w := range []string{secretWaybill, v["sibling"]} {
		rows += strings.Join([]string{w, v["order number"], string(rune('1' + i)), "2", "CN", "Asia/Shanghai", "KR", "Asia/Seoul", v["declared weight"], "kg", v["measured weight"], "kg",
			v["shipper name"], v["shipper latin name"], v["shipper phone"], v["shipper mail"], v["shipper address"], v["shipper postcode"],
			v["consignee name"], v["consignee latin name"], v["consignee phone"], v["consignee mail"], v["consignee address"], v["consignee postcode"], "CJ", "68000000000" + string(rune('1'+i))}, ",") + "\n"
	}
	events := "waybill,event_id,at,country,place,facility,code,text,source\n" +
		secretWaybill + "," + v["event"] + ",2026-03-09T10:00:00+09:00,KR," + v["place"] + ",false," + v["code"] + "," + v["text"] + "," + v["source"] + "\n" +
		secretWaybill + ",e2,2026-03-09T12:00:00+09:00,KR,Incheon,true,InTransit_005," + v["text"] + "," + v["source"] + "\n"
	sendFeed(t, s, "/ops/shipments", rows)
	sendFeed(t, s, "/ops/checkpoints", events)
}

func sendFeed(t *testing.T, s *webtest.Site, path, body string) {
	t.Helper()
	page := s.Visitor(t).Send(http.MethodPost, path, strings.NewReader(body), "Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv").Want(200)
	if !strings.Contains(page.Body, `"rejected":0`) {
		t.Fatalf("%s: %s", path, page.Body)
	}
}

// everything is all that a page says, in head and body.
func everything(page *webtest.Page) string {
	var b strings.Builder
	_ = page.Header.Write(&b)
	return b.String() + page.Body
}

func TestStrangersSeeNoPrivateWord(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	tellSecrets(t, s)
	path := "/track/" + secretWaybill
	show := func(what string, page *webtest.Page) {
		t.Helper()
		for name, secret := range secrets {
			if strings.Contains(everything(page), secret) || strings.Contains(everything(page), url.QueryEscape(secret)) {
				t.Errorf("%s shows the %s", what, name)
			}
		}
	}
	for _, l := range locale.Languages() {
		b := s.Visitor(t)
		for _, ending := range []string{"", ".txt", ".json"} {
			address := "/" + string(l) + path + ending
			show(address, b.Get(address).Want(200))
			show("HEAD of "+address, b.Send(http.MethodHead, address, nil).Want(200))
			show(address+" with a forged grant", b.Get(address, "Cookie", "__Host-grant=forged").Want(200))
			tag := b.Get(address).Header.Get("Etag")
			show("304 of "+address, b.Get(address, "If-None-Match", tag).Want(304))
		}
		show("the list", b.Get("/"+string(l)+"/track?n="+secretWaybill+"&n=NOBODY-1234").Want(200))
		show("a wrong fact", b.Post("/"+string(l)+path+"/unlock", url.Values{"order_no": {"wrong"}}).Want(422))
		show("an empty fact", b.Post("/"+string(l)+path+"/unlock", url.Values{}).Want(422))
		show("a foreign form", b.Post("/"+string(l)+path+"/unlock", url.Values{}, "Sec-Fetch-Site", "cross-site").Want(403))
		show("the last-mile number", b.Get("/"+string(l)+"/track/680000000001").Want(404))
	}
	b := s.Visitor(t)
	b.Post(path+"/unlock", url.Values{"order_no": {"wrong"}}).Want(422)
	show("a locked form", b.Post(path+"/unlock", url.Values{"order_no": {"wrong"}}).Want(429))
	s.Wire.Cut()
	show("503", s.Visitor(t).Get(path).Want(503))
}

func TestHoldersSeeThePrivateWords(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	tellSecrets(t, s)
	b := s.Visitor(t)
	page := b.Post("/track/"+secretWaybill+"/unlock", url.Values{"order_no": {secrets["order number"]}}).Want(200)
	for _, name := range []string{"shipper name", "shipper address", "consignee name", "consignee address", "consignee postcode", "order number",
		"place", "code", "text", "sibling", "declared weight", "measured weight"} {
		if !strings.Contains(page.Body, secrets[name]) {
			t.Errorf("the unlocked page lacks the %s", name)
		}
	}
	for _, name := range []string{"shipper phone", "shipper mail", "consignee phone", "consignee mail", "event"} { // nobody needs them here
		if strings.Contains(page.Body, secrets[name]) {
			t.Errorf("the unlocked page shows the whole %s", name)
		}
	}
	for _, ending := range []string{".txt", ".json"} { // the twins stay public
		if twin := b.Get("/track/" + secretWaybill + ending).Want(200); strings.Contains(twin.Body, "SECRET STREET") || strings.Contains(twin.Body, secrets["consignee phone"]) {
			t.Errorf("the twin %s is private", ending)
		}
	}
	other := b.Get("/track/" + secrets["sibling"]).Want(200)
	if isUnlocked(other) || strings.Contains(other.Body, secretWaybill) {
		t.Error("one piece's grant opens the other")
	}
}

func TestLogAndMetricsKnowNobody(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	tellSecrets(t, s)
	b, path := s.Visitor(t), "/track/"+secretWaybill
	b.Post(path+"/unlock", url.Values{"phone_last4": {"4321"}, "order_no": {secrets["order number"]}}).Want(200)
	b.Get(path).Want(200)
	b.Get("/track?n="+secretWaybill+"&n="+secrets["sibling"], "Referer", s.URL+path, "User-Agent", secrets["order number"]).Want(200)
	s.Wire.Cut()
	b.Get(path, "X-Request-Id", secrets["order number"]).Want(503)
	metrics := httptest.NewRecorder()
	s.Portal.Metrics.Handler().ServeHTTP(metrics, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil))
	for name, text := range map[string]string{"the log": s.Log.String(), "the metrics": metrics.Body.String()} {
		if !strings.Contains(text, "/track/{n}") {
			t.Errorf("%s: the requests are missing", name)
		}
		for what, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s: it holds the %s", name, what)
			}
		}
		for _, more := range []string{secretWaybill, "680000000001", b.Address, b.Cookie("__Host-grant"), webtest.OpsSecret} {
			if more == "" || strings.Contains(text, more) {
				t.Errorf("%s: it holds %q", name, more)
			}
		}
	}
}
