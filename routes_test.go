package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// TestShapeOfRoutes holds the site map to the words that other programs know.
func TestShapeOfRoutes(t *testing.T) {
	t.Parallel()
	status, out, errs := portal(t.Context(), map[string]string{"DATABASE_URL": "not needed"}, "routes")
	decoder := json.NewDecoder(strings.NewReader(out))
	decoder.DisallowUnknownFields()
	var routes []struct {
		Method string `json:"method"`
		Path   string `json:"path"`
		Group  string `json:"group"`
		Class  string `json:"class"`
	}
	if err := decoder.Decode(&routes); err != nil || status != 0 || errs != "" || decoder.More() {
		t.Fatalf("status %d, %v: %s%s", status, err, out, errs)
	}
	groups := []string{"public", "grant", "member", "shipper", "staff", "ops", "api", "dev"}
	classes := []string{"lookup", "unlock", "form", "upload", "page", "static", "ops", "api"}
	seen := map[string]bool{}
	for _, r := range routes {
		name := r.Method + " " + r.Path
		if seen[name] {
			t.Errorf("%s is there twice", name)
		}
		seen[name] = true
		if !slices.Contains(groups, r.Group) || !slices.Contains(classes, r.Class) {
			t.Errorf("%s: group %q, class %q", name, r.Group, r.Class)
		}
		if !strings.HasPrefix(r.Path, "/") || strings.Contains(r.Path, ":") || !slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, r.Method) {
			t.Errorf("%s is not written as a method and a path", name)
		}
		for start, group := range map[string]string{"/ops/": "ops", "/dev/": "dev", "/api/": "api"} {
			if strings.HasPrefix(r.Path, start) != (r.Group == group) && group != "ops" {
				t.Errorf("%s is of group %s", name, r.Group)
			}
		}
		if r.Method == "GET" && r.Class == "form" || r.Method != "GET" && slices.Contains([]string{"page", "static", "lookup"}, r.Class) {
			t.Errorf("%s is of class %s", name, r.Class)
		}
	}
	for _, name := range []string{"GET /healthz", "GET /readyz", "GET /track/{n}.txt", "POST /ops/checkpoints", "GET /dev/gallery/{component}"} {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
	}
}
