package pages_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/static"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// most is what the first view of a parcel may weigh, compressed as it is sent.
const most = 14 << 10

func packed(t *testing.T, text string) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err = w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

func TestFirstViewIsLight(t *testing.T) {
	css, ok := static.Find(static.URL("app.css"))
	if !ok {
		t.Fatal("no style sheet")
	}
	for _, lang := range locale.Languages() {
		page, ok := pages.GalleryPage(golden.Context(lang), "page-track-delivered") // 22 events
		if !ok {
			t.Fatal("no sample")
		}
		html := golden.Render(t, page, lang)
		total := packed(t, html) + len(css.Gzip)
		t.Logf("%s: %d bytes of HTML, %d compressed, with the style sheet %d", lang, len(html), packed(t, html), total)
		if total > most {
			t.Errorf("%s: first view weighs %d bytes, at most %d", lang, total, most)
		}
	}
}

func TestScriptIsSmall(t *testing.T) {
	js, ok := static.Find(static.URL("app.js"))
	if !ok || len(js.Body) > 10<<10 {
		t.Errorf("app.js: %d bytes, at most %d", len(js.Body), 10<<10)
	}
}

func BenchmarkTrack(b *testing.B) { benchmark(b, "page-track-delivered") }

// BenchmarkDashboardPage renders the first page of an account that keeps 20 parcels.
func BenchmarkDashboardPage(b *testing.B) { benchmark(b, "page-dashboard-many") }

func benchmark(b *testing.B, state string) {
	b.Helper()
	ctx := golden.Context(locale.English)
	page, ok := pages.GalleryPage(ctx, state)
	if !ok {
		b.Fatal("no sample")
	}
	var buf bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		buf.Reset()
		if err := page.Render(ctx, &buf); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(buf.Len()))
}
