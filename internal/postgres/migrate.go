package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"ecms/portal/migrations"
)

// Migrate brings the database to the newest version, forward only. Any number of
// portals may call it at once: one works, the others wait for it.
func Migrate(ctx context.Context, url string) (from, to int64, err error) {
	c, err := newConnector(url, limits{
		connect: 5 * time.Second, read: time.Hour, lock: time.Minute, idle: 10 * time.Minute, name: "portal migrate",
	})
	if err != nil {
		return 0, 0, err
	}
	db := sql.OpenDB(c)
	defer func() { err = errors.Join(err, db.Close()) }()
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return 0, 0, err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.Files, goose.WithSessionLocker(locker))
	if err != nil {
		return 0, 0, fmt.Errorf("migrations: %w", err)
	}
	done, err := p.Up(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("migrate: %w", err)
	}
	if to, err = p.GetDBVersion(ctx); err != nil {
		return 0, 0, fmt.Errorf("migrate: %w", err)
	}
	if len(done) == 0 {
		return to, to, nil
	}
	for _, s := range p.ListSources() { // in order
		if s.Version < done[0].Source.Version {
			from = s.Version
		}
	}
	return from, to, nil
}

// Current tells which version the database has and which one this portal wants.
func Current(ctx context.Context, db *DB) (have, want int64, err error) {
	if want, err = newest(); err != nil {
		return 0, 0, err
	}
	err = db.Get(ctx, &have, `select coalesce(max(version_id), 0) from goose_db_version where is_applied`)
	if pq.As(err, pqerror.UndefinedTable) != nil {
		return 0, want, nil
	}
	return have, want, err
}

// newest is the greatest number among the migrations.
func newest() (int64, error) {
	names, err := fs.Glob(migrations.Files, "*.sql")
	if err != nil {
		return 0, err
	}
	var top int64
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		top = max(top, n)
	}
	return top, nil
}
