package locale_test

import (
	"testing"
	"time"

	"ecms/portal/internal/locale"
)

func TestDates(t *testing.T) {
	for _, tc := range []struct{ day, en, hans, hant, ko string }{
		{"2026-03-03", "3 March 2026", "2026年3月3日", "2026年3月3日", "2026년 3월 3일"},
		{"2028-02-29", "29 February 2028", "2028年2月29日", "2028年2月29日", "2028년 2월 29일"},
		{"2026-12-31", "31 December 2026", "2026年12月31日", "2026年12月31日", "2026년 12월 31일"},
		{"", "", "", "", ""},
		{"2026-13-01", "2026-13-01", "2026-13-01", "2026-13-01", "2026-13-01"},
		{"soon", "soon", "soon", "soon", "soon"},
		{"2026-0a-01", "2026-0a-01", "2026-0a-01", "2026-0a-01", "2026-0a-01"},
	} {
		for i, want := range []string{tc.en, tc.hans, tc.hant, tc.ko} {
			lang := locale.Languages()[i]
			if got := locale.For(lang).Day(tc.day); got != want {
				t.Errorf("%s Day(%q) = %q, want %q", lang, tc.day, got, want)
			}
		}
	}
	if got := locale.For(locale.English).Date(2026, 0, 1); got != "" {
		t.Errorf("Date without a month = %q, want nothing", got)
	}
}

func TestRangesShareWhatIsCommon(t *testing.T) {
	for _, tc := range []struct{ from, to, en, hans, ko string }{
		{"2026-03-03", "2026-03-06", "3–6 March 2026", "2026年3月3日至6日", "2026년 3월 3일~6일"},
		{"2026-02-27", "2026-03-02", "27 February – 2 March 2026", "2026年2月27日至3月2日", "2026년 2월 27일~3월 2일"},
		{"2026-12-30", "2027-01-02", "30 December 2026 – 2 January 2027", "2026年12月30日至2027年1月2日", "2026년 12월 30일~2027년 1월 2일"},
		{"2026-03-03", "2027-03-03", "3 March 2026 – 3 March 2027", "2026年3月3日至2027年3月3日", "2026년 3월 3일~2027년 3월 3일"},
		{"2026-03-03", "2026-03-03", "3 March 2026", "2026年3月3日", "2026년 3월 3일"},
		{"2026-03-03", "", "3 March 2026", "2026年3月3日", "2026년 3월 3일"},
		{"", "2026-03-03", "3 March 2026", "2026年3月3日", "2026년 3월 3일"},
	} {
		for lang, want := range map[locale.Language]string{
			locale.English: tc.en, locale.SimplifiedChinese: tc.hans, locale.TraditionalChinese: tc.hans, locale.Korean: tc.ko,
		} {
			if got := locale.For(lang).Range(tc.from, tc.to); got != want {
				t.Errorf("%s Range(%q, %q) = %q, want %q", lang, tc.from, tc.to, got, want)
			}
		}
	}
}

func TestClocksKeepTheOffsetOfTheirZone(t *testing.T) {
	for _, tc := range []struct{ zone, utc, en, ko, offset string }{
		{"Asia/Shanghai", "2026-03-03T06:05:00Z", "3 March 2026, 14:05", "2026년 3월 3일 14:05", "UTC+8"},
		{"America/Los_Angeles", "2026-03-08T09:59:00Z", "8 March 2026, 01:59", "2026년 3월 8일 01:59", "UTC−8"},
		{"America/Los_Angeles", "2026-03-08T10:00:00Z", "8 March 2026, 03:00", "2026년 3월 8일 03:00", "UTC−7"},
		{"America/New_York", "2026-11-01T05:30:00Z", "1 November 2026, 01:30", "2026년 11월 1일 01:30", "UTC−4"},
		{"America/New_York", "2026-11-01T06:30:00Z", "1 November 2026, 01:30", "2026년 11월 1일 01:30", "UTC−5"},
		{"Asia/Kolkata", "2025-12-31T18:30:00Z", "1 January 2026, 00:00", "2026년 1월 1일 00:00", "UTC+5:30"},
		{"America/St_Johns", "2026-01-01T03:30:00Z", "1 January 2026, 00:00", "2026년 1월 1일 00:00", "UTC−3:30"},
		{"UTC", "2026-01-01T00:00:00Z", "1 January 2026, 00:00", "2026년 1월 1일 00:00", "UTC"},
	} {
		zone, err := time.LoadLocation(tc.zone)
		if err != nil {
			t.Fatal(err)
		}
		utc, err := time.Parse(time.RFC3339, tc.utc)
		if err != nil {
			t.Fatal(err)
		}
		at := utc.In(zone)
		_, seconds := at.Zone()
		if got := locale.For(locale.English).DateTime(at); got != tc.en {
			t.Errorf("%s en DateTime = %q, want %q", tc.zone, got, tc.en)
		}
		if got := locale.For(locale.Korean).DateTime(at); got != tc.ko {
			t.Errorf("%s ko DateTime = %q, want %q", tc.zone, got, tc.ko)
		}
		if got := locale.For(locale.English).Offset(seconds / 60); got != tc.offset {
			t.Errorf("%s Offset = %q, want %q", tc.zone, got, tc.offset)
		}
	}
}

func TestWaitsAreRoundedUp(t *testing.T) {
	for _, tc := range []struct {
		wait time.Duration
		want string
	}{
		{0, "1 minute"},
		{time.Second, "1 minute"},
		{61 * time.Second, "2 minutes"},
		{time.Hour, "60 minutes"},
		{2 * time.Hour, "2 hours"},
		{23*time.Hour + time.Second, "24 hours"},
	} {
		if got := locale.For(locale.English).Wait(tc.wait); got != tc.want {
			t.Errorf("Wait(%v) = %q, want %q", tc.wait, got, tc.want)
		}
	}
}
