package staff_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/web/webtest"
)

const clerk = "ana@ecms.example.com"

// addresses are the pages of the back office, of which the last two need an id.
func addresses(w shipment.Waybill) []string {
	return []string{"/staff", "/staff/parcels", "/staff/parcels?q=" + url.QueryEscape("周"), "/staff/codes", "/staff/imports", "/staff/parcels/" + string(w)}
}

// refused sends a file of which rows are wrong and gives the path of its report.
func refused(t *testing.T, s *webtest.Site, b *webtest.Browser, rows ...string) string {
	t.Helper()
	file := "waybill,origin_country,origin_zone,destination_country,destination_zone,consignee_name,consignee_phone\n" + strings.Join(rows, "\n") + "\n"
	s.Visitor(t).Send("POST", "/ops/shipments", strings.NewReader(file), "Authorization", "Bearer "+webtest.OpsSecret, "Content-Type", "text/csv").Want(200)
	path, ok := b.Get("/staff/imports").Want(200).Find(".parcels a").First().Attr("href")
	if !ok {
		t.Fatal("the list of imports is empty")
	}
	return path
}

// TestOnlyStaffComeIn: strangers are led to the door, customers find nothing,
// whatever they ask for and send.
func TestOnlyStaffComeIn(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := s.Tell(t, demo.Signed)[0].Waybill
	staff, customer, stranger := s.StaffMember(t, clerk), s.Member(t, "customer@example.com").Still(), s.Visitor(t).Still()
	report := refused(t, s, staff, "W1234,US,UTC,CN,nowhere,,")
	for _, path := range append(addresses(w), report, "/staff/imports?below=1", report+"?after=1") {
		staff.Get(path).Want(200)
		for _, lang := range []string{"", "/ko"} {
			customer.Get(lang + path).Want(404)
			to := stranger.Get(lang + path).Want(303).Header.Get("Location")
			if !strings.HasPrefix(to, lang+"/login?next=%2Fstaff") {
				t.Errorf("a stranger at %s is led to %s", lang+path, to)
			}
		}
	}
	q := url.Values{"q": {string(w)}}
	staff.Still().Post("/staff/parcels", q).Want(303)
	customer.Post("/staff/parcels", q).Want(404)
	if to := stranger.Post("/staff/parcels", q).Want(303).Header.Get("Location"); !strings.HasPrefix(to, "/login") {
		t.Errorf("a stranger who searches is led to %s", to)
	}
	for _, path := range []string{"/staff/", "/staff/parcels/", "/staff/nothing", "/staff/imports/999999", "/staff/imports/x", "/staff/imports/-1", "/staff/imports?below=x", "/staff/parcels/NOBODY-1234", "/staff/parcels/%2e%2e"} {
		staff.Get(path).Want(404)
	}
}

// TestStaffFind a parcel by what people know, and open it. What is typed stands in
// no address and no log.
func TestStaffFind(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.Signed, demo.AwaitingDuty, demo.TwoPieces)
	var whole shipment.Record
	for _, r := range demo.Shipments(demo.Options{Seed: 1, AsOf: s.Clock.Now()}) {
		if r.Waybill == parcels[0].Waybill {
			whole = r
		}
	}
	b := s.StaffMember(t, clerk)
	for name, typed := range map[string]string{
		"grouped number": whole.Waybill.Grouped(), "small letters": strings.ToLower(string(whole.Waybill)),
		"local number": whole.LastMileNumber, "order": whole.OrderNo, "name": whole.Consignee.Name, "latin name": whole.Consignee.NameLatin,
		"first sign": string([]rune(whole.Consignee.Name)[:2]), "phone": whole.Consignee.Phone, "end of phone": parcels[0].PhoneLast4,
		"e-mail": strings.ToUpper(whole.Consignee.Email), "pasted": "Hello!\nWhere is " + whole.Waybill.Grouped() + "?\nThanks",
	} {
		page := b.Get("/staff/parcels").Want(200).Form("main form").Fill("q", typed).Submit().Want(200)
		if strings.Contains(page.Path, "q=") {
			t.Errorf("%s: %s holds what was typed", name, page.Path)
		}
		if page.Path == "/staff/parcels" {
			if list := page.Text(".parcels"); strings.Contains(list, whole.Consignee.Phone) || strings.Contains(list, whole.Consignee.Name) {
				t.Errorf("%s: the list shows people's data whole", name)
			}
			page = page.Follow(`.parcels a[href="/staff/parcels/` + string(whole.Waybill) + `"]`).Want(200)
		}
		for _, want := range []string{whole.Consignee.Name, whole.Consignee.Phone, whole.Consignee.Email, whole.Consignee.Address, whole.OrderNo, whole.Shipper.Name} {
			if !strings.Contains(page.Text("main"), strings.Join(strings.Fields(want), " ")) {
				t.Errorf("%s: the parcel's page does not show %q", name, want)
			}
		}
	}
	for _, secret := range []string{whole.Consignee.Name, whole.Consignee.Phone, "example.com", string(whole.Waybill), whole.OrderNo} {
		if strings.Contains(s.Log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestSearchAsksAgain and keeps what was typed.
func TestSearchAsksAgain(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.StaffMember(t, clerk)
	for typed, want := range map[string]string{"": "Type or paste what you know of the parcel.", " \n": "Type or paste what you know of the parcel.", "x": "at least 2 letters"} {
		page := b.Post("/staff/parcels", url.Values{"q": {typed}}).Want(422)
		if !strings.Contains(page.Text(".errors"), want) || !strings.HasPrefix(page.Text("title"), "Error:") || page.Find(`.errors a[href="#q"]`).Length() != 1 || page.Find("#q").Text() != typed {
			t.Errorf("%q: %s", typed, page.Body)
		}
	}
	page := b.Post("/staff/parcels", url.Values{"q": {"EC7K3M9QTR2XW8"}}).Want(200)
	if !strings.Contains(page.Text(".apart"), "EC7K3M9QTR2XW8") || page.Find("#q").Text() != "EC7K3M9QTR2XW8" {
		t.Errorf("a mistyped number: %s", page.Text("main"))
	}
	if page = b.Post("/staff/parcels", url.Values{"q": {"nobody at all"}}).Want(200); !strings.Contains(page.Text("main"), "Nothing found") {
		t.Errorf("nobody: %s", page.Text("main"))
	}
	b.Send("POST", "/staff/parcels", strings.NewReader("q=W1234"), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "cross-site").Want(403)
}

// TestTheBookComesFirst: each search and each parcel opened is a row, shown on the
// parcel's page, and without the row nobody is told anything.
func TestTheBookComesFirst(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Signed)[0]
	db := database(t, s)
	count := func(what string) (n int) {
		if err := db.Get(t.Context(), &n, `select count(*) from staff_looks l join accounts a on a.id = l.account_id where what = $1 and email = $2`, what, clerk); err != nil {
			t.Fatal(err)
		}
		return n
	}
	b := s.StaffMember(t, clerk)
	b.Get("/staff/parcels").Want(200)
	b.Post("/staff/parcels", url.Values{"q": {"nobody at all"}}).Want(200)
	b.Post("/staff/parcels", url.Values{"q": {string(parcel.Waybill)}}).Want(200) // and on to the parcel
	for _, person := range []string{"周", "Zhou Yutong", "zhou@example.com", "13800138000"} {
		if b.Get("/staff/parcels?q="+url.QueryEscape(person)).Want(200).Find(".parcels, .again").Length() != 0 {
			t.Errorf("%s is looked for by the page's address", person)
		}
	}
	page := b.Get("/staff/parcels/" + string(parcel.Waybill)).Want(200)
	if searches, looks := count("search"), count("parcel"); searches != 2 || looks != 2 {
		t.Errorf("%d searches and %d looks are written down, want 2 and 2", searches, looks)
	}
	if !strings.Contains(page.Text("main"), clerk) {
		t.Error("the parcel's page does not tell who looked")
	}
	b.Get("/staff/parcels/NOBODY-1234").Want(404)
	if n := count("parcel"); n != 2 {
		t.Errorf("a parcel that is none counts as a look: %d", n)
	}
	const shut = `create function shut() returns trigger language plpgsql as 'begin raise exception ''shut''; end'`
	for _, q := range []string{shut, `create trigger shut before insert on staff_looks for each row execute function shut()`} {
		if _, err := db.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	for _, answer := range []*webtest.Page{
		b.Get("/staff/parcels/" + string(parcel.Waybill)).Want(500), b.Post("/staff/parcels", url.Values{"q": {parcel.PhoneLast4}}).Want(500),
	} {
		if strings.Contains(answer.Body, parcel.Waybill.Grouped()) || strings.Contains(answer.Text("main"), parcel.OrderNo) {
			t.Errorf("%s tells of a parcel without a record of it", answer.Path)
		}
	}
}

// database opens the site's database beside the portal.
func database(t *testing.T, s *webtest.Site) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.Wire.URL(), Pool: postgres.Work, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// TestHostileTexts of feed, importers and staff stay texts on every page.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	const script = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	r := shipment.Record{
		Waybill: "EVIL12345678", Service: script, OrderNo: script, Piece: 1, Pieces: 1, LastMileCarrier: script,
		Origin: shipment.Place{Place: script, Country: "US", Zone: "UTC"}, Destination: shipment.Place{Country: "CN", Zone: "UTC"},
		Shipper:   shipment.Party{Name: script, Email: "=cmd@example.com"},
		Consignee: shipment.Party{Name: script, NameLatin: "=HYPERLINK(1)", Phone: "+86 138 0013 8000", Address: script, Postcode: script},
	}
	if _, err := s.Store.ReceiveShipments(t.Context(), []shipment.Record{r}); err != nil {
		t.Fatal(err)
	}
	e := shipment.Checkpoint{Waybill: r.Waybill, At: s.Clock.Now().Add(-3600e9), Country: "CN", Place: script, Code: "=1+1" + script, Text: script, Source: script}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), []shipment.Checkpoint{e}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := s.StaffMember(t, clerk)
	report := refused(t, s, b, `W1234,US,"<script>alert(1)</script>",CN,UTC,"<b>张伟</b>",x`)
	pages := map[string]*webtest.Page{
		"search": b.Post("/staff/parcels", url.Values{"q": {script + "\n8000"}}), "import": b.Get(report),
		"parcel": b.Get("/staff/parcels/EVIL12345678"), "codes": b.Get("/staff/codes"), "overview": b.Get("/staff"),
	}
	for name, page := range pages {
		page.Want(200)
		golden.Check(t, name, page.Body)
		if page.Find("main script, main img, main b > *").Length() > 0 || strings.Contains(page.Body, "<script>alert") {
			t.Errorf("%s: markup of others is markup", name)
		}
	}
	if !strings.Contains(pages["search"].Text(".parcels"), "EVIL12345678") || !strings.Contains(pages["parcel"].Text("main"), "<script>alert(1)</script>") {
		t.Error("the hostile parcel is not shown")
	}
	if text := pages["codes"].Text(".parcels"); !strings.Contains(text, "would run this code as a formula") || strings.Contains(text, "SUBTAG") {
		t.Errorf("codes: %s", text)
	}
	if text := pages["import"].Text("main"); strings.Contains(text, "张伟") || !strings.Contains(text, "Line 2") {
		t.Errorf("import: %s", text)
	}
}

// TestOverview counts what waits for somebody.
func TestOverview(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	s.Tell(t, demo.Signed, demo.AwaitingDuty)
	b := s.StaffMember(t, clerk)
	if page := b.Get("/staff").Want(200); !strings.Contains(page.Text("main"), "The counts are being made.") {
		t.Errorf("before the first count: %s", page.Text("main"))
	}
	events := []shipment.Checkpoint{{Waybill: "EARLY12345", At: s.Clock.Now().Add(-3600e9), Country: "CN", Code: "NEW7", Source: "sf"}}
	if _, err := s.Store.ReceiveCheckpoints(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Store.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := database(t, s).Exec(t.Context(), `insert into jobs (kind, state) values ('lost', 'failed')`); err != nil {
		t.Fatal(err)
	}
	refused(t, s, b, "W1234,US,UTC,CN,nowhere,,", "W1235,US,nowhere,CN,UTC,,", "W1236,US,UTC,CN,UTC,,")
	page := b.Get("/staff").Want(200)
	for i, want := range []string{"0", "1", "1", "2", "1"} { // identities, waiting, codes, rejected, jobs
		if got := strings.TrimSpace(page.Find(".todos .days").Eq(i).Text()); got != want {
			t.Errorf("count %d is %s, want %s", i, got, want)
		}
	}
	if text := page.Text(".facts"); !strings.Contains(text, "All2") || !strings.Contains(text, "Delivered1") {
		t.Errorf("parcels: %s", text)
	}
	early := page.Follow(`a[href="/staff/parcels/EARLY12345"]`).Want(200)
	if !strings.Contains(early.Text("main"), "no shipment record yet") || !strings.Contains(early.Text("main"), "NEW7") {
		t.Errorf("waiting: %s", early.Text("main"))
	}
	codes := b.Get("/staff/codes").Want(200)
	if text := codes.Text(".parcels"); !strings.Contains(text, "sf NEW7") || !strings.Contains(text, "sf,NEW7,SUBTAG,,") || !strings.Contains(text, "EARLY12345") {
		t.Errorf("codes: %s", text)
	}
	s.Clock.Move(25 * 3600e9)
	if got := strings.TrimSpace(s.StaffMember(t, clerk).Get("/staff").Want(200).Find(".todos .days").Eq(3).Text()); got != "0" {
		t.Errorf("a day later %s rows count as rejected in the last day", got)
	}
}

// TestImportsPageByPage shows every rejected row once.
func TestImportsPageByPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	b := s.StaffMember(t, clerk)
	rows := make([]string, 230)
	for i := range rows {
		rows[i] = fmt.Sprintf("W%04d,US,UTC,CN,nowhere,,", i)
	}
	page, seen := b.Get(refused(t, s, b, rows...)).Want(200), 0
	for {
		seen += page.Find("ol.codes > li").Length()
		next, more := page.Find("p.again a").Attr("href")
		if !more {
			break
		}
		page = b.Get(next).Want(200)
	}
	if seen != 230 {
		t.Errorf("%d rows shown, want 230", seen)
	}
	if page.Text("main .facts dl") == "" || !strings.Contains(page.Text(".facts"), "Rejected230") {
		t.Errorf("counts: %s", page.Text(".facts"))
	}
}

// TestPagesInEveryLanguage are sound, are stored nowhere, lead nowhere wrong and
// have nothing that would not fit 320 px.
func TestPagesInEveryLanguage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	w := s.Tell(t, demo.Signed)[0].Waybill
	if _, err := s.Store.Count(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := s.StaffMember(t, clerk)
	report := refused(t, s, b, "W1234,US,UTC,CN,nowhere,,")
	for _, lang := range locale.Languages() {
		for _, path := range append(addresses(w), report) {
			path = "/" + string(lang) + path
			page := b.Get(path).Want(200)
			golden.Check(t, path, page.Body)
			if n := page.Find("h1").Length(); n != 1 {
				t.Errorf("%s: %d h1", path, n)
			}
			if got := page.Header.Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s: Cache-Control %q", path, got)
			}
			if page.Find("main table, main pre, main [width], main nobr").Length() > 0 {
				t.Errorf("%s has parts that do not wrap", path)
			}
			if page.Find(".desk a").Length() != 5 || page.Find(".desk form[action$='/logout'] button").Length() != 1 {
				t.Errorf("%s: no line of the staff desk", path)
			}
		}
	}
}
