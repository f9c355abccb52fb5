package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"ecms/portal/bench/rig"
)

const signedIn = 100 // customers who look at their dashboards

// dashboard measures the page that opens an account, with its session and twenty
// parcels, beside the lookup page.
func dashboard(ctx context.Context, b *rig.Bed, s settings, t *table) error {
	db, portal, stop, err := inhabited(ctx, b, s)
	if err != nil {
		return err
	}
	defer stop()
	v := rig.NewVisitor(portal.URL)
	cookies, paths := make([]string, signedIn), make([]string, signedIn)
	for i := range cookies {
		c, err := signIn(ctx, v, i)
		if err != nil {
			return err
		}
		cookies[i], paths[i] = c.Name+"="+c.Value, "/account"
	}
	l, err := prepare(ctx, portal.URL, portal.URL, s.parcels)
	if err != nil {
		return err
	}
	page := rig.Load{URL: portal.URL, Paths: paths, Cookies: cookies, Headers: map[string]string{"Accept-Language": "en"}, Want: http.StatusOK}
	err = ratio(ctx, b, s, t, "dashboard, of the lookup page", page, l.page, "0.5", "0.75")
	return errors.Join(err, dashboardTrips(ctx, db, v, cookies, t))
}

// dashboardTrips counts the transactions that PostgreSQL finished for dashboards.
func dashboardTrips(ctx context.Context, db *rig.Database, v *rig.Visitor, cookies []string, t *table) error {
	const rounds = 20
	look := func() error {
		for _, c := range cookies {
			name, value, _ := strings.Cut(c, "=")
			a, err := v.Get(ctx, "/account", "10.0.0.1", &http.Cookie{Name: name, Value: value}) //nolint:gosec // sent, not set
			if err != nil || a.Status != http.StatusOK {
				return errors.Join(err, fmt.Errorf("dashboard: status %d", a.Status))
			}
		}
		return nil
	}
	if err := look(); err != nil {
		return err
	}
	before, err := commits(ctx, db.SQL)
	if err != nil {
		return err
	}
	for range rounds {
		if err := look(); err != nil {
			return err
		}
	}
	after, err := commits(ctx, db.SQL)
	if err != nil {
		return err
	}
	t.add("statements a dashboard", float64(after-before)/float64(rounds*len(cookies)), "", "3", "2")
	return nil
}

// inhabited serves a database with parcels and customers.
func inhabited(ctx context.Context, b *rig.Bed, s settings) (*rig.Database, *rig.Served, func(), error) {
	db, err := filled(ctx, b, s.parcels)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := populate(ctx, b, db, s.parcels); err != nil {
		db.Close()
		return nil, nil, nil, err
	}
	log, err := os.Create(filepath.Join(b.Dir, portalLog))
	if err != nil {
		db.Close()
		return nil, nil, nil, err
	}
	portal, err := b.Serve(ctx, db, log, rig.Proxied, "PORTAL_MAIL_DIR="+filepath.Join(b.Dir, "mails"))
	if err != nil {
		db.Close()
		return nil, nil, nil, errors.Join(err, log.Close())
	}
	return db, portal, func() {
		_ = portal.Stop()
		_ = log.Close()
		db.Close()
	}, nil
}
