package account_test

import (
	"testing"

	"ecms/portal/internal/account"
)

// TestSpansFitOneAnother guards the figures that the privacy notice shows.
func TestSpansFitOneAnother(t *testing.T) {
	t.Parallel()
	s := account.Kept()
	if s.SessionIdle <= 0 || s.SessionIdle >= s.SessionLife || s.Tries <= 0 || s.Letters <= s.Tries || s.Events <= s.Letters {
		t.Errorf("%+v: unused sessions end before any, tries before letters, letters before the list of sign-ins", s)
	}
}
