// Package golden compares rendered HTML with files in testdata and checks what
// must hold for any page. Only for tests: run them with -update to write the
// files anew, and read the difference before committing it.
package golden

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Render gives a component's HTML in a language, as if asked for at /zh-Hans/track/EC....
func Render(t testing.TB, c templ.Component, lang locale.Language) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(Context(lang), &b); err != nil {
		t.Fatalf("render in %s: %v", lang, err)
	}
	return b.String()
}

// Context is that of a request for a parcel's page in a language.
func Context(lang locale.Language) context.Context {
	shell := layouts.Shell{Lang: lang, Prefix: "/" + string(lang), Path: "/track/EC7K3M9QTR2XW5"}
	return layouts.WithShell(locale.With(context.Background(), locale.For(lang)), shell)
}

// Compare holds html against testdata/NAME.html, one tag a line so that
// differences can be read.
func Compare(t testing.TB, name, html string) {
	t.Helper()
	path := filepath.Join("testdata", strings.NewReplacer(" ", "-", ",", "", "'", "").Replace(name)+".html")
	got := strings.ReplaceAll(html, "><", ">\n<") + "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path) // #nosec G304 -- the name comes from the test
	if err != nil {
		t.Fatalf("%v (run with -update to write it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}
