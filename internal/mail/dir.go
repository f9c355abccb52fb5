package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Dir writes messages as .eml files into a folder, one for each Ref.
type Dir struct{ path string }

// NewDir names the folder; it is made when the first message comes.
func NewDir(path string) *Dir { return &Dir{path} }

// Send writes the message aside, then moves it into place: there is never half a
// mail, and one that is written again replaces itself.
func (d *Dir) Send(_ context.Context, m Message) error {
	msg, err := m.write()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(d.path, 0o700); err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	left, err := filepath.Glob(filepath.Join(d.path, m.Ref+".*.part"))
	if err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	for _, path := range left { // by a portal that was killed here
		_ = os.Remove(path)
	}
	f, err := os.CreateTemp(d.path, m.Ref+".*.part") // 0600
	if err != nil {
		return fmt.Errorf("mail file: %w", err)
	}
	defer func() { _ = os.Remove(f.Name()) }() // nothing is there once it is in place
	_, err = msg.WriteTo(f)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("mail file: %w", err)
	}
	if err := os.Rename(f.Name(), filepath.Join(d.path, m.Ref+".eml")); err != nil {
		return fmt.Errorf("mail file: %w", err)
	}
	return syncFolder(d.path)
}

// syncFolder makes sure that a power cut leaves the new name in place.
func syncFolder(path string) error {
	folder, err := os.Open(path) //nolint:gosec // a path that the operator names
	if err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("mail folder: %w", err)
	}
	return nil
}
