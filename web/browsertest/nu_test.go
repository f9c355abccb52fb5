//go:build browser && matrix

package browsertest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNuChecker gives the HTML of every page in every language to the Nu HTML
// checker, all in one run of it.
func TestNuChecker(t *testing.T) {
	dir := t.TempDir()
	pages := 0
	for _, language := range languages {
		for name, html := range allHTML(t, language) {
			pages++
			if err := os.WriteFile(filepath.Join(dir, name+"."+language+".html"), html, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, m := range nu(t, dir) {
		t.Error(m)
	}
	t.Logf("%d pages checked", pages)
}

func TestNuCheckerFindsFaults(t *testing.T) {
	dir := t.TempDir()
	const broken = `<!doctype html><html lang="en"><title>x</title><body><ul><p>x</p></ul></body></html>`
	if err := os.WriteFile(filepath.Join(dir, "broken.html"), []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := nu(t, dir); len(got) == 0 || !strings.Contains(got[0], "broken.html:1") {
		t.Errorf("got %q, want an error in line 1 of broken.html", got)
	}
}

// allHTML is every page of a language by name, got without a browser.
func allHTML(t *testing.T, language string) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{}
	for _, v := range views(t) {
		if v.then == nil {
			pages[v.name] = fetch(t, "/"+language+v.path, int(v.status), as(t, v.as)...)
		}
	}
	p := parcel(t, "in customs", inCustoms)
	track := "/" + language + "/track/" + string(p.Waybill)
	post := func(name, path string, status int, form url.Values, headers ...string) http.Header {
		body, header := send(t, http.MethodPost, path, form, status, headers...)
		if len(body) > 0 && status != http.StatusSeeOther {
			pages[name] = body
		}
		return header
	}
	post("home-empty", "/"+language+"/track", 422, url.Values{"numbers": {""}})
	list := post("list-mixed", "/"+language+"/track", 303, url.Values{"numbers": {string(p.Waybill) + " " + unknownNumber + " " + misfitNumber}})
	pages["list-mixed"] = fetch(t, list.Get("Location"), 200)
	// a parcel of its own, as twenty wrong facts from everywhere shut one
	tried := "/" + language + "/track/" + string(parcel(t, "returning", returning).Waybill)
	post("wrong-fact", tried+"/unlock", 422, url.Values{"order_no": {"no such order"}})
	post("forbidden", track+"/unlock", 403, url.Values{"order_no": {"x"}}, "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example")
	post("wrong-method", "/"+language+"/", 405, nil)
	pages["too-many"] = tooMany(t, language)
	header := post("unlocked", track+"/unlock", 303, url.Values{"order_no": {p.OrderNo}})
	var held []string
	for _, line := range header["Set-Cookie"] {
		cookie, _, _ := strings.Cut(line, ";")
		held = append(held, cookie)
	}
	pages["unlocked"] = fetch(t, track, 200, "Cookie", strings.Join(held, "; "))
	if !strings.Contains(string(pages["unlocked"]), p.OrderNo) {
		t.Errorf("%s: the unlocked page does not show order number %s", language, p.OrderNo)
	}
	return pages
}

// tooMany asks for unknown numbers from one address until it is told to wait.
func tooMany(t *testing.T, language string) []byte {
	t.Helper()
	from := address()
	for range 60 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.url+"/"+language+"/track/"+unknownNumber, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Forwarded-For", from)
		res, err := plain.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close() //nolint:errcheck // only the status counts
		if res.StatusCode == http.StatusTooManyRequests {
			return fetch(t, "/"+language+"/track/"+unknownNumber, 429, "X-Forwarded-For", from)
		}
	}
	t.Fatal("60 unknown numbers from one address were all answered")
	return nil
}

// nu runs the checker over a folder and gives its errors and warnings.
func nu(t *testing.T, dir string) (faults []string) {
	t.Helper()
	jar := filepath.Join(root, "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	if _, err := os.Stat(jar); err != nil {
		t.Fatalf("the Nu checker is not installed (make browser does it): %v", err)
	}
	out, err := exec.Command("java", "-Xss2m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html", dir).Output()
	if err != nil {
		t.Fatalf("run the Nu checker: %v", err)
	}
	var answer struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatalf("read the Nu checker's answer: %v\n%.300s", err, out)
	}
	places := map[string][]string{}
	for _, m := range answer.Messages {
		if m.Type == "info" && m.SubType != "warning" {
			continue
		}
		kind := strings.TrimSpace(m.Type+" "+m.SubType) + ": " + m.Message
		places[kind] = append(places[kind], fmt.Sprintf("%s:%d (%q)", filepath.Base(m.URL), m.LastLine, m.Extract))
	}
	for kind, at := range places {
		faults = append(faults, fmt.Sprintf("%s at %d places, first %s", kind, len(at), at[0]))
	}
	slices.Sort(faults)
	return faults
}
