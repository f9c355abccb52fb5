package webtest

import (
	"encoding/base32"
	"errors"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

// Password is that of everybody whom Member and StaffMember sign in.
const Password = "violet harbour 42 lanterns"

// Member gives a browser in which a customer is signed in. Who has no account by
// the address yet gets one, in English.
func (s *Site) Member(t testing.TB, email string) *Browser {
	t.Helper()
	return s.signedIn(t, email, account.Customer)
}

// StaffMember is Member for one of the carrier's people.
func (s *Site) StaffMember(t testing.TB, email string) *Browser {
	t.Helper()
	return s.signedIn(t, email, account.Staff)
}

func (s *Site) signedIn(t testing.TB, email string, role account.Role) *Browser {
	t.Helper()
	found, err := s.Portal.Accounts.Find(t.Context(), email)
	if errors.Is(err, fault.ErrNotFound) {
		found, err = s.Portal.Accounts.Make(t.Context(), account.Account{Email: email, Role: role, Language: locale.English}, Password)
	}
	if err != nil || found.Role != role {
		t.Fatalf("webtest: an account of role %q for %s, wanted %q: %v", found.Role, email, role, err)
	}
	b := s.Visitor(t)
	b.Still().Post("/login", url.Values{"email": {email}, "password": {Password}}).Want(303)
	if b.Cookie("__Host-session") == "" {
		t.Fatalf("webtest: %s is not signed in", email)
	}
	return b
}

// Letter gives the newest unused letter to the address, as it will be written: its
// link is a path of the site. Of several at the same moment it is any.
func (s *Site) Letter(t testing.TB, email string) account.Mailing {
	t.Helper()
	var ref []byte
	err := s.Portal.Web.Get(t.Context(), &ref, `select ref from letters where email_key = $1 and used_at is null order by created_at desc limit 1`, account.EmailKey(email))
	if err != nil {
		t.Fatalf("webtest: no letter for %s: %v", email, err)
	}
	letter, err := s.Portal.Accounts.ToSend(t.Context(), strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(ref)))
	if err != nil {
		t.Fatalf("webtest: the letter for %s: %v", email, err)
	}
	return letter
}
