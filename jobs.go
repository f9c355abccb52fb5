package main

import (
	"context"
	"encoding/json"
	"time"

	"ecms/portal/internal/command"
	"ecms/portal/internal/job"
	"ecms/portal/internal/shipment"
)

// jobs is the map of background work: each kind and the method that does it.
func jobs(shipments *shipment.Store) []command.Job {
	return []command.Job{
		{Kind: "shipment.expire", Every: time.Hour, Do: counted(shipments.Expire)},
		{Kind: "shipment.sweep", Every: time.Hour, Do: counted(shipments.Sweep)},
		{Kind: shipment.CountKind, Every: 15 * time.Minute, Do: counted(shipments.Count)},
		{Kind: "shipment.terms", Do: counted(shipments.FillTerms)}, // asked for once, by the migration that brought the terms
	}
}

// counted makes a job of work that takes no arguments and counts what it changed.
func counted(work func(context.Context) (int, error)) job.Handler {
	return func(ctx context.Context, _ json.RawMessage) error {
		_, err := work(ctx)
		return err
	}
}
