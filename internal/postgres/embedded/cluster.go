//go:build unix

package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// makeCluster makes the data folder's database when there is none. It is made
// aside and renamed, so that a half-made one is never taken for a database.
func (s *Server) makeCluster(ctx context.Context) error {
	if err := s.as.own(s.layout.socket); err != nil {
		return fmt.Errorf("socket folder: %w", err)
	}
	if _, err := os.Stat(filepath.Join(s.layout.data, "PG_VERSION")); err == nil {
		return nil
	}
	if err := os.RemoveAll(s.layout.fresh); err != nil {
		return fmt.Errorf("remove a half-made database: %w", err)
	}
	if err := s.as.own(s.layout.fresh); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	s.options.Log.InfoContext(ctx, "making a database", "dir", s.layout.data, "user", s.as.name, "postgres", s.bin.major)
	args := []string{"-D", s.layout.fresh, "-U", "portal", "--auth=trust", "-E", "UTF8", "--locale=" + utf8Locale()}
	if s.options.Disposable || slices.Contains(s.options.Settings, "fsync=off") {
		args = append(args, "--no-sync")
	}
	out, err := s.as.command(s.layout.fresh, filepath.Join(s.bin.dir, "initdb"), args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w: %s", err, lastLines(string(out)))
	}
	if err := os.Rename(s.layout.fresh, s.layout.data); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return nil
}

// utf8Locale knows letters of all scripts; plain C finds no trigrams in 東京.
func utf8Locale() string {
	if runtime.GOOS == "darwin" {
		return "en_US.UTF-8"
	}
	return "C.UTF-8"
}

// ensureDatabase makes the portal's own database at the first start.
func (s *Server) ensureDatabase(ctx context.Context) (err error) {
	db, err := sql.Open("postgres", s.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var there bool
	if err := db.QueryRowContext(ctx, `select exists (select from pg_database where datname = 'portal')`).Scan(&there); err != nil {
		return fmt.Errorf("look for the portal's database: %w", err)
	}
	if there {
		return nil
	}
	_, err = db.ExecContext(ctx, `create database portal`)
	if pq.As(err, pqerror.DuplicateDatabase) != nil {
		return nil
	}
	return err
}

// lastLines are the end of a program's words, where the reason stands.
func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-4):], " | ")
}
