//go:build browser

package browsertest_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// ask evaluates an expression in the page. It works with scripts off, too: it
// is the test that asks, not the page.
func ask[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.fail("evaluate %.60q: %v", expression, err)
	}
	return v
}

// call sends one command of the DevTools protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, command, params); err != nil {
		b.fail("%s: %v", command.Method, err)
	}
}

// drain gives what the console and the network saw since the last drain. It
// writes a mark of its own to the console and waits until the mark arrives, so
// that nothing which came before it is missed.
func (b *tab) drain() (messages []chromedp.ConsoleMessage, requests []string) {
	b.t.Helper()
	b.marks++
	mark := fmt.Sprintf("browsertest mark %d", b.marks)
	ask[any](b, fmt.Sprintf("console.debug(%q)", mark))
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		b.mu.Lock()
		for i, m := range b.messages {
			if m.Text == mark {
				messages, requests = b.messages[:i], b.requests
				b.messages, b.requests = b.messages[i+1:], nil
				b.mu.Unlock()
				return messages, requests
			}
		}
		b.mu.Unlock()
	}
	b.fail("the console never showed %q", mark)
	return nil, nil
}

// complaints turns what was drained into faults: console errors and warnings,
// exceptions, policy violations, and requests that leave the portal.
// status is the page's own, which Chromium logs as an error when it is 4xx or 5xx.
func (b *tab) complaints(status int64) (faults []string) {
	b.t.Helper()
	messages, requests := b.drain()
	for _, m := range messages {
		page := status >= 400 && m.Source == "network" && strings.Contains(m.Text, fmt.Sprintf("status of %d", status))
		if page || m.Type == chromedp.ConsoleDebug || m.Type == chromedp.ConsoleInfo || m.Type == chromedp.ConsoleLog {
			continue
		}
		faults = append(faults, fmt.Sprintf("console: %s %s (%s:%d)", m.Source, m, m.URL, m.Line+1))
	}
	origin := ask[string](b, "location.origin")
	for _, r := range requests {
		if !strings.HasPrefix(r, origin+"/") && !strings.HasPrefix(r, "data:") && !strings.HasPrefix(r, "about:") {
			faults = append(faults, "request to a third party: "+r)
		}
	}
	return faults
}
