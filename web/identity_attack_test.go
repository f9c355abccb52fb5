package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
	"ecms/portal/web"
	"ecms/portal/web/webtest"
)

// identityDoors are the routes of one parcel's identity, with the number filled in.
func identityDoors(s *webtest.Site, w shipment.Waybill) (doors []web.Route) {
	for _, r := range s.Portal.Routes() {
		if strings.HasPrefix(r.Path, "/parcels/{n}/") {
			r.Path = strings.NewReplacer("{n}", string(w), "{slot}", "front").Replace(r.Path)
			doors = append(doors, r)
		}
	}
	return doors
}

// tries are fields that would change something of a form, whoever sends them.
func tries() url.Values {
	return url.Values{
		"name_local": {"偷窥"}, "phone": {"13700137000"}, "nationality": {"CN"}, "doc_type": {"cn_id"}, "doc_number": {chineseID}, "form_id": {"1"},
		"consent_customs": {"yes"}, "consent_transfer": {"yes"}, "consent_keep": {"yes"}, "email": {"thief@example.com"}, "code": {"00000000"}, "person_id": {"1"},
	}
}

// rows are all that is kept of identities, but for looks of the portal itself.
func rows(t testing.TB, s *webtest.Site) (all []string) {
	t.Helper()
	const query = `
select 'identity ' || to_jsonb(i)::text from identities i union all select 'picture ' || to_jsonb(p)::text from identity_pictures p
union all select 'person ' || to_jsonb(p)::text from people p union all select 'consent ' || to_jsonb(c)::text from consents c order by 1`
	if err := s.Portal.Web.Select(t.Context(), &all, query); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNobodyElseReachesAnIdentity walks every route of a parcel's identity as each
// kind of other person; none learns or changes anything.
func TestNobodyElseReachesAnIdentity(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	given(t, s, toChina)
	mine := holder(t, s, toChina)
	mine.Get(idPath(toChina, "/id/person?again=yes")).Form("form.asking").Fill("name_local", "李伟").Fill("phone", "13800138000").Submit().Want(http.StatusOK)
	before := rows(t, s)
	for name, b := range map[string]*webtest.Browser{
		"a stranger": s.Visitor(t), "the holder of another's link": byOther(t, s), "who unlocked another": holder(t, s, another),
		"another customer": s.Member(t, "wang@example.com"), "the shipper": s.Member(t, "shop@example.com"), "the staff": s.StaffMember(t, "desk@example.com"),
	} {
		for _, r := range identityDoors(s, toChina) {
			var page *webtest.Page
			if r.Method == http.MethodPost {
				page = b.Still().Post(r.Path, tries())
			} else {
				page = b.Still().Get(r.Path)
			}
			if page.Status != http.StatusNotFound || page.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %s %s: status %d, %s", name, r.Method, r.Path, page.Status, page.Header.Get("Cache-Control"))
			}
			for _, secret := range []string{"李", chineseID, "110***", "138****", "ID-"} {
				if strings.Contains(page.Body, secret) {
					t.Errorf("%s: %s %s shows %q", name, r.Method, r.Path, secret)
				}
			}
		}
	}
	if after := rows(t, s); !slices.Equal(before, after) {
		t.Errorf("something was changed: %d rows before, %d after", len(before), len(after))
	}
}

// byOther came by the link of another parcel.
func byOther(t testing.TB, s *webtest.Site) *webtest.Browser {
	t.Helper()
	b := s.Visitor(t)
	b.Still().Post(linkTo(t, s, toKorea), url.Values{"phone_last4": {lastFour}}).Want(http.StatusSeeOther)
	return b
}

// TestUnknownParcelsAnswerAlike compares the doors of a parcel that is there with
// those of one that is not: but for the number they are the same, byte for byte.
func TestUnknownParcelsAnswerAlike(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	const nobodys shipment.Waybill = "W6666CN"
	given(t, s, another)
	there, gone := identityDoors(s, another), identityDoors(s, nobodys)
	plain := func(page *webtest.Page, w shipment.Waybill) string {
		body := strings.ReplaceAll(page.Body, string(w), "NUMBER")
		return strings.ReplaceAll(body, page.Header.Get("X-Request-Id"), "REQUEST")
	}
	for name, b := range map[string]*webtest.Browser{"a stranger": s.Visitor(t), "a customer": s.Member(t, "ben@example.com")} {
		for i, r := range there {
			send := func(path string) *webtest.Page {
				if r.Method == http.MethodPost {
					return b.Still().Post(path, tries())
				}
				return b.Still().Get(path)
			}
			a, z := send(r.Path), send(gone[i].Path)
			if a.Status != z.Status || plain(a, another) != plain(z, nobodys) {
				t.Errorf("%s: %s %s: %d with and %d without a parcel, or other words", name, r.Method, r.Path, a.Status, z.Status)
			}
		}
	}
}

// TestForeignPagesSendNothing posts each form from another site's page.
func TestForeignPagesSendNothing(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := given(t, s, toChina)
	before := rows(t, s)
	for _, r := range identityDoors(s, toChina) {
		if r.Method != http.MethodPost {
			continue
		}
		for _, from := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "", "Origin", "https://evil.example"}} {
			if page := b.Still().Post(r.Path, tries(), from...); page.Status != http.StatusForbidden {
				t.Errorf("%s from %v: status %d", r.Path, from, page.Status)
			}
		}
	}
	if !slices.Equal(before, rows(t, s)) {
		t.Error("something was changed from another site")
	}
}

// TestForgedFormNumbersSendNothing submits the numbers of other forms.
func TestForgedFormNumbersSendNothing(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	victim := holder(t, s, another)
	giveCard(givePerson(victim, another)).Want(http.StatusOK)
	theirs, err := s.Portal.Customs.Draft(t.Context(), another)
	if err != nil {
		t.Fatal(err)
	}
	b := holder(t, s, toChina)
	giveCard(givePerson(b, toChina)).Want(http.StatusOK)
	for _, id := range []string{strconv.FormatInt(int64(theirs.ID), 10), "0", "-7", "99999999", "9e9", "", "1;drop", resident} {
		page := b.Post(idPath(toChina, "/id/submit"), url.Values{"form_id": {id}, "consent_customs": {"yes"}, "consent_transfer": {"yes"}}).Want(http.StatusOK)
		if page.Path != idPath(toChina, "/id/check") {
			t.Errorf("form %q leads to %s", id, page.Path)
		}
	}
	for _, w := range []shipment.Waybill{toChina, another} {
		if i, err := s.Portal.Customs.Current(t.Context(), w); err != nil || !i.SubmittedAt.IsZero() {
			t.Errorf("%s was sent: %+v, %v", w, i.State, err)
		}
	}
}

// TestAnotherBrowserAddsAndReadsNothing has the right to the same parcel, such as
// the shop's people with the order's number: it sees masks and no picture.
func TestAnotherBrowserAddsAndReadsNothing(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	mine := holder(t, s, toChina)
	check := giveCard(givePerson(mine, toChina))
	picture := check.Find("figure img").First().AttrOr("src", "")
	mine.Get(picture).Want(http.StatusOK)
	shop := s.Visitor(t)
	shop.Still().Post("/track/"+string(toChina)+"/unlock", url.Values{"order_no": {"ORDER-" + string(toChina)}}).Want(http.StatusSeeOther)
	shop.Get(picture).Want(http.StatusNotFound)
	for _, path := range []string{"/id", "/id/person", "/id/document", "/id/check"} {
		page := shop.Get(idPath(toChina, path)).Want(http.StatusOK)
		for _, secret := range []string{"李伟", chineseID, "13800138000", "/id/picture/"} {
			if strings.Contains(page.Body, secret) {
				t.Errorf("%s shows the other browser %q", path, secret)
			}
		}
	}
	if value := mine.Get(idPath(toChina, "/id/person")).Find(`input[name="name_local"]`).AttrOr("value", ""); value != "李伟" {
		t.Errorf("its author sees %q", value)
	}
	mine.Still().Post("/track/"+string(toKorea)+"/unlock", url.Values{"phone_last4": {lastFour}}).Want(http.StatusSeeOther)
	if mine.Get(picture).Status != http.StatusOK {
		t.Error("unlocking another parcel takes the author's own form away")
	}
}

// TestLateUploadGetsItsAnswer sends large pictures after the right has ended.
func TestLateUploadGetsItsAnswer(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := atDocument(t, s, toChina)
	s.Clock.Move(3 * time.Hour)
	late := filled(page).Choose("front", "f.jpg", make([]byte, 9<<20)).Choose("back", "b.jpg", make([]byte, 9<<20)).Submit().Want(http.StatusNotFound)
	if late.Find(".unlock form").Length() != 1 || documents(t, s) != 0 {
		t.Errorf("it is told %s", late.Text("main"))
	}
	if b.Get("/").Status != http.StatusOK {
		t.Error("the line is of no more use")
	}
}

// TestResidentNumberIsFoundNowhere types a Korean resident number into every field of
// every form of the Korean flow, as it is and spelled otherwise.
func TestResidentNumberIsFoundNowhere(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	link := linkTo(t, s, toKorea)
	b := byLink(t, s, toKorea)
	digits := strings.ReplaceAll(resident, "-", "")
	fields := []string{
		"name_local", "name_latin", "nationality", "phone", "postcode", "name_consent", "person_id", "doc_type", "doc_number", "expiry_day", "expiry_month",
		"expiry_year", "issuing_country", "mrz", "ezway_registered", "expiry_long_term", "form_id", "email", "code", "phone_last4", "consent_keep",
	}
	good := url.Values{
		"name_local": {"홍길동"}, "phone": {"010-2000-8000"}, "postcode": {"04524"}, "doc_type": {"kr_pccc"}, "doc_number": {koreanCode},
		"consent_customs": {"yes"}, "consent_transfer": {"yes"},
	}
	paths := []string{link, idPath(toKorea, "/id/person"), idPath(toKorea, "/id/document"), idPath(toKorea, "/id/submit"), idPath(toKorea, "/id/recall"), idPath(toKorea, "/id/withdraw")}
	for _, typed := range []string{resident, digits, "９００１０１－１２３４５６７", "900101 1234567", "number " + resident} {
		for _, field := range fields {
			values := url.Values{}
			for name, value := range good {
				values[name] = value
			}
			values.Set(field, typed)
			for _, path := range paths {
				page := b.Post(path, values)
				if page.Status >= 500 {
					t.Fatalf("%s in %s of %s: status %d", typed, field, path, page.Status)
				}
				if strings.Contains(page.Body, typed) || strings.Contains(page.Path, digits) {
					t.Errorf("%q in %s comes back from %s", typed, field, path)
				}
			}
		}
	}
	b.Post(idPath(toKorea, "/id/person"), good).Want(http.StatusOK)
	nowhere(t, s, digits, resident, "９００１０１")
	history, err := s.Portal.Customs.History(t.Context(), toKorea)
	if err != nil || len(history) == 0 {
		t.Fatal(history, err)
	}
	for _, i := range history {
		if i.ErasedAt.IsZero() {
			sealed(t, s, i.ID, digits)
		}
	}
}

// sealed opens what is kept of an identity, which must not hold some digits.
func sealed(t testing.TB, s *webtest.Site, id customs.ID, digits string) {
	t.Helper()
	_, clear, err := s.Portal.Customs.View(t.Context(), id, customs.By{Role: customs.Portal}, "test")
	text, broken := json.Marshal(clear)
	if err != nil || broken != nil {
		t.Fatal(err, broken)
	}
	if strings.Contains(strings.NewReplacer("-", "", " ", "").Replace(norm.NFKC.String(string(text))), digits) {
		t.Errorf("identity %d holds a resident number under its seal", id)
	}
}

// nowhere looks for texts in all tables, the documents' folder and the log.
func nowhere(t testing.TB, s *webtest.Site, secrets ...string) {
	t.Helper()
	var tables, all []string
	const names = `select quote_ident(tablename) from pg_tables where schemaname = 'public'`
	if err := s.Portal.Web.Select(t.Context(), &tables, names); err != nil || len(tables) < 10 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		var rows []string
		if err := s.Portal.Web.Select(t.Context(), &rows, `select to_jsonb(x)::text from `+table+` x`); err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
	}
	files, err := filepath.Glob(filepath.Join(s.Documents, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
	}
	for _, text := range append(all, s.Log.String()) {
		for _, secret := range secrets {
			if i := strings.Index(text, secret); i >= 0 {
				t.Errorf("%q is kept: %s", secret, text[max(0, i-80):min(len(text), i+80)])
			}
		}
	}
}
