package rig_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ecms/portal/bench/rig"
)

// slow answers 503 a few times before each 200.
func slow(t *testing.T, refusals int32) (url string, asked *atomic.Int32) {
	t.Helper()
	asked = new(atomic.Int32)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) <= refusals {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, asked
}

func TestAwaitOKAsksUntil200(t *testing.T) {
	t.Parallel()
	url, asked := slow(t, 3)
	if err := rig.AwaitOK(t.Context(), url); err != nil || asked.Load() != 4 {
		t.Errorf("got %v after %d requests, want 200 at the fourth", err, asked.Load())
	}
}

func TestAwaitOKGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	url, _ := slow(t, 1<<30)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := rig.AwaitOK(ctx, url)
	if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), url+" never answered 200") {
		t.Errorf("got %v, want one that names the address", err)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	url, _ := slow(t, 2)
	p := shell(t, io.Discard, `exec sleep 60`)
	if err := p.Answers(t.Context(), url); err != nil || p.Exited() {
		t.Errorf("a program that answers: %v, ended %t", err, p.Exited())
	}
}

// A portal that refuses its settings ends at once; the run must not wait for it.
func TestAnswersNoticesAnEarlyEnd(t *testing.T) {
	t.Parallel()
	addr, err := rig.FreeAddr()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	err = shell(t, io.Discard, `exit 2`).Answers(ctx, "http://"+addr+"/readyz")
	if err == nil || ctx.Err() != nil || !strings.Contains(err.Error(), "sh ended before it answered") || !strings.Contains(err.Error(), "exit status 2") {
		t.Errorf("got %v (context: %v), want the program's end at once", err, ctx.Err())
	}
}

func TestAnswersLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	url, _ := slow(t, 1<<30)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	p := shell(t, io.Discard, `exec sleep 60`)
	if err := p.Answers(ctx, url); !errors.Is(err, context.DeadlineExceeded) || !p.Exited() {
		t.Errorf("got %v, ended %t; want the context's end and no program", err, p.Exited())
	}
}

func TestFreeAddrCanBeListenedOn(t *testing.T) {
	t.Parallel()
	addr, err := rig.FreeAddr()
	if err != nil || !strings.HasPrefix(addr, "127.0.0.1:") {
		t.Fatalf("got %q, %v; want a loopback address", addr, err)
	}
	if status, err := rig.Status(t.Context(), "http://"+addr); err == nil {
		t.Errorf("somebody answers there with %d", status)
	}
}

func TestPeakAnon(t *testing.T) {
	t.Parallel()
	sampling, stop := context.WithCancel(t.Context())
	peak := make(chan int, 1)
	go func() { peak <- rig.PeakAnon(sampling, os.Getpid()) }()
	const size = 48 << 20
	block := make([]byte, size)
	for i := 0; i < len(block); i += 4096 {
		block[i] = byte(i)
	}
	time.Sleep(120 * time.Millisecond)
	stop()
	if got := <-peak; got < size>>10 || block[4096] != 0 {
		t.Errorf("got %d KiB while %d KiB were held", got, size>>10)
	}
	if got := rig.PeakAnon(sampling, 1<<30); got != 0 {
		t.Errorf("a process that is not there: got %d KiB, want 0", got)
	}
}
