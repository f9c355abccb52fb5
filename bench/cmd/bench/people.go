package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
)

const (
	customers = 500 // accounts in the database
	kept      = 20  // parcels that each keeps
	password  = "a parcel for everybody"
)

func customer(i int) string { return fmt.Sprintf("customer%d@example.com", i) }

func stranger(i int) string { return fmt.Sprintf("stranger%d@example.com", i) }

// populate makes sure that the customers are there, each with their parcels.
func populate(ctx context.Context, b *rig.Bed, db *rig.Database, parcels int) error {
	pool, err := postgres.Open(ctx, postgres.Options{URL: db.URL, Pool: postgres.Work, MaxConns: 4})
	if err != nil {
		return err
	}
	defer func() { _ = pool.Close() }()
	key, err := base64.StdEncoding.DecodeString(b.Key())
	if err != nil {
		return err
	}
	accounts := account.NewStore(pool, pool, key, time.Now)
	for i := range customers {
		a, err := accounts.Find(ctx, customer(i))
		if errors.Is(err, fault.ErrNotFound) {
			a, err = accounts.Make(ctx, account.Account{Email: customer(i), Role: account.Customer, Language: locale.English}, password)
		}
		if err != nil {
			return fmt.Errorf("customer %d: %w", i, err)
		}
		for n := range kept {
			const keep = `
insert into account_parcels (account_id, waybill, side, proof, added_at, view_version, view)
select $1, waybill, 'to', 'fact', now(), version, body from shipment_timeline where waybill = $2
on conflict do nothing`
			waybill := feedgen.Waybill((i*kept*7 + n*13) % parcels)
			if _, err := db.SQL.ExecContext(ctx, keep, int64(a.ID), string(waybill)); err != nil {
				return err
			}
		}
	}
	_, err = db.SQL.ExecContext(ctx, `analyze accounts, account_parcels`)
	return err
}

// signIn gives the session cookie of the n-th customer.
func signIn(ctx context.Context, v *rig.Visitor, n int) (*http.Cookie, error) {
	form := url.Values{"email": {customer(n)}, "password": {password}}
	for {
		a, err := v.Post(ctx, "/login", rig.From(n), form)
		if err != nil {
			return nil, err
		}
		if a.Status == http.StatusServiceUnavailable || a.Status == http.StatusTooManyRequests {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		for _, c := range a.Cookies {
			if c.Name == "__Host-session" && a.Status == http.StatusSeeOther {
				return c, nil
			}
		}
		return nil, fmt.Errorf("sign-in of customer %d answers %d", n, a.Status)
	}
}
