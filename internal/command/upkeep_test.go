package command_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"ecms/portal/internal/shipment"
)

// TestVerifyFindsEachSpoiltValue and rebuild mends it.
func TestVerifyFindsEachSpoiltValue(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.fine(t, someShipments+"W5678,US,UTC,KR,Asia/Seoul\n", "import", "shipments", "-")
	s.fine(t, someCheckpoints, "import", "checkpoints", "-")
	for name, query := range map[string]string{
		"status":        `update shipments set tag = 'Delivered', subtag = 'Delivered_001' where waybill = 'W1234'`,
		"instant":       `update shipments set status_at = status_at + interval '1 second' where waybill = 'W1234'`,
		"count":         `update shipments set checkpoint_count = 7 where waybill = 'W1234'`,
		"customs state": `update shipments set customs_state = 'awaiting_duty', customs_since = now() where waybill = 'W5678'`,
		"public view":   `update shipment_timeline set body = replace(body, 'W1234', 'W5678') || ' ' where waybill = 'W1234'`,
		"no view":       `delete from shipment_timeline where waybill = 'W5678'`,
		"lost event":    `delete from checkpoints where code = 'MYSTERY'`,
	} {
		spoil(t, s.env["DATABASE_URL"], query)
		status, out, err := s.run(t, "", "verify")
		var report shipment.VerifyReport
		if json.Unmarshal([]byte(out), &report) != nil || status != 1 || len(report.Faults) == 0 || !strings.Contains(err, "portal rebuild mends") {
			t.Errorf("%s: status %d\n%s%s", name, status, out, err)
		}
		if out := s.fine(t, "", "rebuild"); out != "1 parcels mended\n" {
			t.Errorf("%s: %q", name, out)
		}
		s.fine(t, "", "verify")
	}
	if out := s.fine(t, "", "rebuild"); out != "0 parcels mended\n" {
		t.Errorf("nothing to do: %q", out)
	}
}

// TestVerifyFindsASpoiltCopy of a view on a shelf, and rebuild mends it.
func TestVerifyFindsASpoiltCopy(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	s.fine(t, someShipments, "import", "shipments", "-")
	spoil(t, s.env["DATABASE_URL"], `
with a as (insert into accounts (email, email_key, language, confirmed_at, created_at) values ('m@example.com', 'm@example.com', 'en', now(), now()) returning id)
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view) select id, 'W1234', 'to', 'fact', now(), 1, 'spoilt' from a`)
	if status, out, _ := s.run(t, "", "verify"); status != 1 || !strings.Contains(out, "kept view") {
		t.Errorf("status %d\n%s", status, out)
	}
	if out := s.fine(t, "", "rebuild"); out != "1 parcels mended\n" {
		t.Errorf("%q", out)
	}
	s.fine(t, "", "verify")
}

// TestCodesAreListedByFrequency, without what carriers wrote about people.
func TestCodesAreListedByFrequency(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	if out := s.fine(t, "", "codes", "--json"); out != "[]\n" {
		t.Errorf("nothing: %q", out)
	}
	var rows strings.Builder
	rows.WriteString("waybill,at,code,source,text\n")
	for _, code := range []string{"RARE,x", "OFTEN,x", "OFTEN,x", "OFTEN,y", "Delivered_001,x", "awaiting_duty,x", "often,x"} {
		rows.WriteString("W1234,2026-03-0" + string(rune('1'+strings.Count(rows.String(), "\n"))) + "T10:00:00Z," + code + ",Geheimnis\n")
	}
	s.fine(t, rows.String(), "import", "checkpoints", "-")
	var got []shipment.UnknownCode
	out := s.fine(t, "", "codes", "--json")
	if err := json.Unmarshal([]byte(out), &got); err != nil || strings.Contains(out, "Geheimnis") {
		t.Fatalf("%v: %s", err, out)
	}
	var words []string
	for _, c := range got {
		words = append(words, c.Source+" "+c.Code)
		if c.FirstSeen.After(c.LastSeen) || c.Count < 1 {
			t.Errorf("%+v", c)
		}
	}
	if got := strings.Join(words, ", "); got != "x OFTEN, x RARE, x often, y OFTEN" || out[0] != '[' {
		t.Errorf("listed %s", got)
	}
	table := s.fine(t, "", "codes")
	if lines := strings.Split(strings.TrimSpace(table), "\n"); len(lines) != 5 || !regexp.MustCompile(`^x +OFTEN +2 +2026-03-03T10:00:00Z +2026-03-04T10:00:00Z$`).MatchString(lines[1]) {
		t.Errorf("table:\n%s", table)
	}
}

// TestDemoAgain changes nothing on the same day, and keeps the waybills on another.
func TestDemoAgain(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	numbers := regexp.MustCompile(`EC\w{12}`)
	first := s.fine(t, "", "demo", "--as-of", "2026-03-09")
	before := s.fine(t, "", "verify")
	if second := s.fine(t, "", "demo", "--as-of", "2026-03-09"); second != first {
		t.Errorf("the second time says\n%swant\n%s", second, first)
	}
	if after := s.fine(t, "", "verify"); after != before {
		t.Errorf("the second time changes %s to %s", before, after)
	}
	later := s.fine(t, "", "demo") // today, a day later
	if got, want := numbers.FindAllString(later, -1), numbers.FindAllString(first, -1); strings.Join(got, " ") != strings.Join(want, " ") || len(want) != 5 {
		t.Errorf("another day has waybills %v, want %v", got, want)
	}
	s.fine(t, "", "verify")
	if other := s.fine(t, "", "demo", "--seed", "2"); strings.Contains(other, numbers.FindString(first)) {
		t.Error("another seed has the same waybills")
	}
	if out := s.fine(t, "", "codes", "--json"); !json.Valid([]byte(out)) {
		t.Errorf("codes: %s", out)
	}
	if out := s.fine(t, "", "version"); out != "portal a-build\n" {
		t.Errorf("version: %q", out)
	}
}
