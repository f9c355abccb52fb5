package locale_test

import (
	"context"
	"testing"

	"ecms/portal/internal/locale"
)

func TestTextsFillTheirPlaceholders(t *testing.T) {
	ctx := locale.With(context.Background(), locale.For(locale.Korean))
	if got, want := locale.T(ctx, "track.numbers.too_many", "max", "40"), "운송장 번호는 한 번에 40개까지 입력해 주세요."; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
	en := locale.For(locale.English)
	if got, want := en.T("track.numbers.too_many"), "Enter at most {max} waybill numbers at a time."; got != want {
		t.Errorf("T without values = %q, want %q", got, want)
	}
}
