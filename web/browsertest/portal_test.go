//go:build browser

package browsertest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// portal is the real program, as make run starts it: built, with a private
// PostgreSQL in a folder of its own and the demo parcels loaded.
type portal struct {
	url string
	dir string // of its data
	cmd *exec.Cmd
	out *output
	end chan error
}

// output keeps what the portal prints, for the day it does not start.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

// String gives what was printed, but for the requests that went well.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	var kept strings.Builder
	for line := range strings.Lines(o.text.String()) {
		if !strings.Contains(line, `"msg":"request"`) || strings.Contains(line, `"status":5`) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// startPortal builds the portal and starts it with its data in dir. Loopback
// is a trusted proxy, so that each test may come from an address of its own.
func startPortal(dir string) (*portal, error) {
	program := filepath.Join(dir, "portal")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	port, admin := freePort(), freePort()
	p := &portal{url: "http://localhost:" + port, dir: filepath.Join(dir, "data"), out: &output{}, end: make(chan error, 1)}
	p.cmd = exec.Command(program, "serve")
	p.cmd.Dir = dir
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	p.cmd.Env = append(withoutSettings(os.Environ()), "PORTAL_ADDR=127.0.0.1:"+port, "PORTAL_ADMIN_ADDR=127.0.0.1:"+admin,
		"PORTAL_BASE_URL="+p.url, "PORTAL_DATA_DIR="+p.dir, "PORTAL_TRUSTED_PROXIES=127.0.0.1,::1")
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.end <- p.cmd.Wait() }()
	return p, p.wait()
}

// withoutSettings drops the settings of whoever runs the tests.
func withoutSettings(env []string) (kept []string) {
	for _, v := range env {
		if !strings.HasPrefix(v, "DATABASE_URL=") && (!strings.HasPrefix(v, "PORTAL_") || strings.HasPrefix(v, "PORTAL_PG_BIN=")) {
			kept = append(kept, v)
		}
	}
	return kept
}

func freePort() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close() //nolint:errcheck // only its number was wanted
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// wait returns when the portal is ready and its demo parcels are there.
func (p *portal) wait() error {
	for end := time.Now().Add(90 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-p.end:
			p.end <- err
			return fmt.Errorf("the portal ended: %w\n%s", err, p.out)
		default:
		}
		if p.status("/readyz") == http.StatusOK && p.status("/track/"+string(demoParcels()[0].Waybill)+".json") == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("the portal did not get ready\n%s", p.out)
}

func (p *portal) status(path string) int {
	res, err := http.Get(p.url + path)
	if err != nil {
		return 0
	}
	defer res.Body.Close()               //nolint:errcheck // read to its end or dropped
	_, _ = io.Copy(io.Discard, res.Body) // so that the connection is used again
	return res.StatusCode
}

// stop asks the portal to end, as Ctrl-C does, and waits for it.
func (p *portal) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	select {
	case err := <-p.end:
		if err != nil {
			return fmt.Errorf("the portal did not stop cleanly: %w\n%s", err, p.out)
		}
		return nil
	case <-ctx.Done():
		return errors.Join(errors.New("the portal did not stop within 20 s"), p.cmd.Process.Kill())
	}
}
