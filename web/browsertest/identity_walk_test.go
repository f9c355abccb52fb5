//go:build browser

package browsertest_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"ecms/portal/web"
	"ecms/portal/web/webtest/journey"
)

var placeholder = regexp.MustCompile(`\{([a-z]+)(?:\.\.\.)?\}`)

// TestLinkOpensNothingOfAnother walks the whole site map of the running portal with
// the right that one parcel's link gives, and another parcel in every address.
func TestLinkOpensNothingOfAnother(t *testing.T) {
	t.Parallel()
	email, _ := member(t)
	theirs := asked(t, func(n int) journey.Consignee {
		c := journey.China(n)
		c.Name, c.Person["name_local"] = "欧阳修竹", "欧阳修竹"
		return c
	}, email)
	owner := signedIn(t, email)
	given(t, owner, theirs, 3)
	before := stateOf(t, owner, theirs)

	own := newcomer()
	mine := asked(t, journey.Korea, own)
	v := journey.NewVisitor(site.url, address(), "en")
	t.Cleanup(v.Leave)
	opened(t, v, linkTo(t, own), mine)

	in := map[string]string{"n": theirs.Waybill, "key": strings.TrimPrefix(linkTo(t, email), "/p/"), "id": strings.TrimPrefix(caseOf(t, theirs), "/staff/ids/"), "slot": "front"}
	number := theirs.Document["doc_number"]
	secrets := []string{theirs.Name, "欧**", number, number[:3] + "*", theirs.Phone, strings.ReplaceAll(theirs.Phone, " ", ""), email, before}
	for _, told := range []string{secrets[1], secrets[3]} { // to its owner they are
		if page, err := owner.Get(t.Context(), path(theirs, "/id/receipt")); err != nil || !strings.Contains(page.Body, told) {
			t.Fatalf("the owner's receipt does not show %q: %v", told, err)
		}
	}
	doors := 0
	for _, r := range (&web.Portal{}).Routes() {
		if r.Group == web.Dev || r.Path == "/logout" {
			continue // mails for developers; and what ends the walk
		}
		path := placeholder.ReplaceAllStringFunc(r.Path, func(name string) string {
			if value, known := in[strings.Trim(name, "{.}")]; known {
				return value
			}
			return "1"
		})
		page := walked(t, v, r.Method, path, mine)
		doors++
		if strings.HasPrefix(r.Path, "/parcels/{n}") && page.Status != http.StatusNotFound {
			t.Errorf("%s %s: status %d", r.Method, r.Path, page.Status)
		}
		for _, secret := range secrets {
			if strings.Contains(page.Body, secret) {
				t.Errorf("%s %s shows %q", r.Method, r.Path, secret)
			}
		}
	}
	if after := stateOf(t, owner, theirs); after != before || doors < 80 {
		t.Errorf("after %d doors it is %q, before %q", doors, after, before)
	}
	if page, err := v.Get(t.Context(), path(mine, "/id/person")); err != nil || page.Want(http.StatusOK, path(mine, "/id/person")) != nil {
		t.Errorf("the link's own parcel is not open after all: %v", err)
	}
}

// walked tries one door: a form with all that the walker knows.
func walked(t *testing.T, v *journey.Visitor, method, path string, mine journey.Consignee) *journey.Page {
	t.Helper()
	var page *journey.Page
	var err error
	if method == http.MethodPost {
		page, err = v.Post(t.Context(), path, url.Values{
			"phone_last4": {mine.Fact()}, "name_local": {"홍길동"}, "phone": {"13800138000"}, "doc_number": {"11010519491231002X"}, "form_id": {"1"}, "person_id": {"1"},
			"consent_customs": {"yes"}, "consent_transfer": {"yes"}, "decision": {"accept"}, "reason": {"review"}, "erase_asked": {"yes"}, "act": {"remove"},
		})
	} else {
		page, err = v.Get(t.Context(), path)
	}
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	if page.Status >= 500 {
		t.Errorf("%s %s: status %d", method, path, page.Status)
	}
	return page
}

// opened lets a visitor in by a link and its second fact.
func opened(t *testing.T, v *journey.Visitor, link string, c journey.Consignee) {
	t.Helper()
	page, err := v.Post(t.Context(), link, url.Values{"phone_last4": {c.Fact()}})
	if err == nil {
		err = page.Want(http.StatusOK, path(c, "/id/person"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// stateOf is the reference under which an identity waits for review.
func stateOf(t *testing.T, owner *journey.Visitor, c journey.Consignee) string {
	t.Helper()
	page, err := owner.Get(t.Context(), path(c, "/id"))
	if err == nil {
		err = page.Want(http.StatusOK, path(c, "/id"))
	}
	reference := ""
	if err == nil && page.Find("form[action$='/id/withdraw']").Length() == 1 {
		reference = identityReference.FindString(page.Text("main"))
	}
	if reference == "" {
		t.Fatalf("nothing waits for review: %v", err)
	}
	return reference
}
