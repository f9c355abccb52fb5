//go:build browser

package browsertest_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long one step in the browser may take.
const patience = 15 * time.Second

// look says how a reader looks at a page.
type look struct {
	width    int64
	dark     bool
	noScript bool
	// address is the network address the portal sees, so that tests that use
	// up a limit don't use up each other's. Empty: loopback.
	address string
}

func (l look) String() string {
	s := fmt.Sprintf("%dpx-light", l.width)
	if l.dark {
		s = fmt.Sprintf("%dpx-dark", l.width)
	}
	if l.noScript {
		s += "-noscript"
	}
	return s
}

// tab is one page in a browser context of its own: no cookie is shared.
type tab struct {
	t    testing.TB
	ctx  context.Context
	from string // the address that the portal sees

	// language is the prefix that a flow stays below, read the mails that it has
	// opened; mute says that scripts are off.
	language string
	read     []string
	mute     bool

	mu       sync.Mutex
	messages []chromedp.ConsoleMessage
	requests []string
	marks    int
}

// openTab opens an empty tab that records its console and its requests.
func openTab(t testing.TB, l look) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(chromium, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx, from: l.address}
	// The first step binds the tab's life to its context: it may have no deadline.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a tab: %v", err)
	}
	b.record()
	if l.noScript {
		call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	}
	if l.address != "" {
		call(b, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"X-Forwarded-For": l.address}})
	}
	b.look(l)
	return b
}

// look changes width and theme of an open page, without a new request.
func (b *tab) look(l look) {
	b.t.Helper()
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if l.width > 0 {
		b.do(chromedp.EmulateViewport(l.width, 800))
	}
}

// record collects console messages and requests until the tab closes.
func (b *tab) record() {
	console := chromedp.Console(b.ctx)
	requests := chromedp.Events(b.ctx, network.RequestWillBeSent)
	go func() {
		for m, err := range console {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.messages = append(b.messages, m)
			b.mu.Unlock()
		}
	}()
	go func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.requests = append(b.requests, r.Request.URL)
			b.mu.Unlock()
		}
	}()
}

// do runs steps and fails the test with a picture when one can't be done.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.fail("%v", err)
	}
}

// visit opens an address and checks the answer's status.
func (b *tab) visit(address string, status int64) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.NavigateResponse(address))
	if err != nil {
		b.fail("open %s: %v", address, err)
	}
	if answer == nil || answer.Status != status {
		b.fail("open %s: got %v, want status %d", address, statusOf(answer), status)
	}
}

func statusOf(r *network.Response) string {
	if r == nil {
		return "no answer"
	}
	return fmt.Sprintf("status %d", r.Status)
}

// press clicks the first element that matches and waits for the page it leads to.
func (b *tab) press(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.fail("press %s: %v", selector, err)
	}
}

// write puts text into a field as a person would, key by key.
func (b *tab) write(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// text gives the visible text of the first element that matches.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return ask[string](b, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "")`, selector))
}

// location is the path and query of the page shown.
func (b *tab) location() string {
	b.t.Helper()
	u, err := url.Parse(ask[string](b, "location.href"))
	if err != nil {
		b.t.Fatal(err)
	}
	return u.RequestURI()
}

// fail stops the test and keeps a picture of what the browser shows.
func (b *tab) fail(format string, args ...any) {
	b.t.Helper()
	note := ""
	if path, err := b.picture("failed-" + b.t.Name()); err == nil {
		note = " (picture: " + path + ")"
	}
	b.t.Fatalf(format+note, args...)
}

// picture writes the whole page as PNG into tmp/shots.
func (b *tab) picture(name string) (string, error) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, "tmp", "shots", strings.NewReplacer("/", "-", " ", "-").Replace(name)+".png")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, png, 0o644)
}
