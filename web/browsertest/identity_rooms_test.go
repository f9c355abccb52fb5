//go:build browser

package browsertest_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"

	"ecms/portal/web/webtest/journey"
)

// The people whom the pages of an identity are looked at as, beside the staff.
const (
	receiver = "receiver" // to whom parcels come, and who keeps nothing
	regular  = "regular"  // who has kept a person
)

// rooms are the parcels that the views look at, each left at one step, made once
// and only when a view asks.
var rooms struct {
	sync.Mutex
	of      map[string]journey.Consignee
	members map[string]string           // addresses
	inside  map[string]*journey.Visitor // signed in
	link    string
}

// room is the parcel of a name: of whom, who signs in for it, and how many steps of
// the form are done. Later is what happens to it then, once.
func room(t testing.TB, name, who string, of func(int) journey.Consignee, steps int, later ...func(testing.TB, journey.Consignee)) journey.Consignee {
	t.Helper()
	rooms.Lock()
	defer rooms.Unlock()
	if c, there := rooms.of[name]; there {
		return c
	}
	visitor := enterAs(t, who)
	c := asked(t, of, rooms.members[who])
	if steps > 0 {
		given(t, visitor, c, steps)
	}
	for _, act := range later {
		act(t, c)
	}
	rooms.of[name] = c
	return c
}

// enterAs registers one of those people, once, and gives their visitor. The lock of
// rooms is held.
func enterAs(t testing.TB, who string) *journey.Visitor {
	t.Helper()
	if rooms.of == nil {
		rooms.of, rooms.members, rooms.inside = map[string]journey.Consignee{}, map[string]string{}, map[string]*journey.Visitor{}
	}
	if rooms.inside[who] == nil {
		tokenOf(t, staff) // so that there is a map
		email, token := member(t)
		tokens.Lock()
		tokens.of[who] = token
		tokens.Unlock()
		rooms.members[who] = email
		rooms.inside[who] = signedIn(t, email)
	}
	return rooms.inside[who]
}

// withLink is a parcel that nobody has an account for, and the path of its link.
func withLink(t testing.TB) (c journey.Consignee, link string) {
	t.Helper()
	rooms.Lock()
	defer rooms.Unlock()
	if rooms.of == nil {
		rooms.of, rooms.members, rooms.inside = map[string]journey.Consignee{}, map[string]string{}, map[string]*journey.Visitor{}
	}
	if rooms.link == "" {
		email := newcomer()
		rooms.of["link"] = asked(t, journey.China, email)
		rooms.link = linkTo(t, email)
	}
	return rooms.of["link"], rooms.link
}

// atDesk is one of the staff's acts on the parcel's case, without a browser.
func atDesk(rest string, form url.Values) func(testing.TB, journey.Consignee) {
	return func(t testing.TB, c journey.Consignee) {
		t.Helper()
		send(t, http.MethodPost, "/en"+caseOf(t, c)+rest, form, http.StatusSeeOther, as(t, staff)...)
	}
}

func taken() func(testing.TB, journey.Consignee) { return atDesk("/take", nil) }

func accepted() func(testing.TB, journey.Consignee) {
	return atDesk("/decision", url.Values{"decision": {"accept"}})
}

func refusedBack() func(testing.TB, journey.Consignee) {
	return atDesk("/decision", url.Values{"decision": {"refuse"}, "reason_code": {"unreadable"}, "part_back": {"yes"}, "note": {"Back side is blurred."}})
}

// withdrawn is its owner's act. The lock of rooms is held.
func withdrawn(t testing.TB, c journey.Consignee) {
	t.Helper()
	page, err := rooms.inside[receiver].Post(t.Context(), path(c, "/id/withdraw"), nil)
	if err == nil {
		err = page.Want(http.StatusOK, path(c, "/id"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// other is somebody whose name is not the one on the parcel, which is odd.
func other(n int) journey.Consignee {
	c := journey.China(n)
	c.Person["name_local"] = "王芳"
	return c
}

// hongkong is a resident of Hong Kong who receives a parcel in China.
func hongkong(n int) journey.Consignee {
	c := journey.China(n)
	c.Name, c.Person["name_local"], c.Person["nationality"] = "陳大文", "陳大文", "HK"
	return c
}

// keeping is a citizen of China who keeps the person for the next parcel.
func keeping(n int) journey.Consignee {
	c := journey.China(n)
	c.Keep = "account"
	return c
}
