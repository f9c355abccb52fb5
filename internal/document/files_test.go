package document_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/document"
	"ecms/portal/internal/fault"
)

func openFiles(t testing.TB) (*document.Files, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data", "documents")
	f, err := document.OpenFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, dir
}

func put(t testing.TB, f *document.Files, text string) string {
	t.Helper()
	name, err := f.Put([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestFilesKeepAndForget(t *testing.T) {
	t.Parallel()
	f, dir := openFiles(t)
	name := put(t, f, "sealed")
	got, err := f.Read(name)
	if err != nil || string(got) != "sealed" {
		t.Fatalf("read %q, %v", got, err)
	}
	// The database's user must pass through the data folder, whoever made it first.
	for path, want := range map[string]fs.FileMode{filepath.Dir(dir): 0o711, dir: 0o700, filepath.Join(dir, name): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if err := f.Remove(name, name, "../secret"); err != nil {
		t.Error(err)
	}
	if _, err := f.Read(name); !errors.Is(err, fault.ErrNotFound) {
		t.Errorf("after its removal: %v", err)
	}
}

// TestFilesFollowNoLink, neither in the folder nor in its place.
func TestFilesFollowNoLink(t *testing.T) {
	t.Parallel()
	f, dir := openFiles(t)
	secret := filepath.Join(filepath.Dir(dir), "secret")
	if err := os.WriteFile(secret, []byte("clear"), 0o600); err != nil {
		t.Fatal(err)
	}
	name := put(t, f, "sealed")
	inside := "AAAAAAAAAAAAAAAAAAAAAAAAAA"
	outside := "BBBBBBBBBBBBBBBBBBBBBBBBBB"
	for link, target := range map[string]string{inside: name, outside: secret} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, odd := range []string{inside, outside, "", ".", "..", "../secret", "/etc/passwd", name + ".new", dir} {
		if got, err := f.Read(odd); !errors.Is(err, fault.ErrNotFound) {
			t.Errorf("%q reads %q, %v", odd, got, err)
		}
	}
	never := func(context.Context, []string) (map[string]bool, error) { return nil, nil }
	if _, err := f.Sweep(t.Context(), time.Now().Add(time.Hour), never); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(secret); err != nil || string(text) != "clear" {
		t.Errorf("the link's target: %q, %v", text, err)
	}
	linked := filepath.Join(filepath.Dir(dir), "linked")
	if err := os.Symlink(dir, linked); err != nil {
		t.Fatal(err)
	}
	if _, err := document.OpenFiles(linked); err == nil {
		t.Error("a link is taken for the folder")
	}
}

// TestSweepKeepsWhatIsNamedOrNew and leaves what is not ours.
func TestSweepKeepsWhatIsNamedOrNew(t *testing.T) {
	t.Parallel()
	f, dir := openFiles(t)
	kept, orphan, young := put(t, f, "kept"), put(t, f, "orphan"), put(t, f, "young")
	cut := "CCCCCCCCCCCCCCCCCCCCCCCCCC.new" // killed while writing
	for _, name := range []string{cut, "README"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * time.Hour)
	for _, name := range []string{kept, orphan, cut, "README"} {
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	n, err := f.Sweep(t.Context(), time.Now().Add(-time.Hour), func(_ context.Context, names []string) (map[string]bool, error) {
		return map[string]bool{kept: true}, nil
	})
	if n != 2 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
	for name, want := range map[string]bool{kept: true, young: true, "README": true, orphan: false, cut: false} {
		if _, err := os.Lstat(filepath.Join(dir, name)); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", name, err == nil, want)
		}
	}
	broken := errors.New("database away")
	if err := os.Chtimes(filepath.Join(dir, kept), long, long); err != nil {
		t.Fatal(err)
	}
	_, err = f.Sweep(t.Context(), time.Now(), func(context.Context, []string) (map[string]bool, error) { return nil, broken })
	if _, there := os.Lstat(filepath.Join(dir, kept)); !errors.Is(err, broken) || there != nil {
		t.Errorf("an answer that fails must spare all: %v, %v", err, there)
	}
}

// TestPutThatFailsLeavesNothing behind, as when the folder is full or gone.
func TestPutThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	f, dir := openFiles(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if name, err := f.Put([]byte("sealed")); err == nil || name != "" {
		t.Errorf("kept as %q in a folder that is gone", name)
	}
}

func TestFilesAtOnce(t *testing.T) {
	t.Parallel()
	f, _ := openFiles(t)
	var all sync.Map
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			text := bytes.Repeat([]byte{byte(i)}, 10_000)
			name, err := f.Put(text)
			if err != nil {
				t.Error(err)
				return
			}
			if _, taken := all.LoadOrStore(name, true); taken {
				t.Errorf("%s is given twice", name)
			}
			if got, err := f.Read(name); err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
		})
	}
	group.Wait()
}
