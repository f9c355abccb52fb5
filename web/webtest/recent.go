package webtest

import (
	"context"
	"testing"
)

// KeepingRecent lets the portal keep the sessions that it has just read, as serve
// does, from when the line for it is whole. Its pings are trips of the Wire too.
func KeepingRecent(t testing.TB) Option {
	return func(s *Site) {
		ctx, end := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- s.Accounts.KeepRecent(ctx, s.Wire.URL()) }()
		t.Cleanup(func() {
			end()
			if err := <-done; err != nil {
				t.Errorf("webtest: %v", err)
			}
		})
	}
}
