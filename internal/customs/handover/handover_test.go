package handover_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/customs/handover"
	"ecms/portal/internal/shipment"
)

func newKey(t testing.TB) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func someday() time.Time { return time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC) }

// given is what was handed in as identity number id.
func given(id customs.ID) customs.Handed {
	return customs.Handed{
		Identity: customs.Identity{ID: id, Waybill: shipment.Waybill(fmt.Sprintf("A/B-%04d", id)), Reference: "ID-7Q2M", Country: "CN", DecidedAt: someday()},
		Clear: customs.Clear{
			Person:   customs.Person{NameLocal: "张伟", Phone: "+8613800138000"},
			Document: customs.Document{Doc: customs.CNID, Number: "11010519491231002X", Expiry: "2031-01-09"},
		},
		Pictures: []customs.HandedPicture{{Slot: customs.Front, JPEG: []byte("jpeg front")}, {Slot: customs.Back, JPEG: []byte("jpeg back")}},
	}
}

func list(n int) (all []customs.Identity) {
	for i := range n {
		all = append(all, given(customs.ID(i+1)).Identity)
	}
	return all
}

// packer opens what given gives, and notes it.
func packer(opened *[]string, to ...age.Recipient) handover.Packer {
	return handover.Packer{To: to, Now: someday, Open: func(_ context.Context, id customs.ID, reference string) (customs.Handed, error) {
		*opened = append(*opened, fmt.Sprint(id, " ", reference))
		return given(id), nil
	}}
}

// unpack opens an archive with a key.
func unpack(t testing.TB, archive io.Reader, key age.Identity) map[string][]byte {
	t.Helper()
	plain, err := age.Decrypt(archive, key)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(plain); ; {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		} else if err != nil {
			t.Fatal(err)
		}
		if files[head.Name], err = io.ReadAll(r); err != nil || head.Mode != 0o600 {
			t.Fatal(head.Name, head.Mode, err)
		}
	}
}

func TestPack(t *testing.T) {
	t.Parallel()
	one, two, stranger := newKey(t), newKey(t), newKey(t)
	var opened []string
	var out bytes.Buffer
	m, err := packer(&opened, one.Recipient(), two.Recipient()).Pack(t.Context(), &out, "H1", list(3))
	if err != nil || len(m.Records) != 3 || strings.Join(opened, ",") != "1 H1,2 H1,3 H1" {
		t.Fatal(m, err, opened)
	}
	if _, err := age.Decrypt(bytes.NewReader(out.Bytes()), stranger); err == nil {
		t.Error("a stranger opens it")
	}
	unpack(t, bytes.NewReader(out.Bytes()), two)
	files := unpack(t, &out, one)
	if len(files) != 7 || string(files["pictures/A%2FB-0002-back.jpg"]) != "jpeg back" {
		t.Errorf("%d files", len(files))
	}
	var told handover.Manifest
	if err := json.Unmarshal(files["manifest.json"], &told); err != nil || told.Format != "ecms-handover-1" || told.Reference != "H1" || !told.MadeAt.Equal(someday()) {
		t.Fatal(told, err)
	}
	r := told.Records[1]
	if r.Waybill != "A/B-0002" || r.Person.NameLocal != "张伟" || r.Document.Number != "11010519491231002X" || r.Identity != "ID-7Q2M" || !r.AcceptedAt.Equal(someday()) {
		t.Errorf("record %#v", r.Waybill)
	}
	for _, p := range r.Pictures {
		if sum := sha256.Sum256(files[p.File]); hex.EncodeToString(sum[:]) != p.SHA256 || p.Bytes != len(files[p.File]) {
			t.Errorf("%s is another file", p.File)
		}
	}
	for _, said := range []string{fmt.Sprint(m), fmt.Sprintf("%+v %#v", m, given(1))} {
		if strings.Contains(said, "110105") || strings.Contains(said, "张") {
			t.Errorf("a log would say %s", said)
		}
	}
}

// TestSave leaves a whole file or none, and never writes over one.
func TestSave(t *testing.T) {
	t.Parallel()
	key, dir := newKey(t), t.TempDir()
	path := filepath.Join(dir, "one.tar.age")
	var opened []string
	p := packer(&opened, key.Recipient())
	if _, err := p.Save(t.Context(), path, "H1", list(2)); err != nil {
		t.Fatal(err)
	}
	archive, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for _, secret := range []string{"110105", "张伟", "138001", "jpeg", "A/B", "A%2FB", "manifest", "ID-7Q2M"} {
		if bytes.Contains(archive, []byte(secret)) {
			t.Errorf("%s can be read in the file", secret)
		}
	}
	if files := unpack(t, bytes.NewReader(archive), key); len(files) != 5 {
		t.Errorf("%d files", len(files))
	}
	opened = nil
	if _, err := p.Save(t.Context(), path, "H2", list(1)); !errors.Is(err, handover.ErrThere) || len(opened) > 0 {
		t.Errorf("a second time: %v, opened %v", err, opened)
	}
	if _, err := p.Save(t.Context(), filepath.Join(dir, "no", "folder"), "H2", list(1)); !errors.Is(err, os.ErrNotExist) || len(opened) > 0 {
		t.Errorf("without a folder: %v, opened %v", err, opened)
	}
	if _, err := packer(&opened).Save(t.Context(), filepath.Join(dir, "two"), "H2", list(1)); !errors.Is(err, handover.ErrNobody) || len(opened) > 0 {
		t.Errorf("without keys: %v, opened %v", err, opened)
	}
	only(t, dir, "one.tar.age")
}

// TestSaveThatFails half way leaves nothing behind.
func TestSaveThatFails(t *testing.T) {
	t.Parallel()
	key, dir := newKey(t), t.TempDir()
	gone := errors.New("key is destroyed")
	p := handover.Packer{To: []age.Recipient{key.Recipient()}, Now: someday, Open: func(_ context.Context, id customs.ID, _ string) (customs.Handed, error) {
		if id == 2 {
			return customs.Handed{}, gone
		}
		return given(id), nil
	}}
	_, err := p.Save(t.Context(), filepath.Join(dir, "one"), "H1", list(3))
	if !errors.Is(err, gone) || !strings.Contains(err.Error(), "A/B-0002") {
		t.Errorf("says %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	p.Open = func(_ context.Context, id customs.ID, _ string) (customs.Handed, error) {
		stop()
		return given(id), nil
	}
	if _, err := p.Save(ctx, filepath.Join(dir, "one"), "H1", list(3)); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	// Somebody else takes the name meanwhile.
	p.Open = func(_ context.Context, id customs.ID, _ string) (customs.Handed, error) {
		return given(id), os.WriteFile(filepath.Join(dir, "one"), []byte("theirs"), 0o600)
	}
	if _, err := p.Save(t.Context(), filepath.Join(dir, "one"), "H1", list(1)); !errors.Is(err, handover.ErrThere) {
		t.Errorf("somebody was faster: %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "one")); err != nil || string(text) != "theirs" {
		t.Errorf("their file holds %q, %v", text, err)
	}
	only(t, dir, "one")
}

// only holds a folder to one file.
func only(t testing.TB, dir, name string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 || entries[0].Name() != name {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}
