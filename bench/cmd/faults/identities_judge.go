package main

import (
	"context"
	"errors"
	"fmt"
)

// judge lets the sweep run and compares what is there with what was promised.
func (o *office) judge(ctx context.Context, kills int) error {
	v, err := openVault(ctx, o.db.URL, o.bed.Data(), o.bed.Key())
	if err != nil {
		return err
	}
	defer v.close()
	orphans, _, err := v.strays(ctx)
	if err != nil {
		return err
	}
	if err := v.sweep(ctx); err != nil {
		return err
	}
	if err := errors.Join(v.whole(ctx), o.promises(ctx, v)); err != nil {
		return err
	}
	if len(o.odd) > 0 {
		return fmt.Errorf("%d answers that no kill explains, such as %s", len(o.odd), o.odd[0])
	}
	if kills >= 20 && (o.cut[uploading] < kills/5 || o.cut[submitting] < kills/10) {
		return fmt.Errorf("of %d kills %d uploads and %d submissions were cut off: too few to prove anything", kills, o.cut[uploading], o.cut[submitting])
	}
	fmt.Printf("identities: %d kills cut %d uploads and %d submissions off; %d files of nobody before the sweep, none after;\n", kills, o.cut[uploading], o.cut[submitting], len(orphans))
	fmt.Printf("            %d submissions and %d uploads acknowledged, all there and whole\n", len(o.sent), len(o.kept))
	return nil
}

// promises holds what was acknowledged to what is kept.
func (o *office) promises(ctx context.Context, v *vault) error {
	list, err := v.rows(ctx)
	if err != nil {
		return err
	}
	byReference, latest := map[string]row{}, map[string]row{}
	for _, r := range list {
		byReference[r.Reference] = r
		latest[r.Waybill] = r
	}
	for waybill, receipt := range o.sent {
		r, ok := byReference[receipt.Reference]
		if !ok || r.Waybill != waybill || r.State != "review" || fmt.Sprint(r.ID) != receipt.FormID {
			return fmt.Errorf("%s was acknowledged as %s and is lost: %+v", waybill, receipt.Reference, r)
		}
	}
	for waybill, pictures := range o.kept {
		if r := latest[waybill]; !r.Document || r.Pictures != pictures {
			return fmt.Errorf("%s: %d pictures were acknowledged: %+v", waybill, pictures, r)
		}
	}
	return nil
}
