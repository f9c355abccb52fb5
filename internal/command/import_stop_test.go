package command_test

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// TestImportStopsWhileItsInputWaits does not need a second Ctrl-C when nobody
// types on or the pipe is silent.
func TestImportStopsWhileItsInputWaits(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	in, silent := io.Pipe()
	defer func() { _ = silent.Close() }()
	go func() {
		for _, part := range []string{someCheckpoints, "W1234"} { // the second is asked for once the first is read
			_, _ = silent.Write([]byte(part))
		}
		stop()
	}()
	ended := make(chan string, 1)
	go func() {
		status, _, err := s.runFrom(ctx, in, "import", "checkpoints", "-")
		ended <- fmt.Sprint(status, " ", err)
	}()
	select {
	case got := <-ended:
		if !strings.HasPrefix(got, "3 ") || !strings.Contains(got, "stopped") || strings.Contains(got, "committed") {
			t.Errorf("status and words: %s", got)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it does not stop")
	}
	if out := s.fine(t, "", "verify"); !strings.Contains(out, `"waiting": 0`) {
		t.Errorf("half a file came in:\n%s", out)
	}
}

// stopper is an input that stops its command once it is read to the end.
type stopper struct {
	io.Reader
	stop func()
}

func (s stopper) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil {
		s.stop()
	}
	return n, err
}

// TestImportStoppedAtItsEnd claims only what is in, and the same call goes on.
func TestImportStoppedAtItsEnd(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	ctx, stop := context.WithCancel(t.Context())
	status, out, err := s.runFrom(ctx, stopper{strings.NewReader(someShipments), stop}, "import", "shipments", "-")
	r := reportOf(t, out)
	if in := strings.Contains(err, "committed through line 2\n"); in != (r.Added == 1) || in != (status == 0) || !in && status != 3 {
		t.Errorf("status %d, %+v\n%s", status, r, err)
	}
	if again := reportOf(t, s.fine(t, someShipments, "import", "shipments", "-")); again.Added+r.Added != 1 {
		t.Errorf("again: %+v after %+v", again, r)
	}
}

// TestImportStoppedBehindItsEnd is done: a stop that comes as all is in takes
// nothing back.
func TestImportStoppedBehindItsEnd(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	s.hear = func(line string) {
		if strings.HasPrefix(line, "committed through line 3") {
			stop()
		}
	}
	status, out, err := s.runFrom(ctx, strings.NewReader(someCheckpoints), "import", "checkpoints", "-")
	if r := reportOf(t, out); status != 0 || r.Waiting != 2 {
		t.Errorf("status %d, %+v\n%s", status, r, err)
	}
}
