package components_test

import (
	"context"
	"io"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func TestFixedSpeaksTheLanguageOfTheRequest(t *testing.T) {
	word := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		_, err := io.WriteString(w, locale.T(ctx, "home.button"))
		return err
	})
	fixed := components.Fixed(word)
	for range 2 {
		for _, lang := range locale.Languages() {
			want := locale.For(lang).T("home.button")
			if got := golden.Render(t, fixed, lang); got != want {
				t.Errorf("%s: got %q, want %q", lang, got, want)
			}
		}
	}
	if got, want := golden.Render(t, fixed, locale.Pseudo), locale.For(locale.Pseudo).T("home.button"); got != want {
		t.Errorf("test language: got %q, want %q", got, want)
	}
}

func TestFixedRendersOnceForAll(t *testing.T) {
	var mu sync.Mutex
	times := 0
	fixed := components.Fixed(templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		mu.Lock()
		defer mu.Unlock()
		times++
		_, err := io.WriteString(w, "x")
		return err
	}))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := fixed.Render(golden.Context(locale.English), io.Discard); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if want := len(locale.Languages()); times != want {
		t.Errorf("rendered %d times, want %d", times, want)
	}
	if err := fixed.Render(components.Prefixed(golden.Context(locale.English), "a-"), io.Discard); err != nil {
		t.Fatal(err)
	}
	if want := len(locale.Languages()) + 1; times != want {
		t.Errorf("with other ids: rendered %d times, want %d", times, want)
	}
}
