package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
)

const guesses = 400 // tries of each kind; by 200 chance alone is often outside 0.45 to 0.55

// question is a form that must not tell a known name from an unknown one.
type question struct {
	what, path     string
	want           int
	known, unknown func(i int) url.Values
}

func questions(parcels int) []question {
	email := func(of func(int) string, more url.Values) func(int) url.Values {
		return func(i int) url.Values {
			form := url.Values{"email": {of(i)}}
			for name, values := range more {
				form[name] = values
			}
			return form
		}
	}
	wrong := url.Values{"password": {"not the right one at all"}}
	return []question{
		{"sign-in", "/login", http.StatusUnprocessableEntity, email(customer, wrong), email(stranger, wrong)},
		{"register", "/register", http.StatusSeeOther, email(customer, nil), email(stranger, nil)},
		{"reset", "/password/forgot", http.StatusSeeOther, email(customer, nil), email(stranger, nil)},
		{
			"guest join", "/account/parcels/add", http.StatusUnprocessableEntity,
			func(i int) url.Values {
				return url.Values{"number": {string(feedgen.Waybill((i*101 + 7) % parcels))}, "phone_last4": {"0000"}}
			},
			func(i int) url.Values {
				return url.Values{"number": {string(feedgen.Waybill(parcels + i))}, "phone_last4": {"0000"}}
			},
		},
	}
}

// enumeration tells how well answers to known and to unknown names can be told
// apart by their time; one that differs in status or bytes ends the run.
func enumeration(ctx context.Context, b *rig.Bed, s settings, t *table) error {
	_, portal, stop, err := inhabited(ctx, b, s)
	if err != nil {
		return err
	}
	defer stop()
	v := rig.NewVisitor(portal.URL)
	session, err := signIn(ctx, v, customers-1)
	if err != nil {
		return err
	}
	for _, q := range questions(s.parcels) {
		known, unknown, err := guess(ctx, v, q, session)
		if err != nil {
			return fmt.Errorf("%s: %w", q.what, err)
		}
		fmt.Printf("  %s: median %s known, %s unknown\n", q.what, rig.Percentile(known, 50), rig.Percentile(unknown, 50))
		t.add(q.what+": known told from unknown by time (AUC)", rig.Apart(known, unknown), "", "0.45-0.55", "0.5")
	}
	return nil
}

// varying are the parts of an answer that differ from one try to the next
// whoever asks: what was typed, and what is drawn by chance.
var varying = regexp.MustCompile(`(customer|stranger)\d+|EC[0-9A-Z]{12}|EC( [0-9A-Z]{4}){3}|[0-9a-f]{16}`)

// guess asks about both kinds in an order of chance.
func guess(ctx context.Context, v *rig.Visitor, q question, session *http.Cookie) (known, unknown []time.Duration, err error) {
	order := make([]bool, 0, 2*guesses)
	for i := range 2 * guesses {
		order = append(order, i%2 == 0)
	}
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] }) //nolint:gosec // any order will do
	body, from := "", rand.IntN(20_000)                                                  //nolint:gosec // other networks than the last run's
	for n, isKnown := range order {
		form := q.unknown(n)
		if isKnown {
			form = q.known(n % customers)
		}
		a, err := v.Post(ctx, q.path, rig.From(from+n), form, session)
		if err != nil {
			return nil, nil, err
		}
		text := varying.ReplaceAllString(a.Body+a.Location, "*")
		if n == 0 {
			body = text
		}
		if a.Status != q.want || text != body {
			return nil, nil, fmt.Errorf("try %d (known: %v) answers %d, want %d; %d bytes, the first %d", n, isKnown, a.Status, q.want, len(text), len(body))
		}
		if isKnown {
			known = append(known, a.Took)
		} else {
			unknown = append(unknown, a.Took)
		}
	}
	return known, unknown, nil
}
