//go:build unix

package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Taken says that another portal runs the server of a data folder.
type Taken struct {
	// Dir is the data folder.
	Dir string
	// PID is the other portal's process; 0 when it did not say.
	PID int
}

// Error names the other portal.
func (t Taken) Error() string {
	if t.PID == 0 {
		return "another portal already uses " + t.Dir
	}
	return fmt.Sprintf("another portal (pid %d) already uses %s", t.PID, t.Dir)
}

func asTaken(err error, t *Taken) bool { return errors.As(err, t) }

// acquire takes the folder's lock, which the system frees when the portal ends,
// however it ends. A lock file left behind locks nothing.
func acquire(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // a name of our own
	if err != nil {
		return nil, fmt.Errorf("lock of the data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer func() { _ = f.Close() }()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock of the data folder: %w", err)
		}
		text, _ := io.ReadAll(io.LimitReader(f, 20))
		taken := Taken{Dir: filepath.Dir(path)}
		if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
			taken.PID = pid
		}
		return nil, taken
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
