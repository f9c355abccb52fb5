//go:build browser

package browsertest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A checker that finds nothing proves nothing: these pages are broken on purpose.
func TestCheckersFindFaults(t *testing.T) {
	const sound = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sound</title><body><main><h1>Sound</h1><p>Words.</p></main></body></html>`
	tests := map[string]struct {
		html, policy string
		status       int
		find         func(*tab, int64) []string
		want         string // empty: nothing may be found
	}{
		"sound page":           {html: sound, find: everything},
		"sound page with 404":  {html: sound, status: 404, find: everything},
		"console error":        {html: sound + `<script>console.error("broken")</script>`, find: (*tab).complaints, want: "broken"},
		"exception":            {html: sound + `<script>null.x</script>`, find: (*tab).complaints, want: "TypeError"},
		"policy violation":     {html: sound + `<p style="color:red">x</p>`, policy: "style-src 'self'", find: (*tab).complaints, want: "style-src"},
		"third party":          {html: sound + `<img alt="" src="http://third.invalid/x.png">`, find: (*tab).complaints, want: "third.invalid"},
		"missing file":         {html: sound + `<img alt="" src="/missing.png">`, find: (*tab).complaints, want: "404"},
		"picture without text": {html: strings.Replace(sound, "<p>", `<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`, 1), find: axeOnly, want: "image-alt"},
		"pale text":            {html: strings.Replace(sound, "<p>", `<p style="color:#ccc">`, 1), find: axeOnly, want: "color-contrast"},
		"too wide":             {html: sound + `<div style="width:900px">x</div>`, find: wideOnly, want: "scrolls sideways"},
		"unreachable button":   {html: sound + `<button tabindex="-1">x</button>`, find: keyboardOnly, want: "never reached"},
		"invisible focus":      {html: sound + `<style>a:focus{outline:0}</style><a href="/">x</a>`, find: keyboardOnly, want: "no visible focus"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/" {
					if r.URL.Path == "/favicon.ico" {
						w.WriteHeader(http.StatusNoContent)
						return
					}
					http.NotFound(w, r)
					return
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				if tc.policy != "" {
					w.Header().Set("Content-Security-Policy", tc.policy)
				}
				w.WriteHeader(max(tc.status, 200))
				fmt.Fprint(w, tc.html) //nolint:errcheck // the browser tells what it got
			}))
			defer server.Close()
			b := openTab(t, look{width: 360})
			status := int64(max(tc.status, 200))
			b.visit(server.URL+"/", status)
			got := strings.Join(tc.find(b, status), "\n")
			if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
				t.Errorf("got faults %q, want one with %q", got, tc.want)
			}
		})
	}
}

func axeOnly(b *tab, _ int64) []string      { return b.axe(false, false) }
func wideOnly(b *tab, _ int64) []string     { return b.wide() }
func keyboardOnly(b *tab, _ int64) []string { return b.keyboard() }

func everything(b *tab, status int64) []string {
	faults := b.complaints(status)
	faults = append(faults, b.axe(false, false)...)
	faults = append(faults, b.wide()...)
	return append(faults, b.keyboard()...)
}
