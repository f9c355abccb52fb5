//go:build browser

package browsertest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

// plain follows no redirect and unpacks nothing, so that what was sent is seen.
var plain = &http.Client{
	Transport:     &http.Transport{DisableCompression: true},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

var addresses atomic.Uint32

// address is a network address that no other test uses, in a network of its own,
// out of those kept for documents.
func address() string {
	n := addresses.Add(1)
	return fmt.Sprintf("2001:db8:%x:%x::1", n&0xffff, n>>16)
}

func splitComma(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

// fetch gets a page without a browser and checks its status.
func fetch(t testing.TB, path string, status int, headers ...string) []byte {
	t.Helper()
	body, _ := send(t, http.MethodGet, path, nil, status, headers...)
	return body
}

// send makes one request; headers are name, value, name, value.
func send(t testing.TB, method, path string, form url.Values, status int, headers ...string) ([]byte, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, site.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("X-Forwarded-For", address())
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := plain.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // read to its end below
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != status {
		t.Fatalf("%s %s: got %s, want %d", method, path, res.Status, status)
	}
	return body, res.Header
}
