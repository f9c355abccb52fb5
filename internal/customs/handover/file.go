package handover

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ecms/portal/internal/customs"
)

// ErrThere says that there is a file by that name already: an archive that may not
// have reached the broker yet is never written over.
var ErrThere = fmt.Errorf("the archive's file: %w", fs.ErrExist)

// Save packs an archive into a file, which is there whole or not at all. The place
// is tried before anything is opened.
func (p Packer) Save(ctx context.Context, path, reference string, list []customs.Identity) (m Manifest, err error) {
	if len(p.To) == 0 {
		return Manifest{}, ErrNobody
	}
	if _, err := os.Lstat(path); err == nil {
		return Manifest{}, ErrThere
	}
	half, err := os.CreateTemp(filepath.Dir(path), ".handover-*") // its owner's alone
	if err != nil {
		return Manifest{}, err
	}
	defer func() {
		if gone := os.Remove(half.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	m, err = p.Pack(ctx, half, reference, list)
	if err == nil {
		err = half.Sync()
	}
	if err := errors.Join(err, half.Close()); err != nil {
		return Manifest{}, err
	}
	if err := place(half.Name(), path); err != nil {
		return Manifest{}, err
	}
	return m, nil
}

// place gives the whole file its name. A link fails where somebody else was
// faster; sticks that know no links get the file moved.
func place(half, path string) error {
	err := os.Link(half, path)
	if errors.Is(err, fs.ErrExist) {
		return ErrThere
	}
	if err != nil {
		if err := os.Rename(half, path); err != nil {
			return err
		}
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
