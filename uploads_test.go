package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ecms/portal/internal/document/specimen"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/web/webtest/journey"
)

// mostMemory is what the portal may have taken at its peak, in KiB: all that is
// resident, the program's own file too.
const mostMemory = 300_000_000 / 1024

// barePortal is the portal without the race detector, which takes many times the
// memory and time of a process that others talk to.
var barePortal = sync.OnceValues(func() (string, error) {
	if info, ok := debug.ReadBuildInfo(); !ok || !slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return os.Args[0], nil
	}
	path := filepath.Join("tmp", "bare-portal")
	if text, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, text)
	}
	return filepath.Abs(path)
})

// bare gives the house a portal without the race detector.
func (h *house) bare(t *testing.T) {
	t.Helper()
	var err error
	if h.program, err = barePortal(); err != nil {
		t.Fatal(err)
	}
}

// peak is the most memory that a process ever had, in KiB.
func peak(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmHWM:")
	figure, _, _ := strings.Cut(rest, "kB")
	kib, err := strconv.Atoi(strings.TrimSpace(figure))
	if err != nil {
		t.Fatal(err)
	}
	return kib
}

// kept is what is stored of pictures.
func (h house) kept(t *testing.T) (files []string, rows int) {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(h.dir, "documents", "*"))
	if err != nil {
		t.Fatal(err)
	}
	h.ask(t, func(db *postgres.DB) error {
		return db.Get(t.Context(), &rows, `select count(*) from identity_pictures`)
	})
	return list, rows
}

// applicant has come as far as the second step of a form.
type applicant struct {
	journey.Consignee
	*journey.Visitor
}

// applicants come to a portal whose parcels are sent for them.
func (h house) applicants(t *testing.T, n int) []applicant {
	t.Helper()
	people := make([]journey.Consignee, n)
	for i := range people {
		people[i] = journey.China(i)
		people[i].Pictures = nil
	}
	if status, out, errs := h.run(t, journey.Shipments(people...), "import", "shipments", "-"); status != 0 {
		t.Fatalf("import: status %d\n%s%s", status, out, errs)
	}
	all := make([]applicant, n)
	for i, c := range people {
		v := journey.NewVisitor("http://"+h.addr, "", "en")
		if err := c.Unlock(t.Context(), v); err != nil {
			t.Fatal(err)
		}
		if _, err := c.FillPerson(t.Context(), v); err != nil {
			t.Fatal(err)
		}
		all[i] = applicant{c, v}
		t.Cleanup(v.Leave)
	}
	return all
}

// send uploads one file as the front of the document, and others as its back.
func (a applicant) send(t *testing.T, f specimen.File, back ...specimen.File) *journey.Page {
	t.Helper()
	form, err := a.DocumentForm(t.Context(), a.Visitor)
	if err != nil {
		t.Errorf("%s: %v", f.What, err)
		return nil
	}
	form.Attach("front", f.Name, f.Data)
	for _, b := range back {
		form.Attach("back", b.Name, b.Data)
	}
	page, err := form.Send(t.Context())
	if err != nil {
		t.Errorf("%s: %v", f.What, err)
		return nil
	}
	return page
}

// TestNastyFiles each get their own sentence from a served portal, which stores
// nothing of them and never takes more memory than it may.
func TestNastyFiles(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.bare(t)
	temporary := t.TempDir()
	h.env = []string{"TMPDIR=" + temporary}
	portal, _ := h.serve(t)
	words := locale.For(locale.English)
	all := h.applicants(t, 6)
	for _, f := range specimen.Nasty() {
		page := all[0].send(t, f)
		if page == nil {
			continue
		}
		want, status := words.T("id.front."+f.Flaw), http.StatusUnprocessableEntity
		if f.Flaw == "big" {
			status = http.StatusRequestEntityTooLarge
		}
		if got := page.Text("#front-error"); page.Status != status || got != want {
			t.Errorf("%s: status %d says %q, want %d and %q", f.What, page.Status, got, status, want)
		}
	}
	if files, rows := h.kept(t); len(files) > 0 || rows > 0 {
		t.Errorf("%d files and %d rows are stored of what was refused", len(files), rows)
	}
	h.several(t, all)
	h.laden(t, all[0])
	if kib := peak(t, portal.Process.Pid); kib > mostMemory {
		t.Errorf("the portal took %d MiB at its peak", kib>>10)
	} else {
		t.Logf("%d MiB at the peak", kib>>10)
	}
	if left, _ := os.ReadDir(temporary); len(left) > 0 {
		t.Errorf("%d temporary files are left", len(left))
	}
}

// several send the worst at once, two files each. Who finds no place is told so.
func (h house) several(t *testing.T, all []applicant) {
	t.Helper()
	largest, bombs := specimen.Largest(), specimen.Bombs()
	var group sync.WaitGroup
	var answered, busy atomic.Int32
	for i, a := range all {
		group.Go(func() {
			for n, front := range []specimen.File{largest[i%len(largest)], bombs[i%len(bombs)]} {
				page := a.send(t, front, bombs[(i*5+n*3+7)%len(bombs)])
				switch {
				case page == nil:
				case page.Status == http.StatusServiceUnavailable:
					busy.Add(1)
				case page.Status == http.StatusUnprocessableEntity, page.Status == http.StatusOK:
					answered.Add(1)
				default:
					t.Errorf("status %d: %s", page.Status, page.Text("h1"))
				}
			}
		})
	}
	group.Wait()
	t.Logf("%d answered, %d told to come again", answered.Load(), busy.Load())
	if int(answered.Load()) < len(all) {
		t.Errorf("%d were looked at", answered.Load())
	}
}

// laden are taken in, and nothing that came with them.
func (h house) laden(t *testing.T, a applicant) {
	t.Helper()
	for _, f := range specimen.Laden() {
		page := a.send(t, f)
		if page == nil {
			continue
		}
		if got := page.Text("#front-error"); got != "" {
			t.Errorf("%s: refused: %s", f.What, got)
			continue
		}
		shown, err := a.Get(t.Context(), page.Find("figure img").First().AttrOr("src", "/none"))
		if err != nil || shown.Status != http.StatusOK || !strings.HasPrefix(shown.Body, "\xff\xd8\xff") {
			t.Errorf("%s: its picture: %v, %v", f.What, shown, err)
			continue
		}
		for _, hidden := range []string{specimen.HiddenPlace, specimen.HiddenScript, specimen.HiddenFile, "Exif", "PK\x03\x04"} {
			if strings.Contains(shown.Body, hidden) {
				t.Errorf("%s: %q is kept", f.What, hidden)
			}
		}
	}
}
