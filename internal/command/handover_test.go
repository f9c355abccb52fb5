package command_test

import (
	"archive/tar"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/customs/handover"
	"ecms/portal/internal/document"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// desk hands identities in and decides on them, beside the commands of a shell.
type desk struct {
	*customs.Store
	feed   *shipment.Store
	db     *postgres.DB
	studio *document.Studio
	staff  account.ID
}

func (s *shell) desk(t *testing.T) *desk {
	t.Helper()
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work, MaxConns: 2})
	if err != nil {
		t.Fatal(err)
	}
	key, err := base64.StdEncoding.DecodeString(s.env["PORTAL_MASTER_KEY"])
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.NewRing(key)
	if err != nil {
		t.Fatal(err)
	}
	files, err := document.OpenFiles(filepath.Join(s.env["PORTAL_DATA_DIR"], "documents"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = files.Close(), db.Close() })
	accounts := account.NewStore(db, db, key, s.clock)
	lin, err := accounts.Make(t.Context(), account.Account{Email: "lin@example.com", Role: account.Staff, Language: locale.English}, "")
	if err != nil {
		t.Fatal(err)
	}
	feed := shipment.NewStore(db, db, s.clock)
	return &desk{customs.NewStore(db, db, feed, files, ring, s.clock), feed, db, document.NewStudio(1), lin.ID}
}

// review brings a parcel to China whose consignee has handed in.
func (d *desk) review(t *testing.T, s *shell, w shipment.Waybill) customs.Identity {
	t.Helper()
	ctx := t.Context()
	_, err := d.feed.ReceiveShipments(ctx, []shipment.Record{{
		Waybill: w, AcceptedAt: s.now.AddDate(0, 0, -3), Piece: 1, Pieces: 1,
		Origin:      shipment.Place{Country: "US", Zone: "America/New_York"},
		Destination: shipment.Place{Country: "CN", Zone: "Asia/Shanghai"},
		Consignee:   shipment.Party{Name: "张伟", Phone: "+86 138-0013-8000"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	owner := customs.By{Role: customs.Owner, Network: "10.0.0.0/24", Channel: "link", Language: locale.SimplifiedChinese}
	if _, err := d.Begin(ctx, w, owner); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.SavePerson(ctx, w, customs.PersonEntry{NameLocal: "张伟", Nationality: "CN", Phone: "13800138000"}, owner); err != nil {
		t.Fatal(err)
	}
	for n, slot := range []customs.Slot{customs.Front, customs.Back} {
		p, odd, flaw, err := d.studio.Develop(ctx, cardOf(t, n))
		if flaw != "" || err != nil {
			t.Fatal(flaw, err)
		}
		if err := d.AddPicture(ctx, w, slot, p, odd); err != nil {
			t.Fatal(err)
		}
	}
	paper := customs.DocumentEntry{DocType: "cn_id", Number: "11010519491231002X", ExpiryYear: "2031", ExpiryMonth: "1", ExpiryDay: "9"}
	i, _, err := d.SaveDocument(ctx, w, paper, owner)
	if err != nil {
		t.Fatal(err)
	}
	i, err = d.Submit(ctx, w, i.ID, customs.Submission{Consents: customs.Consents{Customs: true, Transfer: true}, Version: "v1"}, owner)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func (d *desk) accept(t *testing.T, i customs.Identity) {
	t.Helper()
	if _, err := d.Take(t.Context(), i.ID, d.staff); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Accept(t.Context(), i.ID, d.staff); err != nil {
		t.Fatal(err)
	}
}

// cardOf is a picture with stripes of a width.
func cardOf(t *testing.T, n int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 900, 620))
	for y := range 620 {
		for x := range 900 {
			img.Set(x, y, color.RGBA{uint8(200 * (x / (7 + 30*n) % 2)), uint8(y / 3), uint8(60 * n), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// opened unpacks an archive.
func opened(t *testing.T, path string, key age.Identity) (m handover.Manifest, files map[string][]byte) {
	t.Helper()
	sealed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"11010519491231002", "张伟", "138001", "EC7K3M", "\xff\xd8\xff\xdb\x00\x84", "manifest", "JFIF"} {
		if bytes.Contains(sealed, []byte(secret)) {
			t.Errorf("%q can be read in the file", secret)
		}
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), key)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for r := tar.NewReader(plain); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if files[head.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
		t.Fatal(err)
	}
	return m, files
}

// TestExportIdentities to a test key: named ones, all since a day, and what is refused.
func TestExportIdentities(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	d, dir := s.desk(t), t.TempDir()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	s.env["PORTAL_BROKER_KEYS"] = key.Recipient().String()
	d.accept(t, d.review(t, s, "WONE"))
	d.review(t, s, "WTWO")
	one := filepath.Join(dir, "one.age")
	out := s.fine(t, "", "export", "ids", "--release", "wone, W ONE", "--out", one)
	if !strings.Contains(out, "1 identities with 2 pictures for 1 keys in "+one) || strings.Contains(out, "1101") {
		t.Errorf("says %q", out)
	}
	m, files := opened(t, one, key)
	if len(m.Records) != 1 || m.Records[0].Document.Number != "11010519491231002X" || m.Records[0].Person.Phone != "+8613800138000" || !strings.HasPrefix(out, m.Reference+":") {
		t.Errorf("%s of %d records", m.Reference, len(m.Records))
	}
	for _, p := range m.Records[0].Pictures {
		if img, err := jpeg.DecodeConfig(bytes.NewReader(files[p.File])); err != nil || img.Width != 900 || img.Height < 660 {
			t.Errorf("%s: %d x %d: no strip, %v", p.File, img.Width, img.Height, err)
		}
	}
	looks, err := d.Looks(t.Context(), "WONE")
	if err != nil || len(looks) == 0 || looks[0].What != customs.WhatExport || looks[0].Reason != m.Reference {
		t.Errorf("looks %+v, %v", looks, err)
	}
	all := filepath.Join(dir, "all.age")
	s.fine(t, "", "export", "ids", "--out", all, "--release", "since=2026-03-10")
	if m, _ := opened(t, all, key); len(m.Records) != 1 {
		t.Errorf("since the day: %d records", len(m.Records))
	}
	if out := s.fine(t, "", "export", "ids", "--release", "since=2026-03-11", "--out", filepath.Join(dir, "none")); !strings.Contains(out, "no identity was accepted since 2026-03-11") {
		t.Errorf("since tomorrow: %q", out)
	}
	s.refusesExports(t, dir, one)
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

func (s *shell) refusesExports(t *testing.T, dir, there string) {
	t.Helper()
	other := filepath.Join(dir, "other.age")
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{}, 2, "portal export ids --release"},
		{[]string{"people", "--release", "WONE", "--out", other}, 2, "portal export ids --release"},
		{[]string{"--release", "WONE", "--out", other}, 2, "portal export ids --release"},
		{[]string{"ids", "--release", "WONE"}, 2, "portal export ids --release"},
		{[]string{"ids", "--out", other}, 2, "portal export ids --release"},
		{[]string{"ids", "--release", "since=yesterday", "--out", other}, 2, "since=2026-01-31"},
		{[]string{"ids", "--release", "WONE,?", "--out", other}, 2, `"?" is no waybill`},
		{[]string{"ids", "--release", "WONE,WTWO,WTHREE", "--out", other}, 1, "no accepted identity for WTWO, WTHREE: nothing is written"},
		{[]string{"ids", "--release", "WONE", "--out", there}, 2, "never written over"},
		{[]string{"ids", "--release", "WONE", "--out", filepath.Join(dir, "no", "where")}, 1, "no archive was written"},
	} {
		if status, _, says := s.run(t, "", append([]string{"export"}, c.args...)...); status != c.status || !strings.Contains(says, c.says) {
			t.Errorf("%v: status %d\n%s", c.args, status, says)
		}
	}
	delete(s.env, "PORTAL_BROKER_KEYS")
	if status, _, says := s.run(t, "", "export", "ids", "--release", "WONE", "--out", other); status != 2 || !strings.Contains(says, "PORTAL_BROKER_KEYS is not set") {
		t.Errorf("without keys: status %d\n%s", status, says)
	}
}

func (s *shell) clock() time.Time { return s.now }
