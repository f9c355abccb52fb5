package web_test

import (
	"encoding/base32"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

const guest = "guest-gao@example.com"

// sentToKeep is a guest who has sent an identity and wants it kept under an address
// that is still to be proved.
func sentToKeep(t testing.TB, s *webtest.Site, w shipment.Waybill, email string) (*webtest.Browser, *webtest.Page) {
	t.Helper()
	b := holder(t, s, w)
	page := giveCard(givePerson(b, w).Want(http.StatusOK)).Want(http.StatusOK)
	return b, agree(page, "consent_keep", "yes", "email", email).Want(http.StatusOK)
}

// kept is a site on which a guest has an identity of another parcel under an address.
func kept(t testing.TB) *webtest.Site {
	t.Helper()
	s := awaiting(t)
	b, page := sentToKeep(t, s, toChina, guest)
	page = page.Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if page.Path != idPath(toChina, "/id?sent=yes") || b.Cookie("__Host-proof") == "" {
		t.Fatalf("the code leads to %s", page.Path)
	}
	return s
}

func count(t testing.TB, s *webtest.Site, query string, args ...any) (n int) {
	t.Helper()
	if err := s.Portal.Web.Get(t.Context(), &n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

// askRecall types an address on the page that recalls people.
func askRecall(b *webtest.Browser, w shipment.Waybill, email string) *webtest.Page {
	return b.Get(idPath(w, "/id/recall?again=yes")).Want(http.StatusOK).Form("main form").Fill("email", email).Submit()
}

// TestGuestKeepsNobodyUnprovedAddress: the identity is sent at once; nobody is kept
// before the code, and whoever lets it be has lost nothing.
func TestGuestKeepsNobodyUnderAnUnprovedAddress(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := sentToKeep(t, s, toChina, guest)
	if page.Path != idPath(toChina, "/id/recall") || page.Find(`input[name="code"]`).Length() != 1 {
		t.Fatalf("sending leads to %s", page.Path)
	}
	if count(t, s, `select count(*) from identities where state = 'review'`) != 1 || count(t, s, `select count(*) from people`) != 0 {
		t.Error("want the identity sent, and nobody kept yet")
	}
	if strings.Contains(page.Body, guest) || strings.Contains(page.Path, "@") {
		t.Error("the page shows the address")
	}
	page.Follow(`main a[href$="/id?sent=yes"]`).Want(http.StatusOK)
	page = b.Get(idPath(toChina, "/id/recall")).Want(http.StatusOK) // and comes back
	page.Form("main form").Fill("code", "1234").Submit().Want(http.StatusUnprocessableEntity)
	page.Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if count(t, s, `select count(*) from people where email_key = $1`, guest) != 1 {
		t.Error("nobody is kept after the code")
	}
	if count(t, s, `select count(*) from consents where kind = 'keep' and person_id is not null and channel = 'parcel'`) != 1 {
		t.Error("the consent does not say for whom it was given, and how")
	}
}

// TestMistypedAddressGivesNobodyAnything: another address can be asked for in the
// same browser, and then the first letter keeps nobody.
func TestMistypedAddressGivesNobodyAnything(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := sentToKeep(t, s, toChina, "stranger@example.com")
	code := s.Letter(t, "stranger@example.com").Code
	stranger := holder(t, s, toChina) // who knows even the parcel
	stranger.Post(idPath(toChina, "/id/recall"), url.Values{"code": {code}}).Want(http.StatusUnprocessableEntity)
	page = page.Follow(`main a[href$="again=yes"]`).Form("main form").Fill("email", guest).Submit().Want(http.StatusOK)
	s.Clock.Move(time.Second)
	b.Post(idPath(toChina, "/id/recall"), url.Values{"code": {code}}).Want(http.StatusUnprocessableEntity)
	page.Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if n := count(t, s, `select count(*) from people where email_key <> $1`, guest); n != 0 {
		t.Errorf("%d people are kept for a stranger", n)
	}
	if count(t, s, `select count(*) from people`) != 1 {
		t.Error("nobody is kept")
	}
}

// TestKeepingWaitsForAnotherCode: one that was late or guessed wrong is asked for
// anew in the browser that sent the identity, and in no other.
func TestKeepingWaitsForAnotherCode(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := sentToKeep(t, s, toChina, guest)
	code := s.Letter(t, guest).Code
	s.Clock.Move(11 * time.Minute)
	page = page.Form("main form").Fill("code", code).Submit().Want(http.StatusUnprocessableEntity)
	if page.Text("h1") != "One more thing: confirm your address" || page.Find(`input[name="email"]`).Length() != 1 {
		t.Fatalf("a late code: %s", page.Text("main"))
	}
	thief := holder(t, s, toChina) // who knows the parcel as well, and proves an address of their own
	askRecall(thief, toChina, "thief@example.com").Want(http.StatusOK).Form("main form").
		Fill("code", s.Letter(t, "thief@example.com").Code).Submit().Want(http.StatusOK)
	if n := count(t, s, `select count(*) from people`); n != 0 {
		t.Fatalf("%d people are kept for another", n)
	}
	page = page.Form("main form").Fill("email", guest).Submit().Want(http.StatusOK)
	for range 6 { // all guesses
		page.Form("main form").Fill("code", "x").Submit().Want(http.StatusUnprocessableEntity)
	}
	s.Clock.Move(time.Second)
	page = b.Get(idPath(toChina, "/id/recall?again=yes")).Form("main form").Fill("email", guest).Submit().Want(http.StatusOK)
	page = page.Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if count(t, s, `select count(*) from people where email_key = $1`, guest) != 1 || page.Path != idPath(toChina, "/id?sent=yes") {
		t.Errorf("nobody is kept; at %s", page.Path)
	}
}

func TestSubmitAsksForAnAddressToKeep(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	page := giveCard(givePerson(holder(t, s, toChina), toChina)).Want(http.StatusOK)
	for _, email := range []string{"", "no address"} {
		page = agree(page, "consent_keep", "yes", "email", email).Want(http.StatusUnprocessableEntity)
		if page.Find("#email-error").Length() != 1 || page.Find(`[name="consent_keep"][checked]`).Length() != 1 || count(t, s, `select count(*) from identities where state = 'review'`) != 0 {
			t.Errorf("%q: %s", email, page.Text("main .errors"))
		}
	}
	if count(t, s, `select count(*) from letters`) != 0 {
		t.Error("a letter is owed to no address")
	}
}

// TestGuestRecallsAPerson for another parcel: an address, a code, no more typing.
func TestGuestRecallsAPerson(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b := holder(t, s, another)
	page := b.Get(idPath(another, "/id/person")).Want(http.StatusOK)
	page = page.Follow(`a[href$="/id/recall"]`).Want(http.StatusOK)
	page = page.Form("main form").Fill("email", " "+strings.ToUpper(guest)).Submit().Want(http.StatusOK)
	letter := s.Letter(t, guest)
	page = page.Form("main form").Fill("code", letter.Code[:4]+" "+letter.Code[4:]).Submit().Want(http.StatusOK)
	if page.Path != idPath(another, "/id/person") {
		t.Fatalf("the code leads to %s", page.Path)
	}
	if strings.Contains(page.Body, "李伟") || !strings.Contains(page.Body, "李*") || strings.Contains(page.Body, chineseID) {
		t.Errorf("the saved person reads %q", page.Text("main"))
	}
	person := page.Find(`[name="person_id"]`).AttrOr("value", "")
	page = b.Post(idPath(another, "/id/person"), url.Values{"person_id": {person}}).Want(http.StatusOK)
	if page.Path != idPath(another, "/id/check") || page.Find(`[name="consent_keep"], [name="email"]`).Length() != 0 {
		t.Fatalf("the person leads to %s: %s", page.Path, page.Text("main"))
	}
	agree(page).Want(http.StatusOK)
	if count(t, s, `select count(*) from identities where waybill = $1 and state = 'review' and person_id = $2::bigint`, another, person) != 1 {
		t.Error("the person is not handed in for the second parcel")
	}
}

// TestProvedGuestKeepsAtOnce: no second code in the half hour.
func TestProvedGuestKeepsAtOnce(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	askRecall(b, toChina, guest).Want(http.StatusOK).Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	page := giveCard(givePerson(b, toChina)).Want(http.StatusOK)
	if page.Find(`[name="email"]`).Length() != 0 {
		t.Error("a proved address is asked for again")
	}
	if page = agree(page, "consent_keep", "yes").Want(http.StatusOK); page.Path != idPath(toChina, "/id?sent=yes") {
		t.Errorf("sending leads to %s", page.Path)
	}
	if count(t, s, `select count(*) from people where email_key = $1`, guest) != 1 {
		t.Error("nobody is kept")
	}
}

// varying is what differs from one answer to the next for whatever address.
var varying = regexp.MustCompile(`[a-z2-7]{30,}`)

// TestRecallTellsNobodyWhoIsKept: answers, letters and times to wait are the same
// for addresses under which people are kept, those of accounts, and all others.
func TestRecallTellsNobodyWhoIsKept(t *testing.T) {
	t.Parallel()
	s := kept(t)
	s.Member(t, "member-mei@example.com")
	s.Clock.Move(2 * time.Hour)
	answers, limits := map[string]bool{}, map[string]bool{}
	for i, email := range []string{guest, "member-mei@example.com", "nobody@example.com"} {
		b := holder(t, s, another)
		b.Address = "203.0.113." + string(rune('1'+i))
		s.Clock.Move(time.Hour)
		ask := func() *webtest.Page {
			return b.Still().Post(idPath(another, "/id/recall"), url.Values{"email": {email}})
		}
		asked := ask().Want(http.StatusSeeOther)
		shown := b.Get(asked.Header.Get("Location")).Want(http.StatusOK)
		wrong := b.Post(idPath(another, "/id/recall"), url.Values{"code": {"00000000"}}).Want(http.StatusUnprocessableEntity)
		answers[varying.ReplaceAllString(strings.Join(asked.Header.Values("Set-Cookie"), ";"), "~")+asked.Header.Get("Location")+shown.Body+wrong.Body] = true
		if letter := s.Letter(t, email); letter.Purpose != account.Recall || len(letter.Code) != 8 || letter.Link != "" {
			t.Errorf("%s: the letter is %+v", email, letter)
		}
		for range 4 {
			ask().Want(http.StatusSeeOther)
		}
		held := ask().Want(http.StatusTooManyRequests)
		limits[strings.ReplaceAll(held.Body, email, "~")+held.Header.Get("Retry-After")] = true
	}
	if len(answers) != 1 || len(limits) != 1 {
		t.Errorf("%d different answers and %d refusals, want one of each", len(answers), len(limits))
	}
}

// TestRecallCodeIsNotGuessed: five tries a letter, and the right one is too late then.
func TestRecallCodeIsNotGuessed(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b := holder(t, s, another)
	page := askRecall(b, another, guest).Want(http.StatusOK)
	code := s.Letter(t, guest).Code
	for i := range 5 {
		guess := page.Form("main form").Fill("code", "0000000"+string(rune('0'+i))).Submit().Want(http.StatusUnprocessableEntity)
		if guess.Find("#code-error").Length() != 1 {
			t.Fatalf("guess %d: %s", i, guess.Text("main"))
		}
	}
	spent := page.Form("main form").Fill("code", code).Submit().Want(http.StatusUnprocessableEntity)
	if spent.Find(`input[name="email"]`).Length() != 1 || b.Cookie("__Host-proof") != "" {
		t.Errorf("after five guesses: %s", spent.Text("main"))
	}
	if b.Get(idPath(another, "/id/person")).Find(`[name="person_id"]`).Length() != 0 {
		t.Error("the saved person is offered")
	}
}

// TestRecallCodeWorksOnce, in the browser that asked, and for ten minutes.
func TestRecallCodeWorksOnce(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b, thief := holder(t, s, another), holder(t, s, another)
	path := idPath(another, "/id/recall")
	askRecall(b, another, guest).Want(http.StatusOK)
	letter := s.Letter(t, guest)
	ticket := b.Cookie("__Host-recall")
	for what, cookie := range map[string]string{
		"no ticket": "", "the mail's own number": letter.Ref, "the code as ticket": letter.Code, "a ticket made up": strings.Repeat("a", len(ticket)),
	} {
		got := thief.Post(path, url.Values{"code": {letter.Code}}, "Cookie", "__Host-grant="+thief.Cookie("__Host-grant")+"; __Host-recall="+cookie)
		if got.Want(http.StatusUnprocessableEntity); got.Find(`input[name="email"]`).Length() != 1 {
			t.Errorf("%s: %s", what, got.Text("main"))
		}
	}
	b.Post(path, url.Values{"code": {letter.Code}}).Want(http.StatusOK)
	for what, browser := range map[string]*webtest.Browser{"the thief": thief, "the same browser": b} {
		again := browser.Still().Post(path, url.Values{"code": {letter.Code}}, "Cookie", "__Host-grant="+browser.Cookie("__Host-grant")+"; __Host-recall="+ticket)
		if again.Status != http.StatusUnprocessableEntity {
			t.Errorf("the code once more by %s: %d", what, again.Status)
		}
	}
	askRecall(thief, another, guest).Want(http.StatusOK)
	late := s.Letter(t, guest).Code
	s.Clock.Move(10 * time.Minute)
	thief.Post(path, url.Values{"code": {late}}).Want(http.StatusUnprocessableEntity)
}

// TestProofIsNarrow: it opens no parcel and no account, ends after half an hour and
// on signing out, and nobody makes one.
func TestProofIsNarrow(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b := holder(t, s, another)
	askRecall(b, another, guest).Want(http.StatusOK).Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	proof := b.Cookie("__Host-proof")
	offered := func(cookies string) int {
		t.Helper()
		return s.Visitor(t).Get(idPath(another, "/id/person"), "Cookie", cookies).Find(`[name="person_id"]`).Length()
	}
	grant := "__Host-grant=" + b.Cookie("__Host-grant")
	if offered(grant+"; __Host-proof="+proof) == 0 {
		t.Fatal("the proof offers nobody")
	}
	alone := s.Visitor(t).Get(idPath(another, "/id/person"), "Cookie", "__Host-proof="+proof)
	if alone.Status != http.StatusNotFound {
		t.Errorf("a proof opens a parcel's form: %d", alone.Status)
	}
	if in := s.Visitor(t).Still().Get("/account/people", "Cookie", "__Host-proof="+proof+"; __Host-session="+proof); in.Status != http.StatusSeeOther {
		t.Errorf("a proof opens an account: %d", in.Status)
	}
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(proof))
	if err != nil || strings.Contains(string(raw), "guest") || strings.Contains(proof, "@") {
		t.Errorf("the cookie tells the address: %q, %v", proof, err)
	}
	for i := range 40 {
		bent := []byte(proof)
		at := i * len(bent) / 40
		bent[at] = 'a' + (bent[at]+1)%26
		if n := offered(grant + "; __Host-proof=" + string(bent)); n != 0 && string(bent) != proof && at < len(bent)-1 {
			t.Fatalf("bent at %d: %d people", at, n)
		}
	}
	b.Post("/logout", nil)
	if b.Cookie("__Host-proof") != "" {
		t.Error("signing out leaves the proof")
	}
	s.Clock.Move(account.Kept().Recalled)
	if offered(grant+"; __Host-proof="+proof) != 0 {
		t.Error("the proof works after its half hour")
	}
}

// TestRecallNeedsTheParcel: who has no right to a parcel sends nobody mail by it, and
// learns nothing of it.
func TestRecallNeedsTheParcel(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b := holder(t, s, toChina)
	bodies := map[string]bool{}
	for _, n := range []shipment.Waybill{another, toTaiwan, "W6666CN"} {
		bodies[b.Get(idPath(n, "/id/recall")).Want(http.StatusNotFound).Text("main")] = true
		bodies[b.Post(idPath(n, "/id/recall"), url.Values{"email": {"x@example.com"}}).Want(http.StatusNotFound).Text("main")] = true
	}
	if len(bodies) != 1 || count(t, s, `select count(*) from letters where email_key = 'x@example.com'`) != 0 {
		t.Errorf("%d different answers", len(bodies))
	}
	japan := holder(t, s, toJapan)
	japan.Get(idPath(toJapan, "/id/recall")).Want(http.StatusNotFound)
	mei := s.Member(t, "li@example.com") // the parcel's own consignee
	if page := mei.Get(idPath(toChina, "/id/recall")).Want(http.StatusOK); page.Path != idPath(toChina, "/id/person") && page.Path != idPath(toChina, "/id") {
		t.Errorf("who is signed in is led to %s", page.Path)
	}
}

// TestResidentNumberIsNotShownAgain in the fields of the Korean recall.
func TestResidentNumberIsNotShownAgain(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toKorea)
	for _, values := range []url.Values{{"email": {resident}}, {"code": {resident}}, {"email": {resident + "@example.com"}}} {
		page := b.Post(idPath(toKorea, "/id/recall"), values).Want(http.StatusUnprocessableEntity)
		if strings.Contains(page.Body, resident) || strings.Contains(page.Body, strings.ReplaceAll(resident, "-", "")) {
			t.Errorf("%v is shown again", values)
		}
	}
	if count(t, s, `select count(*) from letters`) != 0 || strings.Contains(s.Log.String(), resident) {
		t.Error("the number is kept")
	}
}

// TestRecallFindsNobody and says so to whoever has proved the address, alone.
func TestRecallFindsNobody(t *testing.T) {
	t.Parallel()
	s := kept(t)
	b := holder(t, s, toTaiwan) // the guest's person serves China
	page := askRecall(b, toTaiwan, guest).Want(http.StatusOK).Form("main form").Fill("code", s.Letter(t, guest).Code).Submit().Want(http.StatusOK)
	if page.Path != idPath(toTaiwan, "/id/recall") || !strings.Contains(page.Text("main"), "Nobody is kept under this address for parcels to Taiwan") {
		t.Errorf("%s says %q", page.Path, page.Text("main"))
	}
	b.Post(idPath(toTaiwan, "/id/recall"), url.Values{"code": {" "}}).Want(http.StatusUnprocessableEntity)
}
