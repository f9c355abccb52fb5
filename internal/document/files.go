package document

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ecms/portal/internal/fault"
)

const (
	unfinished  = ".new" // the ending of a file that is being written
	mostRead    = LargestFile + 1<<20
	listedAtOne = 500 // names asked about at once
)

// Files is the folder of sealed documents. A file is there whole or not at all,
// its name says nothing, and only a row elsewhere makes it somebody's: what no
// row names is swept. Nothing in here can open what it keeps. Safe for many at once.
type Files struct {
	root *os.Root
	dir  *os.File // the folder itself, to make names durable
}

// OpenFiles opens the folder, made for its owner alone when it is not there. A
// link in its place is refused.
func OpenFiles(path string) (*Files, error) {
	err := os.MkdirAll(filepath.Dir(path), 0o711) //nolint:gosec // the database's user must pass through the data folder
	if err == nil {
		err = os.MkdirAll(path, 0o700)
	}
	if err != nil {
		return nil, fmt.Errorf("document folder: %w", err)
	}
	info, err := os.Lstat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no folder", path)
	}
	if err != nil {
		return nil, fmt.Errorf("document folder: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("document folder: %w", err)
	}
	dir, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("document folder: %w", err), root.Close())
	}
	return &Files{root, dir}, nil
}

// Close lets the folder go.
func (f *Files) Close() error { return errors.Join(f.dir.Close(), f.root.Close()) }

// Put keeps sealed bytes and gives the name to find them by. When it returns,
// they survive a power cut; the caller then writes the row that names them.
func (f *Files) Put(sealed []byte) (name string, err error) {
	name = rand.Text()
	if err := f.write(name+unfinished, sealed); err != nil {
		return "", fmt.Errorf("keep document: %w", errors.Join(err, f.forget(name+unfinished)))
	}
	if err := f.root.Rename(name+unfinished, name); err != nil {
		return "", fmt.Errorf("keep document: %w", errors.Join(err, f.forget(name+unfinished)))
	}
	if err := f.dir.Sync(); err != nil {
		return "", fmt.Errorf("keep document: %w", errors.Join(err, f.forget(name)))
	}
	return name, nil
}

func (f *Files) write(name string, sealed []byte) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(sealed)
	return errors.Join(err, file.Sync(), file.Close())
}

// Read gives back what was kept under a name. A link or anything else that is no
// plain file is not found.
func (f *Files) Read(name string) ([]byte, error) {
	if !ours(name) {
		return nil, fmt.Errorf("document: %w", fault.ErrNotFound)
	}
	seen, err := f.root.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !seen.Mode().IsRegular() {
		return nil, fmt.Errorf("document: %w", fault.ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	defer func() { _ = file.Close() }()
	if info, err := file.Stat(); err != nil || !os.SameFile(seen, info) { // swapped for a link in between
		return nil, fmt.Errorf("document: %w", errors.Join(err, fault.ErrNotFound))
	}
	data, err := io.ReadAll(io.LimitReader(file, mostRead+1))
	if err == nil && len(data) > mostRead {
		err = errors.New("more bytes than any document has")
	}
	return data, err
}

// Remove deletes files; those that are gone already are fine. Whoever calls it
// has committed the removal of their rows before.
func (f *Files) Remove(names ...string) error {
	var errs []error
	for _, name := range names {
		if ours(name) {
			errs = append(errs, f.forget(name))
		}
	}
	if len(names) > 0 {
		errs = append(errs, f.dir.Sync())
	}
	return errors.Join(errs...)
}

func (f *Files) forget(name string) error {
	if err := f.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Sweep deletes what was written before an instant and is named by no row, such
// as the files of uploads that were cut short, and tells how many. The instant
// leaves time for a row that is being written. Folders and foreign names stay.
func (f *Files) Sweep(ctx context.Context, before time.Time, named func(context.Context, []string) (map[string]bool, error)) (int, error) {
	list, err := f.root.Open(".")
	if err != nil {
		return 0, fmt.Errorf("sweep documents: %w", err)
	}
	defer func() { _ = list.Close() }()
	swept := 0
	for {
		entries, err := list.ReadDir(listedAtOne)
		if errors.Is(err, io.EOF) {
			return swept, f.dir.Sync()
		}
		if err != nil {
			return swept, fmt.Errorf("sweep documents: %w", err)
		}
		old := oldOnes(entries, before)
		if len(old) == 0 {
			continue
		}
		kept, err := named(ctx, old)
		if err != nil {
			return swept, fmt.Errorf("sweep documents: %w", err)
		}
		for _, name := range old {
			if kept[name] {
				continue
			}
			if err := f.forget(name); err != nil {
				return swept, fmt.Errorf("sweep documents: %w", err)
			}
			swept++
		}
	}
}

// oldOnes are the names of our own files, finished or not, from before an instant.
func oldOnes(entries []fs.DirEntry, before time.Time) (old []string) {
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !ours(strings.TrimSuffix(e.Name(), unfinished)) || info.IsDir() || !info.ModTime().Before(before) {
			continue
		}
		old = append(old, e.Name())
	}
	return old
}

// ours tells names of our making, which hold nothing that a path could use.
func ours(name string) bool {
	return len(name) == 26 && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
