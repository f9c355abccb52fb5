package webtest

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Browser is one visitor with cookies of their own.
type Browser struct {
	// Address is where the visitor comes from.
	Address string
	// Language is their Accept-Language; empty sends none.
	Language string

	t      testing.TB
	site   *Site
	client *http.Client
}

// Visitor opens a new browser, which follows redirects.
func (s *Site) Visitor(t testing.TB) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	client := *s.server.Client()
	client.Jar = jar
	return &Browser{Address: "198.51.100.7", t: t, site: s, client: &client}
}

// Dial opens a bare connection, for requests that no browser sends.
func (s *Site) Dial(t testing.TB) net.Conn {
	t.Helper()
	address := s.server.Listener.Addr().String()
	var (
		c   net.Conn
		err error
	)
	if s.plain {
		c, err = net.Dial("tcp", address)
	} else {
		config := s.server.Client().Transport.(*http.Transport).TLSClientConfig.Clone() //nolint:forcetypeassert // httptest's own
		config.ServerName = "example.com"
		c, err = tls.Dial("tcp", address, config)
	}
	if err != nil {
		t.Fatalf("webtest: %v", err)
	}
	return c
}

// Still makes the browser stop at redirects, to look at them.
func (b *Browser) Still() *Browser {
	client := *b.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	still := *b
	still.client = &client
	return &still
}

// Client is what the browser sends with, for requests that are slow on purpose.
func (b *Browser) Client() *http.Client { return b.client }

// Cookie gives the value that the browser keeps by this name; empty for none.
func (b *Browser) Cookie(name string) string {
	u, err := url.Parse(b.site.URL)
	if err != nil {
		b.t.Fatalf("webtest: %v", err)
	}
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Get opens an address.
func (b *Browser) Get(path string, headers ...string) *Page {
	b.t.Helper()
	return b.Send(http.MethodGet, path, nil, headers...)
}

// Post sends a form, as a page of this site would.
func (b *Browser) Post(path string, values url.Values, headers ...string) *Page {
	b.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin"}, headers...)
	return b.Send(http.MethodPost, path, strings.NewReader(values.Encode()), headers...)
}

// Send makes any request; headers are name, value, name, value.
func (b *Browser) Send(method, path string, body io.Reader, headers ...string) *Page {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.site.URL+path, body)
	if err != nil {
		b.t.Fatalf("webtest: %v", err)
	}
	r.Header.Set("X-Forwarded-For", b.Address)
	if b.Language != "" {
		r.Header.Set("Accept-Language", b.Language)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(r)
	if err != nil {
		b.t.Fatalf("webtest: %s %s: %v", method, path, err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatalf("webtest: %s %s: %v", method, path, err)
	}
	return &Page{Status: response.StatusCode, Header: response.Header, Body: string(answer), Path: response.Request.URL.RequestURI(), browser: b}
}

// Page is an answer.
type Page struct {
	Status int
	Header http.Header
	Body   string
	// Path is where it was found, after all redirects.
	Path string

	browser *Browser
	parsed  *goquery.Document
}

// Find selects elements by CSS.
func (p *Page) Find(selector string) *goquery.Selection {
	p.browser.t.Helper()
	if p.parsed == nil {
		var err error
		if p.parsed, err = goquery.NewDocumentFromReader(bytes.NewReader([]byte(p.Body))); err != nil {
			p.browser.t.Fatalf("webtest: %s: %v", p.Path, err)
		}
	}
	return p.parsed.Find(selector)
}

// Text is the text of the elements, with single spaces.
func (p *Page) Text(selector string) string {
	p.browser.t.Helper()
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// Want stops the test unless the answer has this status.
func (p *Page) Want(status int) *Page {
	p.browser.t.Helper()
	if p.Status != status {
		p.browser.t.Fatalf("%s: status %d, want %d\n%s", p.Path, p.Status, status, p.Body[:min(len(p.Body), 2000)])
	}
	return p
}

// Follow opens the first link that the selector finds.
func (p *Page) Follow(selector string) *Page {
	p.browser.t.Helper()
	href, ok := p.Find(selector).First().Attr("href")
	if !ok {
		p.browser.t.Fatalf("%s has no link %s", p.Path, selector)
	}
	return p.browser.Get(href)
}
