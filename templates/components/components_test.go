package components_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func render(t *testing.T, ctx context.Context, c templ.Component) string {
	t.Helper()
	var b strings.Builder
	if err := c.Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func contains(t *testing.T, html, want string) {
	t.Helper()
	if !strings.Contains(html, want) {
		t.Errorf("want %q in\n%s", want, html)
	}
}

func TestBarcodeIsARealCode128(t *testing.T) {
	// The widths of "EC1" in set B: start, E, C, 1, check (104+37+2*35+3*17 = 262, mod 103 = 56), stop.
	want := "2 1 1 2 1 4 1 3 2 1 1 3 1 3 1 3 2 1 1 2 3 2 2 1 3 3 1 1 2 1 2 3 3 1 1 1 2"
	html := golden.Render(t, components.Barcode("EC1"), locale.English)
	contains(t, html, `stroke-dasharray="`+want+`"`)
	sum := 0
	for _, w := range strings.Fields(want) {
		n, err := strconv.Atoi(w)
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	contains(t, html, `viewBox="0 0 `+strconv.Itoa(sum)+` 30"`)
}

func TestBarcodeIsLeftOutWhenItCannotBeDrawn(t *testing.T) {
	for _, number := range []string{"", "运单", strings.Repeat("A", 41)} {
		if html := golden.Render(t, components.Barcode(number), locale.English); html != "" {
			t.Errorf("bars of %q: got %s, want none", number, html)
		}
	}
}

func TestTextFromOutsideIsEscaped(t *testing.T) {
	nasty := `"><script>alert(1)</script>`
	html := golden.Render(t, components.History(components.Timeline{
		Clocks: nasty, Events: []components.Event{{Day: nasty, Instant: nasty, Time: nasty, Other: nasty, What: nasty, Where: nasty, Raw: nasty}},
	}), locale.English)
	html += golden.Render(t, components.Facts(nasty, []components.Fact{{Name: nasty, Value: nasty, Note: nasty, Href: "javascript:alert(1)"}}), locale.English)
	html += golden.Render(t, components.Question(components.Field{Name: "n", Label: nasty, Value: nasty, Error: nasty, Rows: 2}), locale.English)
	if strings.Contains(html, "<script") || strings.Contains(html, "javascript:") {
		t.Errorf("markup came through:\n%s", html)
	}
}

func TestDeadlineSaysTheDaysLeft(t *testing.T) {
	for _, tt := range []struct {
		days int
		want string
	}{{12, "12 days left"}, {1, "1 day left"}, {0, "last day today"}, {-1, "1 day over"}, {-3, "3 days over"}} {
		html := golden.Render(t, components.Due(components.Deadline{Day: "2026-04-02", Days: tt.days}), locale.English)
		contains(t, html, tt.want)
		contains(t, html, `<time datetime="2026-04-02">2 April 2026</time>`)
	}
}

func TestStatusIsNeverColourAlone(t *testing.T) {
	for _, tone := range []components.Tone{components.ToneMoving, components.ToneWait, components.ToneDone, components.ToneStop} {
		contains(t, golden.Render(t, components.Stamp("A word", tone), locale.English), ">A word<")
	}
	html := golden.Render(t, components.Progress([]components.Step{{Name: "Customs", State: components.StepNow}}), locale.Korean)
	contains(t, html, `aria-current="step"`)
	contains(t, html, locale.For(locale.Korean).T("progress.now"))
}
