package locale_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/locale"
)

func TestContextCarriesTheLocale(t *testing.T) {
	ctx := locale.With(context.Background(), locale.For(locale.Korean))
	if got, want := locale.T(ctx, "track.numbers.too_many", "max", "40"), "운송장 번호는 한 번에 40개까지 입력해 주세요."; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
	if got := locale.From(ctx).Language(); got != locale.Korean {
		t.Errorf("From gives %s, want Korean", got)
	}
	if got := locale.From(context.Background()).Language(); got != locale.English {
		t.Errorf("without a locale From gives %s, want English", got)
	}
	if got := locale.For("xx").Language(); got != locale.English {
		t.Errorf("For an unknown language gives %s, want English", got)
	}
}

func TestUnfilledPlaceholdersStayVisible(t *testing.T) {
	en := locale.For(locale.English)
	if got, want := en.T("track.numbers.too_many"), "Enter at most {max} waybill numbers at a time."; got != want {
		t.Errorf("T without values = %q, want %q", got, want)
	}
}

func TestUnknownKeysStopATest(t *testing.T) {
	for name, ask := range map[string]func(){
		"T": func() { locale.For(locale.Korean).T("no.such.key") },
		"N": func() { locale.For(locale.English).N("no.such.key", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if said, ok := recover().(string); !ok || !strings.Contains(said, "no.such.key") {
					t.Errorf("asking for an unknown key says %q", said)
				}
			}()
			ask()
		})
	}
}

func TestAppendingSaysTheSame(t *testing.T) {
	at := time.Date(2026, time.March, 3, 9, 5, 59, 0, time.FixedZone("", 8*3600))
	for _, lang := range append(locale.Languages(), locale.Pseudo) {
		l := locale.For(lang)
		for _, tc := range []struct {
			name     string
			appended []byte
			want     string
		}{
			{"date", l.AppendDate([]byte("x"), 2026, time.March, 3), "x" + l.Date(2026, time.March, 3)},
			{"time", l.AppendTime([]byte("x"), at), "x" + l.Time(at)},
			{"date and time", l.AppendDateTime([]byte("x"), at), "x" + l.DateTime(at)},
			{"offset", l.AppendOffset([]byte("x"), -570), "x" + l.Offset(-570)},
		} {
			if string(tc.appended) != tc.want {
				t.Errorf("%s %s appended = %q, want %q", lang, tc.name, tc.appended, tc.want)
			}
		}
		if got := l.Time(at); got != "09:05" {
			t.Errorf("%s Time = %q, want 09:05", lang, got)
		}
		if got := l.Offset(-570); got != "UTC−9:30" {
			t.Errorf("%s Offset = %q, want UTC−9:30", lang, got)
		}
	}
}
