//go:build unix

package embedded

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the system user that PostgreSQL runs as. It refuses to run as root.
type account struct {
	name     string
	uid, gid int
	groups   map[int]bool
	switches bool // root hands over to another user
}

// whoRuns picks the user: oneself, or for root the user postgres, else nobody.
func whoRuns(euid int) (account, error) {
	if euid != 0 {
		u, err := user.LookupId(strconv.Itoa(euid))
		if err != nil {
			return account{}, fmt.Errorf("postgres needs a user that the system knows: %w", err)
		}
		return accountOf(u, false)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return accountOf(u, true)
		}
	}
	return account{}, fmt.Errorf("postgres does not run as root, and there is neither a user postgres nor nobody: " +
		"start the portal as another user, or set DATABASE_URL")
}

func accountOf(u *user.User, switches bool) (account, error) {
	a := account{name: u.Username, switches: switches, groups: map[int]bool{}}
	var err error
	if a.uid, err = strconv.Atoi(u.Uid); err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	if a.gid, err = strconv.Atoi(u.Gid); err != nil {
		return account{}, fmt.Errorf("user %s: %w", u.Username, err)
	}
	a.groups[a.gid] = true
	ids, _ := u.GroupIds()
	for _, id := range ids {
		if n, err := strconv.Atoi(id); err == nil && !switches {
			a.groups[n] = true
		}
	}
	return a, nil
}

// reaches checks that the user may pass through a folder and all above it. The
// system itself would only say "fork/exec ...: permission denied".
func (a account) reaches(dir string) error {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return err
	}
	for d := real; ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err != nil {
			return err
		}
		if !a.enters(info) {
			return fmt.Errorf("the user %s, who runs PostgreSQL, may not enter %s (%s): choose another PORTAL_DATA_DIR, "+
				"allow it with chmod o+x %s, or set DATABASE_URL", a.name, d, info.Mode().Perm(), d)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

func (a account) enters(info os.FileInfo) bool {
	mode := info.Mode().Perm()
	st, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case !ok:
		return true
	case int(st.Uid) == a.uid:
		return mode&0o100 != 0
	case a.groups[int(st.Gid)]:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// command prepares a program to run as the user, out of reach of Ctrl-C.
func (a account) command(dir, program string, args ...string) *exec.Cmd {
	cmd := exec.Command(program, args...) //nolint:gosec // the binaries of PostgreSQL, with arguments of our own
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if a.switches {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)} //nolint:gosec // ids of a real user
	}
	return cmd
}
