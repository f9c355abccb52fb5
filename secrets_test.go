package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/paper/papertest"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal/leaktest"
	"ecms/portal/web/webtest/journey"
)

// brokerKey is a public key of age whose secret one nobody here has.
const brokerKey = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

// signers are the demo's people who can sign in: a consignee and one of the staff.
func signers(t *testing.T, out *output) (member, desk [2]string) {
	t.Helper()
	var people [][]string
	for start := time.Now(); len(people) < 3; time.Sleep(10 * time.Millisecond) {
		if people = person.FindAllStringSubmatch(out.String(), -1); time.Since(start) > 10*time.Second {
			t.Fatalf("nobody to sign in as:\n%s", out)
		}
	}
	for _, p := range people {
		switch p[1] {
		case "consignee":
			member = [2]string{p[2], p[3]}
		case "staff":
			desk = [2]string{p[2], p[3]}
		}
	}
	return member, desk
}

// TestNoSecretInClear goes through all identity flows of a served portal and looks
// into everything that it leaves behind: the database's files and its log of changes,
// documents, logs, mails, the receipt and the archive for the broker.
func TestNoSecretInClear(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.bare(t)
	mails, temporary := t.TempDir(), t.TempDir()
	h.env = []string{"PORTAL_MAIL_DIR=" + mails, "TMPDIR=" + temporary, "PORTAL_BROKER_KEYS=" + brokerKey}
	portal, out, errs := h.command(t, "serve")
	h.begin(t, portal, out, errs)
	member, desk := signers(t, out)
	cast := journey.NewCast(1, member[0])
	if status, said, errs := h.run(t, journey.Shipments(cast.All()...), "import", "shipments", "-"); status != 0 {
		t.Fatalf("import: status %d\n%s%s", status, said, errs)
	}
	o := journey.Office{URL: "http://" + h.addr, Member: member, Desk: desk, Code: codesIn(mails)}
	accepted, err := o.Everything(t.Context(), cast)
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(temporary, "broker.age")
	if status, said, errs := h.run(t, "", "export", "ids", "--release", strings.Join(accepted, ","), "--out", archive); status != 0 {
		t.Fatalf("export: status %d\n%s%s", status, said, errs)
	}
	paper, err := cast.Guest.Paper(t.Context(), o.URL)
	if err != nil {
		t.Fatal(err)
	}
	h.lookForSecrets(t, cast, map[string]string{"mails": mails, "temporary files": temporary}, map[string]string{
		"the receipt": string(paper), "the receipt's words": words(strings.Join(papertest.Pages(t, paper), "")), "the log": out.String() + errs.String(),
	})
}

// lookForSecrets looks into folders and texts for all that the cast gave. What must be
// there, the waybill, has to be found by the same means.
func (h house) lookForSecrets(t *testing.T, cast journey.Cast, folders, texts map[string]string) {
	t.Helper()
	secrets, parts, err := cast.Secrets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secrets[control] = cast.Guest.Waybill
	scanner := leaktest.New(secrets)
	for name, part := range parts {
		scanner.Bytes(name, part)
	}
	awaitMails(t, folders["mails"])
	texts["the tables"] = h.tables(t)
	folders["the data folder"] = h.dir
	for name, dir := range folders {
		r, err := scanner.Folder(dir)
		if err != nil {
			t.Fatal(err)
		}
		judge(t, name, r, name != "temporary files")
	}
	for name, text := range texts {
		judge(t, name, scanner.Scan(name, []byte(text)), name != "the log" && name != "the receipt")
	}
	if !strings.Contains(texts["the log"], "/parcels/{n}/id") {
		t.Error("the log knows nothing of the requests")
	}
}

// control is what must be found, to show that finding works.
const control = "the waybill"

// judge wants nothing found but the control, where that must be.
func judge(t *testing.T, where string, r leaktest.Report, known bool) {
	t.Helper()
	if known && !r.Has(control, "") {
		t.Errorf("%s: what must be there is not found: %s", where, r)
	}
	r.Finds = slices.DeleteFunc(r.Finds, func(f leaktest.Find) bool { return f.Secret == control && known })
	if len(r.Finds) > 0 {
		t.Errorf("%s: %s", where, r.Lines())
	}
	t.Logf("%s: %s", where, r)
}

var code = regexp.MustCompile(`\b(\d{4})[ -]?(\d{4})\b`)

// codesIn reads codes in the mails of a folder.
func codesIn(dir string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, address string) (string, error) {
		for ctx.Err() == nil {
			files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
			if err != nil {
				return "", err
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					return "", err
				}
				head, body, _ := strings.Cut(string(text), "\r\n\r\n")
				if found := code.FindStringSubmatch(body); strings.Contains(head, address) && found != nil {
					return found[1] + found[2], nil
				}
			}
			time.Sleep(20 * time.Millisecond)
		}
		return "", ctx.Err()
	}
}

// words is a text without what only parts it.
func words(text string) string { return strings.Join(strings.Fields(text), "") }

// awaitMails waits until the mails about decisions have been written.
func awaitMails(t *testing.T, dir string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) >= 2 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d mails", len(list))
		}
	}
}

// tables is every row as text, so that nothing hides behind PostgreSQL's own
// packing, once all of it is in its files as well.
func (h house) tables(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	h.ask(t, func(db *postgres.DB) error {
		var tables []string
		const list = `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`
		if err := db.Select(t.Context(), &tables, list); err != nil {
			return err
		}
		for _, table := range tables {
			var rows []string
			if err := db.Select(t.Context(), &rows, `select x::text from "`+table+`" x`); err != nil {
				return err
			}
			all.WriteString(strings.Join(rows, "\n"))
		}
		_, err := db.Exec(t.Context(), `checkpoint`)
		return err
	})
	return all.String()
}
