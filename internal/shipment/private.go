package shipment

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ecms/portal/internal/fault"
)

// Private is the unlocked view, for the holder of a live grant; for anybody
// else the parcel is not found. Looking at it keeps the grant from idling out.
func (s *Store) Private(ctx context.Context, w Waybill, token string) (Public, Private, error) {
	scope, err := s.refresh(ctx, w, token)
	if err != nil {
		return Public{}, Private{}, fmt.Errorf("private view: %w", missing(err))
	}
	if scope == ScopeID { // another page's
		return Public{}, Private{}, fmt.Errorf("private view: %w", fault.ErrNotFound)
	}
	p, v, err := s.Full(ctx, w)
	if err != nil || scope == ScopeDocs {
		return p, v, err
	}
	v.Scope = scope
	return p, v.statusOnly(), nil
}

// Full is the unlocked view without a grant, for callers that have made sure by
// other means that whoever asks may see all of the parcel.
func (s *Store) Full(ctx context.Context, w Waybill) (Public, Private, error) {
	p, err := s.Lookup(ctx, w)
	if err != nil {
		return Public{}, Private{}, err
	}
	var row recordRow
	if err := s.web.Get(ctx, &row, `select `+recordColumns+` from shipments where waybill = $1`, string(w)); err != nil {
		return Public{}, Private{}, fmt.Errorf("private record: %w", missing(err))
	}
	known, err := readCheckpoints(ctx, s.web, []Waybill{w})
	if err != nil {
		return Public{}, Private{}, err
	}
	v := Private{Record: row.record(), Scope: ScopeDocs}
	for _, e := range slices.Backward(sorted(checkpointsOf(known[w]))) {
		v.Checkpoints = append(v.Checkpoints, e.Checkpoint)
	}
	if v.Siblings, err = s.siblings(ctx, v.Record); err != nil {
		return Public{}, Private{}, err
	}
	return p, v, nil
}

// refresh finds a live grant, notes that it was used, and gives its scope.
func (s *Store) refresh(ctx context.Context, w Waybill, token string) (string, error) {
	now := s.now().UTC()
	var g struct {
		Scope  string    `db:"scope"`
		SeenAt time.Time `db:"seen_at"`
	}
	const find = `
select scope, seen_at from grants where token_hash = $1 and waybill = $2 and expires_at > $3 and seen_at > $4`
	if err := s.web.Get(ctx, &g, find, hashOf(token), string(w), now, now.Add(-grantIdle)); err != nil {
		return "", err
	}
	if now.Sub(g.SeenAt) < time.Minute {
		return g.Scope, nil
	}
	const touch = `update grants set seen_at = $3 where token_hash = $1 and waybill = $2 and seen_at < $3`
	if _, err := s.web.Exec(ctx, touch, hashOf(token), string(w), now); err != nil {
		return "", fmt.Errorf("note use: %w", err)
	}
	return g.Scope, nil
}

// siblings are the other pieces of the same order, sender and postcode; an
// order number says nothing without its sender.
func (s *Store) siblings(ctx context.Context, r Record) ([]Waybill, error) {
	if r.OrderNo == "" || r.Shipper.Name == "" || r.Pieces < 2 {
		return nil, nil
	}
	var ws []Waybill
	const query = `
select waybill from shipments
where order_no = $1 and order_no <> '' and pieces > 1 and shipper_name = $2 and consignee_postcode = $3 and waybill <> $4
order by piece, waybill limit 200`
	if err := s.web.Select(ctx, &ws, query, r.OrderNo, r.Shipper.Name, r.Consignee.Postcode, string(r.Waybill)); err != nil {
		return nil, fmt.Errorf("siblings: %w", err)
	}
	return ws, nil
}

// statusOnly keeps what scope "status" adds to the public view: places. Raw
// codes make way for the words that anybody may see.
func (p Private) statusOnly() Private {
	kept := Private{Scope: p.Scope, Record: Record{
		Waybill: p.Record.Waybill, Service: p.Record.Service, Piece: p.Record.Piece, Pieces: p.Record.Pieces,
		Origin: p.Record.Origin, Destination: p.Record.Destination,
	}}
	for _, c := range p.Checkpoints {
		kept.Checkpoints = append(kept.Checkpoints, Checkpoint{
			Waybill: c.Waybill, At: c.At, OffsetMinutes: c.OffsetMinutes, Place: c.Place, Facility: c.Facility, Country: c.Country,
			Code: officialCode(c.Source, c.Code),
		})
	}
	return kept
}

// officialCode is the official word for what a raw code means; empty for one
// without a meaning.
func officialCode(source, code string) string {
	subtag, customs, _ := Translate(source, code)
	if customs != "" {
		return string(customs)
	}
	return string(subtag)
}
