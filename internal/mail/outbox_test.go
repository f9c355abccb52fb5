package mail_test

import (
	"errors"
	"fmt"
	"testing"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres/testdb"
)

func TestOutboxKeepsEachMailOnce(t *testing.T) {
	t.Parallel()
	outbox := mail.NewOutbox(testdb.New(t))
	if got, err := outbox.List(t.Context(), 10); err != nil || len(got) != 0 {
		t.Errorf("an empty outbox lists %v, %v", got, err)
	}
	for range 3 {
		if err := outbox.Send(t.Context(), hello()); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		m := hello()
		m.Ref, m.Subject = fmt.Sprint("later-", i), fmt.Sprint(i)
		if err := outbox.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	list, err := outbox.List(t.Context(), 10)
	if err != nil || len(list) != 4 || list[0].Ref != "later-2" || list[3].Ref != hello().Ref || list[3].Text != "" {
		t.Errorf("listed %+v, %v; want four, the newest first", list, err)
	}
	if some, err := outbox.List(t.Context(), 2); err != nil || len(some) != 2 || some[0].Ref != "later-2" {
		t.Errorf("the newest two: %+v, %v", some, err)
	}
	one, err := outbox.Find(t.Context(), hello().Ref)
	if err != nil || one.To != hello().To || one.Subject != hello().Subject || one.Text != hello().Text || one.HTML != hello().HTML || one.At.IsZero() {
		t.Errorf("found %+v, %v", one, err)
	}
	for _, ref := range []string{"nothing", "", "\x00", "\xff", "../x"} {
		if _, err := outbox.Find(t.Context(), ref); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("the mail %q, which is not there: %v", ref, err)
		}
	}
	m := hello()
	m.To = "a@example.com\r\nBcc: b@example.com"
	if err := outbox.Send(t.Context(), m); !errors.Is(err, mail.ErrPermanent) {
		t.Errorf("two readers: %v", err)
	}
}
