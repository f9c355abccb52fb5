package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/fault"
)

func TestInvalidNamesFieldsNotValues(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		invalid fault.Invalid
		want    string
	}{
		"none": {nil, ""},
		"one":  {fault.Invalid{{Field: "postcode", Key: "postcode.long"}}, "postcode: postcode.long"},
		"some, in their order": {
			fault.Invalid{{Field: "phone", Key: "phone.short", Args: []string{"typed", "secret"}}, {Field: "name", Key: "name.empty"}},
			"phone: phone.short; name: name.empty",
		},
	} {
		if got := c.invalid.Error(); got != c.want || strings.Contains(got, "secret") {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestForGivesTheFirstProblemOfAField(t *testing.T) {
	t.Parallel()
	v := fault.Invalid{{Field: "a", Key: "first"}, {Field: "b", Key: "other"}, {Field: "a", Key: "second"}}
	for field, want := range map[string]string{"a": "first", "b": "other", "c": "", "": ""} {
		p, found := v.For(field)
		if p.Key != want || found != (want != "") {
			t.Errorf("field %q: %+v, %v, want %q", field, p, found, want)
		}
	}
}

// TestKindsSurviveWrapping finds each kind, and no other, under what callers add.
func TestKindsSurviveWrapping(t *testing.T) {
	t.Parallel()
	kinds := []error{fault.ErrNotFound, fault.ErrForbidden, fault.ErrConflict, fault.ErrUnavailable}
	for i, kind := range kinds {
		wrapped := fmt.Errorf("lock shipment: %w", fmt.Errorf("too late: %w", kind))
		for j, other := range kinds {
			if errors.Is(wrapped, other) != (i == j) {
				t.Errorf("%v is %v: %v", wrapped, other, !errors.Is(wrapped, other))
			}
		}
	}
}

func TestTooManyTellsHowLong(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("unlock: %w", fault.TooMany{Limit: "unlock", RetryAfter: 90 * time.Second})
	var limit fault.TooMany
	if !errors.As(err, &limit) || limit.RetryAfter != 90*time.Second || err.Error() != "unlock: too many: unlock" {
		t.Errorf("%v holds %+v", err, limit)
	}
	var invalid fault.Invalid
	if errors.As(err, &invalid) {
		t.Errorf("%v counts as something to mend: %v", err, invalid)
	}
}
