package pages_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

var failures = []int{400, 403, 404, 405, 410, 413, 415, 422, 429, 500, 502, 503, 504}

func TestFailuresSayWhatToDo(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, status := range failures {
			html := golden.Render(t, pages.Failure(pages.FailurePage{Status: status, RequestID: "k3x9mq2w"}), lang)
			doc := read(t, html)
			title, what := words(doc.Find("h1")), words(doc.Find(".failure .lead"))
			next := words(doc.Find(".failure .lead + p"))
			if title == "" || what == "" || next == "" || title == what || what == next {
				t.Errorf("%s %d: title %q, what %q, next %q", lang, status, title, what, next)
			}
			if regexp.MustCompile(`\b[45]\d\d\b`).MatchString(words(doc.Find("main"))) {
				t.Errorf("%s %d: a bare code stands on the page: %s", lang, status, words(doc.Find("main")))
			}
			if got, want := doc.Find(".failure a").AttrOr("href", ""), "/"+string(lang)+"/"; got != want {
				t.Errorf("%s %d: leads to %q, want %q", lang, status, got, want)
			}
			if !strings.HasPrefix(doc.Find("title").Text(), locale.For(lang).T("errors.prefix", "title", title)) {
				t.Errorf("%s %d: title %q is not heard as an error", lang, status, doc.Find("title").Text())
			}
		}
	}
}

// One page never names two times to wait.
func TestFailuresNameOneWait(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, tt := range []struct {
			status int
			wait   time.Duration
		}{{429, time.Second}, {429, 59 * time.Minute}, {429, 23 * time.Hour}, {503, 2 * time.Second}, {503, 12 * time.Minute}} {
			doc := read(t, golden.Render(t, pages.Failure(pages.FailurePage{Status: tt.status, RetryAfter: tt.wait}), lang))
			if got, want := words(doc.Find(".failure strong")), l.T("failure.wait", "wait", l.Wait(tt.wait)); got != want {
				t.Errorf("%s %d: wait %q, want %q", lang, tt.status, got, want)
			}
			next := l.T("failure." + map[int]string{429: "429", 503: "503"}[tt.status] + ".next")
			if strings.Contains(words(doc.Find("main")), next) {
				t.Errorf("%s %d: also says %q", lang, tt.status, next)
			}
			if doc.Find(".reference").Length() != 0 {
				t.Errorf("%s %d: an empty reference stands", lang, tt.status)
			}
		}
	}
}

func TestFailureTextSaysTheSame(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, status := range failures {
			p := pages.FailurePage{Status: status, RequestID: "k3x9mq2w", RetryAfter: 90 * time.Second}
			text, doc := pages.FailureText(l, p), read(t, golden.Render(t, pages.Failure(p), lang))
			for _, want := range []string{words(doc.Find("h1")), words(doc.Find(".lead")), words(doc.Find("strong")), "k3x9mq2w"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s %d: text lacks %q:\n%s", lang, status, want, text)
				}
			}
		}
	}
}

// Every problem that a form can have is listed on top, linked to its field, and
// stands beside it with what to do.
func TestProblemsStandOnTopAndBesideTheirField(t *testing.T) {
	t.Parallel()
	moving := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		for _, tt := range []struct{ page, field, key string }{
			{"home", "numbers", "track.numbers.empty"}, {"home", "numbers", "track.numbers.none"},
			{"home", "numbers", "track.numbers.misfit"}, {"home", "numbers", "track.numbers.malformed"},
			{"track", "phone_last4", "unlock.fact.empty"}, {"track", "postcode", "unlock.fact.wrong"},
			{"track", "phone_last4", "unlock.phone_last4.form"}, {"track", "order_no", "unlock.order_no.form"},
			{"unknown", "postcode", "unlock.postcode.form"}, {"unknown", "order_no", "unlock.fact.wrong"},
		} {
			problems := fault.Invalid{{Field: tt.field, Key: tt.key}}
			var html string
			switch tt.page {
			case "home":
				html = golden.Render(t, pages.Home(pages.HomePage{Problems: problems}), lang)
			case "track":
				p := moving
				p.Problems = problems
				html = golden.Render(t, pages.Track(p), lang)
			default:
				html = golden.Render(t, pages.Unknown(pages.UnknownPage{Number: "RB123456785SG", Kind: pages.NumberUnknown, Problems: problems}), lang)
			}
			doc, want := read(t, html), l.T(tt.key)
			if got := words(doc.Find(`main > .errors a[href="#` + tt.field + `"], main > .two .errors a[href="#` + tt.field + `"]`)); got != want {
				t.Errorf("%s %s %s: summary says %q, want %q", lang, tt.page, tt.key, got, want)
			}
			control := doc.Find("#" + tt.field)
			if control.AttrOr("aria-invalid", "") != "true" {
				t.Errorf("%s %s %s: field is not marked", lang, tt.page, tt.key)
			}
			if got := words(doc.Find("#" + tt.field + "-error")); got != want {
				t.Errorf("%s %s %s: beside the field %q, want %q", lang, tt.page, tt.key, got, want)
			}
			if !strings.Contains(control.AttrOr("aria-describedby", ""), tt.field+"-error") {
				t.Errorf("%s %s %s: field is not described by its error", lang, tt.page, tt.key)
			}
		}
	}
}
