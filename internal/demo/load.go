package demo

import (
	"context"
	"fmt"

	"ecms/portal/internal/shipment"
)

// Load takes the set in as the carrier's feed would bring it. Loading it again
// on the same day changes nothing; on a later day the same parcels move on.
func Load(ctx context.Context, store *shipment.Store, o Options) error {
	if _, err := store.ReceiveShipments(ctx, Shipments(o)); err != nil {
		return fmt.Errorf("demo shipments: %w", err)
	}
	if _, err := store.ReceiveCheckpoints(ctx, Checkpoints(o)); err != nil {
		return fmt.Errorf("demo checkpoints: %w", err)
	}
	return nil
}
