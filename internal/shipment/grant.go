package shipment

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"ecms/portal/internal/postgres"
)

// How long a grant lives.
const (
	grantIdle = 2 * time.Hour
	grantLife = 24 * time.Hour
)

// Scopes of a grant.
const (
	// ScopeStatus is the public view and all places.
	ScopeStatus = "status"
	// ScopeDocs is the whole unlocked view.
	ScopeDocs = "docs"
)

// Grant is the right to see one parcel's private view.
type Grant struct {
	// Token is the secret for the browser; only its hash is kept.
	Token   string
	Waybill Waybill
	Scope   string
	Expires time.Time
}

// grant makes a new token for the unlocked view of a parcel.
func (s *Store) grant(ctx context.Context, tx *postgres.Tx, w Waybill, oldToken string) (Grant, error) {
	return s.grantScope(ctx, tx, w, ScopeDocs, oldToken)
}

// grantScope makes a new token for a parcel and moves what the old token held to it.
func (s *Store) grantScope(ctx context.Context, tx *postgres.Tx, w Waybill, scope, oldToken string) (Grant, error) {
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return Grant{}, fmt.Errorf("token: %w", err)
	}
	now := s.now().UTC()
	g := Grant{Token: base64.RawURLEncoding.EncodeToString(random), Waybill: w, Scope: scope, Expires: now.Add(grantLife)}
	hash := hashOf(g.Token)
	if oldToken != "" {
		const move = `update grants set token_hash = $1 where token_hash = $2 and waybill <> $3 and expires_at > $4 and seen_at > $5`
		if _, err := tx.Exec(ctx, move, hash, hashOf(oldToken), string(w), now, now.Add(-grantIdle)); err != nil {
			return Grant{}, fmt.Errorf("move grants: %w", err)
		}
		if _, err := tx.Exec(ctx, `delete from grants where token_hash = $1`, hashOf(oldToken)); err != nil {
			return Grant{}, fmt.Errorf("end old grants: %w", err)
		}
	}
	const add = `insert into grants (token_hash, waybill, scope, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)`
	if _, err := tx.Exec(ctx, add, hash, string(w), g.Scope, now, g.Expires); err != nil {
		return Grant{}, fmt.Errorf("add grant: %w", err)
	}
	return g, nil
}

// holds tells whether a token opens all of the parcels: whoever holds one that
// shares a last-mile number with others is a stranger to those.
func holds(ctx context.Context, tx *postgres.Tx, token string, ws []Waybill, now time.Time) (bool, error) {
	var n int
	const query = `
select count(*) from grants
where token_hash = $1 and waybill = any($2) and expires_at > $3 and seen_at > $4`
	if err := tx.Get(ctx, &n, query, hashOf(token), waybillArray(ws), now, now.Add(-grantIdle)); err != nil {
		return false, fmt.Errorf("find grant: %w", err)
	}
	return n == len(ws) && token != "", nil
}

func hashOf(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}
