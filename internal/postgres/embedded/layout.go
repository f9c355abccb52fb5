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

// longest is the greatest length of a socket's folder that all systems take.
const longest = 85

func layoutOf(dir string, major int) layout {
	l := layout{
		root:   dir,
		data:   filepath.Join(dir, "pg"+strconv.Itoa(major)),
		socket: filepath.Join(dir, "run"),
		log:    filepath.Join(dir, "run", "postgres.log"),
		lock:   filepath.Join(dir, "lock"),
	}
	l.fresh = l.data + ".unfinished"
	if len(l.socket) > longest {
		sum := sha256.Sum256([]byte(dir))
		l.socket = filepath.Join(os.TempDir(), "portal-"+hex.EncodeToString(sum[:6]))
		l.log = filepath.Join(l.socket, "postgres.log")
	}
	return l
}

// existing is the newest major version that has data in a folder; 0 if none has.
func existing(dir string) int {
	found, _ := filepath.Glob(filepath.Join(dir, "pg*", "PG_VERSION"))
	newest := 0
	for _, path := range found {
		name := filepath.Base(filepath.Dir(path))
		if n, err := strconv.Atoi(strings.TrimPrefix(name, "pg")); err == nil {
			newest = max(newest, n)
		}
	}
	return newest
}

// own makes a folder that only the database's user and root may enter.
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
	if a.switches {
		return os.Lchown(dir, a.uid, a.gid)
	}
	return nil
}
