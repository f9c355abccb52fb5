package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// output is a stream that may be read while it is written.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// portal runs a command in an environment and gives its status and what it wrote.
func portal(ctx context.Context, env map[string]string, args ...string) (status int, out, err string) {
	var o, e output
	status = run(ctx, args, func(name string) string { return env[name] }, streams{strings.NewReader(""), &o, &e, ""})
	return status, o.String(), e.String()
}

func TestMistakesInCalling(t *testing.T) {
	t.Parallel()
	key := "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	tests := []struct {
		name, says string
		env        map[string]string
		args       []string
	}{
		{"unknown command", `there is no command "fly"`, nil, []string{"fly"}},
		{"arguments", "call it as: portal serve", nil, []string{"serve", "now"}},
		{"unknown flag", "flag provided but not defined: -fast", nil, []string{"demo", "--fast"}},
		{"bad day", `--as-of is "tomorrow"`, nil, []string{"demo", "--as-of", "tomorrow"}},
		{"bad address", "PORTAL_ADDR", map[string]string{"PORTAL_ADDR": "nowhere"}, []string{"serve"}},
		{"no key", "PORTAL_MASTER_KEY is not set", map[string]string{"DATABASE_URL": "postgres://localhost/x"}, []string{"serve"}},
		{"plain http", "PORTAL_BASE_URL", map[string]string{"DATABASE_URL": "postgres://localhost/x", "PORTAL_MASTER_KEY": key, "PORTAL_BASE_URL": "http://portal.example"}, []string{"serve"}},
	}
	for _, tc := range tests {
		status, out, says := portal(t.Context(), tc.env, tc.args...)
		if status != 2 || !strings.Contains(says, tc.says) || strings.Count(says, "\n") != 1 || out != "" {
			t.Errorf("%s: status %d, stderr %q, want 2 and one line with %q", tc.name, status, says, tc.says)
		}
	}
}

func TestDatabaseThatIsNotThere(t *testing.T) {
	t.Parallel()
	env := map[string]string{"DATABASE_URL": "host=/nonexistent dbname=x", "PORTAL_MASTER_KEY": "bG9uZyBzZWNyZXQgdGVzdCBrZXkAAQIDBAUGBwgJCgs="}
	for _, command := range []string{"serve", "migrate", "demo"} {
		if status, _, says := portal(t.Context(), env, command); status != 1 || strings.Count(says, "\n") != 1 {
			t.Errorf("%s: status %d, stderr %q", command, status, says)
		}
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	status, out, _ := portal(t.Context(), nil, "routes")
	var routes []struct{ Method, Path, Group, Class string }
	if err := json.Unmarshal([]byte(out), &routes); err != nil || status != 0 {
		t.Fatalf("status %d: %v", status, err)
	}
	found := map[string]string{}
	for _, r := range routes {
		found[r.Method+" "+r.Path] = r.Group + " " + r.Class
	}
	for route, want := range map[string]string{
		"GET /": "public page", "POST /track": "public form", "GET /track/{n}": "grant lookup", "GET /track/{n}.json": "grant lookup",
		"POST /track/{n}/unlock": "grant unlock", "POST /ops/shipments": "ops ops", "GET /static/{file...}": "public static", "GET /dev/gallery": "dev page",
	} {
		if found[route] != want {
			t.Errorf("%s is %q, want %q", route, found[route], want)
		}
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"help"}, {"--help"}, {"-h"}} {
		if status, out, _ := portal(t.Context(), nil, args...); status != 0 || !strings.Contains(out, "serve") {
			t.Errorf("%q: status %d, %q", args, status, out)
		}
	}
	if status, out, _ := portal(t.Context(), nil, "version"); status != 0 || !strings.HasPrefix(out, "portal ") {
		t.Errorf("version: status %d, %q", status, out)
	}
}

var sample = regexp.MustCompile(`http://\S+/track/EC\w{12}`)

func TestServeTwiceOnOneFolder(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "portal-serve")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	env := map[string]string{"PORTAL_DATA_DIR": dir, "PORTAL_ADDR": free(t), "PORTAL_ADMIN_ADDR": free(t)}
	_, port, _ := strings.Cut(env["PORTAL_ADDR"], ":")
	var first []string
	for round := range 2 {
		ctx, stop := context.WithCancel(t.Context())
		var out, errs output
		ended := make(chan int, 1)
		go func() {
			ended <- run(ctx, []string{"serve"}, func(n string) string { return env[n] }, streams{nil, &out, &errs, ""})
		}()
		for start := time.Now(); len(sample.FindAllString(out.String(), -1)) < 5; time.Sleep(50 * time.Millisecond) {
			if time.Since(start) > time.Minute || len(ended) > 0 {
				t.Fatalf("round %d: no samples\n%s\n%s", round, out.String(), errs.String())
			}
		}
		samples := sample.FindAllString(out.String(), -1)
		for _, url := range append(samples, "http://localhost:"+port+"/readyz") {
			if status := fetch(t, url); status != http.StatusOK {
				t.Errorf("round %d: %s: status %d", round, url, status)
			}
		}
		if round == 0 {
			first = samples
			if status, _, says := portal(t.Context(), env, "migrate"); status != 0 {
				t.Errorf("a command beside the running portal: status %d, %s", status, says)
			}
		} else if strings.Join(first, " ") != strings.Join(samples, " ") {
			t.Errorf("other samples at the second start:\n%q\n%q", first, samples)
		}
		stop()
		if status := <-ended; status != 0 {
			t.Errorf("round %d: stopped with status %d\n%s", round, status, errs.String())
		}
	}
}

func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func fetch(t *testing.T, url string) int {
	t.Helper()
	status, _ := fetchText(t, url)
	return status
}

func fetchText(t *testing.T, url string) (status int, text string) {
	t.Helper()
	response, err := http.Get(url) //nolint:noctx // our own server
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}
