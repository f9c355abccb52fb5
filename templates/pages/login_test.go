package pages_test

import (
	"bytes"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
	"ecms/portal/templates/pages"
)

// TestBusyPageIsShort: net/http keeps 2,048 bytes of an answer back until the
// handler is done, and then sends them with the headers in one write.
func TestBusyPageIsShort(t *testing.T) {
	t.Parallel()
	email := strings.Repeat("m", 50) + "@example.com"
	for _, lang := range locale.Languages() {
		ctx := layouts.WithShell(locale.With(t.Context(), locale.For(lang)), layouts.Shell{Lang: lang, Prefix: "/" + string(lang), Path: "/login"})
		var out bytes.Buffer
		if err := pages.LoginBusy(pages.LoginPage{Email: email}).Render(ctx, &out); err != nil {
			t.Fatal(err)
		}
		if out.Len() > 2048 || !strings.Contains(out.String(), email) {
			t.Errorf("%s: %d bytes\n%s", lang, out.Len(), out.String())
		}
	}
}
