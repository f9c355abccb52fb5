package customs_test

import (
	"slices"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/locale"
)

func rule(t testing.TB, country string) customs.Rule {
	t.Helper()
	r, ok := customs.RuleFor(country, today)
	if !ok {
		t.Fatalf("no rule for %s", country)
	}
	return r
}

func TestRulesAreComplete(t *testing.T) {
	t.Parallel()
	for _, r := range customs.Rules() {
		if r.Source == "" || r.CheckedOn == "" || r.Basis == "" || r.ReturnAfter <= 0 || len(r.Documents) == 0 || !r.Transfer {
			t.Errorf("%s: %+v", r.Country, r)
		}
		if k := r.Retention; k.Draft <= 0 || k.Released <= 0 || k.Unused <= 0 || k.Looks < 730 {
			t.Errorf("%s keeps %+v", r.Country, k)
		}
		if !slices.IsSortedFunc(r.Remind, func(a, b int) int { return b - a }) || r.Remind[0] >= r.ReturnAfter {
			t.Errorf("%s reminds %v of %d days", r.Country, r.Remind, r.ReturnAfter)
		}
	}
	for _, country := range []string{"US", "JP", "HK", "SG", ""} {
		if _, ok := customs.RuleFor(country, today); ok {
			t.Errorf("%s asks for an identity", country)
		}
	}
	if _, ok := customs.RuleFor("KR", "2020-11-30"); ok {
		t.Error("Korea's rule has begun too early")
	}
	if due := rule(t, "CN").Due("2026-02-20"); due != "2026-03-06" {
		t.Errorf("due on %s", due)
	}
}

func TestWhoMayShowWhat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country, nationality string
		want                 []customs.DocType
	}{
		{"CN", "CN", []customs.DocType{customs.CNID, customs.CNHMPermit, customs.CNTWPermit, customs.CNHMTResidence}},
		{"CN", "TW", []customs.DocType{customs.CNHMPermit, customs.CNTWPermit, customs.CNHMTResidence}},
		{"CN", "US", []customs.DocType{customs.Passport, customs.CNResidence, customs.CNPermanent, customs.CNHMPermit}},
		{"KR", "KR", []customs.DocType{customs.KRCode}},
		{"KR", "VN", []customs.DocType{customs.KRCode}},
		{"TW", "TW", []customs.DocType{customs.TWEZWay, customs.TWID}},
		{"TW", "JP", []customs.DocType{customs.TWEZWay, customs.TWResident, customs.Passport}},
	} {
		var got []customs.DocType
		for _, d := range rule(t, c.country).DocumentsFor(c.nationality) {
			got = append(got, d.Doc)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s in %s: %v", c.nationality, c.country, got)
		}
	}
}

// TestKoreaTakesNoPicture, whatever its documents.
func TestKoreaTakesNoPicture(t *testing.T) {
	t.Parallel()
	for _, d := range rule(t, "KR").Documents {
		if len(d.Pictures) > 0 || d.Takes(customs.Front) {
			t.Errorf("%s asks for %v", d.Doc, d.Pictures)
		}
	}
}

// TestTexts counts those that the pages still lack a text for: none, once the
// catalogue has the form's keys at all.
func TestTexts(t *testing.T) {
	t.Parallel()
	en := locale.For(locale.English)
	if !en.Has("id.phone.empty") {
		t.Log("the catalogue does not speak of identities yet")
		return
	}
	for _, key := range customs.Keys() {
		if !en.Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
}

// TestSpansHoldUnderEveryRule, so that no text promises more than a rule gives.
func TestSpansHoldUnderEveryRule(t *testing.T) {
	t.Parallel()
	s := customs.RuleSpans()
	met := customs.Spans{}
	for _, r := range customs.Rules() {
		if s.Wait > r.ReturnAfter || s.Kept < r.Retention.Released || s.Unused < r.Retention.Unused {
			t.Errorf("%s: %+v", r.Country, s)
		}
		if s.Wait == r.ReturnAfter {
			met.Wait = s.Wait
		}
		met.Kept, met.Unused = max(met.Kept, r.Retention.Released), max(met.Unused, r.Retention.Unused)
		if r.Language == "" || !slices.IsSortedFunc(r.Remind, func(a, b int) int { return b - a }) || r.Remind[0] >= r.ReturnAfter {
			t.Errorf("%s: mails in %q, reminders %v before the end of %d days", r.Country, r.Language, r.Remind, r.ReturnAfter)
		}
	}
	if s != met || s.Wait == 0 {
		t.Errorf("%+v, want %+v", s, met)
	}
}
