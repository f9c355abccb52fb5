//go:build unix

package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// layout is where things lie in a data folder.
type layout struct {
	root   string
	data   string // the cluster, a folder for each major version of PostgreSQL
	fresh  string // a cluster in the making; never one with data
	socket string
	log    string
	lock   string
}

const (
	// longest is the greatest length of a socket's folder that all systems take.
	longest = 85
	// odd are characters that mean something in an address or a list of folders.
	odd = "'\"\\,\n\r\t"
)

func layoutOf(dir string, major int) layout {
	l := layout{
		root:   dir,
		data:   filepath.Join(dir, "pg"+strconv.Itoa(major)),
		socket: filepath.Join(dir, "run"),
		log:    filepath.Join(dir, "run", "postgres.log"),
		lock:   filepath.Join(dir, "lock"),
	}
	l.fresh = l.data + ".unfinished"
	if len(l.socket) > longest || strings.ContainsAny(l.socket, odd) {
		sum := sha256.Sum256([]byte(dir))
		l.socket = filepath.Join(os.TempDir(), "portal-"+hex.EncodeToString(sum[:6]))
		l.log = filepath.Join(l.socket, "postgres.log")
	}
	return l
}

// existing is the newest major version that has data in a folder; 0 if none has.
func existing(dir string) int {
	entries, _ := os.ReadDir(dir)
	newest := 0
	for _, e := range entries {
		major, is := strings.CutPrefix(e.Name(), "pg")
		n, err := strconv.Atoi(major)
		if _, missing := os.Stat(filepath.Join(dir, e.Name(), "PG_VERSION")); is && err == nil && missing == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// own makes a folder that only the database's user and root may enter. One that
// somebody else made first, perhaps below /tmp, is not used.
func (a account) own(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !os.IsExist(err) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", dir)
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) != a.uid && (!a.switches || st.Uid != 0) {
		return fmt.Errorf("%s belongs to another user (%d): remove it", dir, st.Uid)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder
		return err
	}
	if a.switches {
		return os.Lchown(dir, a.uid, a.gid)
	}
	return nil
}
