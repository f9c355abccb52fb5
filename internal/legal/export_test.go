package legal

import "io/fs"

// ReadError is what reading texts from somewhere else complains about.
func ReadError(fsys fs.FS) error {
	_, err := read(fsys)
	return err
}
