package rig

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Proxied is the setting that lets the rig's visitors come from addresses of
// their own, as behind a proxy.
const Proxied = "PORTAL_TRUSTED_PROXIES=127.0.0.1/32"

// Visitor sends forms as a browser on a page of the portal would, without
// following redirects.
type Visitor struct {
	client *http.Client
	url    string
}

// NewVisitor opens a visitor of a portal; it may be used by many at once.
func NewVisitor(url string) *Visitor {
	transport := &http.Transport{MaxIdleConnsPerHost: 2048, DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Visitor{client: &http.Client{Transport: transport, CheckRedirect: stay, Timeout: 30 * time.Second}, url: url}
}

// Answer is what came back.
type Answer struct {
	Status   int
	Body     string
	Location string
	Cookies  []*http.Cookie
	Took     time.Duration
}

// From is an address that the n-th visitor comes from, each in a network of its own.
func From(n int) string { return fmt.Sprintf("10.%d.%d.7", n/250%250, n%250) }

// Get opens a page with cookies.
func (v *Visitor) Get(ctx context.Context, path, from string, cookies ...*http.Cookie) (Answer, error) {
	return v.send(ctx, http.MethodGet, path, from, nil, cookies)
}

// Post sends a form.
func (v *Visitor) Post(ctx context.Context, path, from string, form url.Values, cookies ...*http.Cookie) (Answer, error) {
	return v.send(ctx, http.MethodPost, path, from, form, cookies)
}

func (v *Visitor) send(ctx context.Context, method, path, from string, form url.Values, cookies []*http.Cookie) (Answer, error) {
	var body io.Reader = http.NoBody
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, v.url+path, body)
	if err != nil {
		return Answer{}, err
	}
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("X-Forwarded-For", from)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	start := time.Now()
	resp, err := v.client.Do(r)
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return Answer{resp.StatusCode, string(text), resp.Header.Get("Location"), resp.Cookies(), time.Since(start)}, err
}
