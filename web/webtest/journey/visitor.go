// Package journey goes through a served portal as people do: it opens pages, fills
// the forms that stand on them and follows where they lead. It knows the portal by
// its pages alone, so that it can walk through any process that serves them.
package journey

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// mostSteps is how many redirects are followed.
const mostSteps = 10

// Visitor is one browser with cookies of its own. It keeps secure cookies on plain
// HTTP too, as browsers do on localhost.
type Visitor struct {
	// URL is the portal's, Address where the visitor comes from behind a trusted proxy.
	URL, Address string
	// Language is the Accept-Language.
	Language string

	client *http.Client
	mu     sync.Mutex
	jar    map[string]string
}

// NewVisitor opens a browser on a portal.
func NewVisitor(base, address, language string) *Visitor {
	transport := &http.Transport{DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Visitor{
		URL: base, Address: address, Language: language, jar: map[string]string{},
		client: &http.Client{Transport: transport, CheckRedirect: stay, Timeout: 2 * time.Minute},
	}
}

// Page is an answer.
type Page struct {
	Status int
	Header http.Header
	Body   string
	// Path is where it was found, after all redirects.
	Path string

	visitor *Visitor
	parsed  *goquery.Document
}

// Get opens an address.
func (v *Visitor) Get(ctx context.Context, path string) (*Page, error) {
	return v.send(ctx, http.MethodGet, path, nil, "")
}

// Post sends a form as a page of this site would.
func (v *Visitor) Post(ctx context.Context, path string, values url.Values) (*Page, error) {
	return v.send(ctx, http.MethodPost, path, strings.NewReader(values.Encode()), "application/x-www-form-urlencoded")
}

// Leave closes the visitor's connections.
func (v *Visitor) Leave() { v.client.CloseIdleConnections() }

// Moved is the same visitor, with the same cookies, on the portal's new address.
func (v *Visitor) Moved(base string) *Visitor {
	moved := NewVisitor(base, v.Address, v.Language)
	v.mu.Lock()
	defer v.mu.Unlock()
	moved.jar = maps.Clone(v.jar)
	return moved
}

func (v *Visitor) send(ctx context.Context, method, path string, body io.Reader, kind string) (*Page, error) {
	for range mostSteps {
		page, err := v.once(ctx, method, path, body, kind)
		if err != nil || page.Status < 300 || page.Status > 399 || page.Status == http.StatusNotModified {
			return page, err
		}
		next, err := url.Parse(page.Header.Get("Location"))
		if err != nil {
			return nil, err
		}
		method, path, body, kind = http.MethodGet, next.RequestURI(), nil, ""
	}
	return nil, fmt.Errorf("%s leads on and on", path)
}

func (v *Visitor) once(ctx context.Context, method, path string, body io.Reader, kind string) (*Page, error) {
	if body == nil {
		body = http.NoBody
	}
	r, err := http.NewRequestWithContext(ctx, method, v.URL+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Language", v.Language)
	if v.Address != "" {
		r.Header.Set("X-Forwarded-For", v.Address)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("Origin", v.URL)
	}
	v.mu.Lock()
	for _, name := range slices.Sorted(maps.Keys(v.jar)) {
		r.AddCookie(&http.Cookie{Name: name, Value: v.jar[name]})
	}
	v.mu.Unlock()
	response, err := v.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	v.keep(response.Cookies())
	text, err := io.ReadAll(response.Body)
	return &Page{Status: response.StatusCode, Header: response.Header, Body: string(text), Path: path, visitor: v}, err
}

func (v *Visitor) keep(cookies []*http.Cookie) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range cookies {
		if c.MaxAge < 0 {
			delete(v.jar, c.Name)
		} else {
			v.jar[c.Name] = c.Value
		}
	}
}

// Find selects elements by CSS.
func (p *Page) Find(selector string) *goquery.Selection {
	if p.parsed == nil {
		found, err := goquery.NewDocumentFromReader(strings.NewReader(p.Body))
		if err != nil { // a text always parses
			found = goquery.NewDocumentFromNode(nil)
		}
		p.parsed = found
	}
	return p.parsed.Find(selector)
}

// Text is what the elements say, with single spaces.
func (p *Page) Text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).Text()), " ")
}

// Want is an error unless the answer has this status and lies under this path,
// whatever its language and query. It says what the page complains of.
func (p *Page) Want(status int, under string) error {
	path, _, _ := strings.Cut(p.Path, "?")
	if p.Status == status && strings.HasSuffix(path, under) {
		return nil
	}
	return fmt.Errorf("%s: status %d, want %d under %s: %s", path, p.Status, status, under, p.complaint())
}

func (p *Page) complaint() string {
	if text := p.Text(".error, .errors"); text != "" {
		return text
	}
	text := p.Text("main h1, h1")
	return text[:min(len(text), 200)]
}
