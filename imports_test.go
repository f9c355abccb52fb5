package main_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "ecms/portal/"

// tools know no domain and may be used by any line of the table; those that use
// one another are listed.
var tools = []string{"internal/fault", "internal/money", "internal/locale", "internal/postgres", "internal/job", "internal/mail", "internal/document", "internal/seal", "internal/typeface"}

// mayImport is the dependency rule: what each package may import of our own
// beside the tools. The longest key that matches a package's folder counts; a
// package that no line matches may import nothing of ours.
var mayImport = map[string][]string{
	"internal/fault":    {},
	"internal/money":    {},
	"internal/locale":   {"internal/fault"},
	"internal/seal":     {"internal/fault"},
	"internal/postgres": {"internal/fault", "internal/postgres", "migrations"},
	"internal/job":      {"internal/fault", "internal/postgres"},
	"internal/mail":     {"internal/fault", "internal/locale", "internal/postgres"},
	"internal/document": {"internal/fault", "internal/locale", "internal/postgres", "internal/seal", "internal/typeface"},
	"internal/typeface": {"internal/locale"},
	"internal/paper":    {"internal/locale", "internal/paper", "internal/typeface"},
	"internal/config":   {"internal/fault", "internal/seal"},
	"internal/prose":    {},

	"internal/account":        {"tools"},
	"internal/shipment/shelf": {"tools", "internal/shipment", "internal/account", "internal/customs"}, // when what is needed is due
	"internal/shipment":       {"tools", "internal/shipment", "internal/account"},
	"internal/customs":        {"tools", "internal/customs", "internal/shipment", "internal/account"},
	"internal/billing":        {"tools", "internal/shipment", "internal/account"},
	"internal/claim":          {"tools", "internal/shipment", "internal/account"},
	"internal/faq":            {"tools", "internal/prose"},
	"internal/legal":          {"tools", "internal/prose"},
	"internal/contact":        {"tools"},
	"internal/needs":          {"tools", "internal/shipment", "internal/customs", "internal/billing", "internal/claim"},
	"internal/demo":           {"tools", "internal/account", "internal/shipment", "internal/customs", "internal/billing", "internal/claim"},
	"internal/command":        {"internal", "migrations"},

	"static":               {},
	"migrations":           {},
	"templates/components": {"internal/fault", "internal/locale", "internal/money", "internal/prose", "templates/components"},
	"templates/layouts":    {"internal/fault", "internal/locale", "internal/money", "internal/contact", "templates/components", "static"},
	"templates/pages":      {"internal", "templates", "static"},
	"templates/mails":      {"internal"},
	"templates/golden":     {"internal/locale", "templates/layouts"}, // for tests of the three
	"web":                  {"internal", "templates", "static", "web"},
	"web/staff":            {"internal", "templates", "static", "web"},
	"web/browsertest":      {},
}

// mayNotImport names what a folder never imports, of ours or of others, unless
// a folder below it is listed as excepted.
var mayNotImport = []struct {
	folder   string
	packages []string
	except   []string
	why      string
}{
	{"internal", []string{module + "web", module + "templates", module + "static", "net/http", "github.com/labstack/echo", "github.com/a-h/templ"}, []string{"internal/command"}, "the domain speaks parcels, not HTTP or HTML"},
	{"internal/command", []string{module + "templates", module + "static", "github.com/labstack/echo", "github.com/a-h/templ"}, nil, "a command starts and stops, it shows no page"},
	{"templates", []string{module + "web", "github.com/labstack/echo", "github.com/jmoiron/sqlx", "github.com/lib/pq", module + "internal/postgres", module + "internal/job"}, nil, "a page shows what it is given"},
	{"web", []string{"github.com/jmoiron/sqlx", "github.com/lib/pq", "database/sql", module + "internal/command", module + "internal/demo"}, []string{"web/webtest"}, "no SQL at the edge"},
}

func TestDependencyRule(t *testing.T) {
	for folder, imports := range importsOf(t) {
		for _, arrow := range forbidden(folder, imports) {
			t.Error(arrow)
		}
	}
}

func TestDependencyRuleRefuses(t *testing.T) {
	tests := []struct {
		folder, path string
		refused      bool
	}{
		{"internal/shipment", module + "internal/needs", true},
		{"internal/claim", module + "internal/billing", true},
		{"internal/fault", module + "internal/postgres", true},
		{"internal/shipment/feed", "net/http", true},
		{"internal/shipment/feed", module + "web", true},
		{"templates/pages", "github.com/jmoiron/sqlx", true},
		{"templates/components", module + "internal/shipment", true},
		{"web/aftership", "github.com/lib/pq", true},
		{"util", module + "internal/fault", true},
		{"internal/account", module + "internal/shipment", true},
		{"internal/shipment/shelf", module + "templates/pages", true},
		{"internal/faq", module + "internal/shipment", true},
		{"templates/mails", module + "templates/layouts", true},
		{"templates/mails", module + "web", true},
		{"web/staff", "database/sql", true},
		{"internal/shipment/shelf", module + "internal/account", false},
		{"internal/claim", module + "internal/shipment", false},
		{"web", module + "internal/needs", false},
		{"web/webtest", "github.com/lib/pq", false},
		{".", module + "web", false},
	}
	for _, tc := range tests {
		if got := forbidden(tc.folder, []string{tc.path}); (len(got) > 0) != tc.refused {
			t.Errorf("%s importing %s: got %q, want refused %v", tc.folder, tc.path, got, tc.refused)
		}
	}
}

// forbidden gives the arrows from a folder that the rule does not have.
func forbidden(folder string, imports []string) (arrows []string) {
	allowed, known := rule(folder)
	if !known {
		arrows = append(arrows, folder+": no line in mayImport; give it one")
	}
	for _, path := range imports {
		own, isOwn := strings.CutPrefix(path, module)
		if isOwn && folder != "." && !below(own, allowed) {
			arrows = append(arrows, folder+" imports "+own+": the dependency rule has no such arrow")
		}
		for _, ban := range mayNotImport {
			if below(folder, []string{ban.folder}) && !below(folder, ban.except) && below(path, ban.packages) {
				arrows = append(arrows, folder+" imports "+path+": "+ban.why)
			}
		}
	}
	return arrows
}

// rule finds the line that counts for a folder, with the tools spelled out.
func rule(folder string) (allowed []string, known bool) {
	if folder == "." {
		return nil, true
	}
	for at := folder; at != "."; at = filepath.ToSlash(filepath.Dir(at)) {
		if line, ok := mayImport[at]; ok {
			if slices.Contains(line, "tools") {
				line = append(slices.Clone(line), tools...)
			}
			return line, true
		}
	}
	return nil, false
}

// below tells whether a path is one of the folders or lies inside one.
func below(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return path == f || strings.HasPrefix(path, f+"/") })
}

// importsOf reads the imports of every package of the portal, tests left out.
// The files are read here, and not by go list, so that the test cache knows them.
func importsOf(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != "." && (strings.HasPrefix(name, ".") || slices.Contains([]string{"node_modules", "tmp", "bench", "testdata"}, name)) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		imports[folder] = append(imports[folder], nil...)
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			imports[folder] = append(imports[folder], name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(imports) < 10 {
		t.Fatalf("found only %d packages", len(imports))
	}
	return imports
}
