package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/command"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/job"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/mails"
)

// jobs is the map of background work: each kind and the method that does it.
func jobs(d *command.Database, house func() mails.House) []command.Job {
	return []command.Job{
		{Kind: "shipment.expire", Every: time.Hour, Do: counted(d.Shipments.Expire)},
		{Kind: "shipment.sweep", Every: time.Hour, Do: counted(d.Shipments.Sweep)},
		{Kind: shipment.CountKind, Every: 15 * time.Minute, Do: counted(d.Shipments.Count)},
		{Kind: "shipment.terms", Do: counted(d.Shipments.FillTerms)}, // asked for once, by the migration that brought the terms
		{Kind: "account.sweep", Every: time.Hour, Do: counted(d.Accounts.Sweep)},
		{Kind: "identity.sweep", Every: time.Hour, Do: counted(d.Customs.Sweep)},
		{Kind: account.JobLetter, Do: letters(d, house)},
		{Kind: shelf.JoinJob, Do: settle(d.Shelf)},
	}
}

// settle fills the shelf of an account whose address was confirmed.
func settle(shelves *shelf.Store) job.Handler {
	return func(ctx context.Context, args json.RawMessage) error {
		var task shelf.JoinTask
		if err := read(args, &task); err != nil {
			return err
		}
		return shelves.Settle(ctx, task.Account)
	}
}

// letters sends a letter that the portal owes somebody. Whatever it is killed in,
// it may run again: what was sent is not found any more, and what was sent without
// being written down replaces itself.
func letters(d *command.Database, house func() mails.House) job.Handler {
	return func(ctx context.Context, args json.RawMessage) error {
		var task account.LetterJob
		if err := read(args, &task); err != nil {
			return err
		}
		owed, err := d.Accounts.ToSend(ctx, task.Ref)
		if errors.Is(err, fault.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		message, err := mails.Compose(ctx, owed, house())
		if err != nil {
			return err
		}
		err = d.Mail.Send(ctx, message)
		if errors.Is(err, mail.ErrPermanent) {
			return job.Hopeless(err)
		}
		if err != nil {
			return err
		}
		return d.Accounts.Sent(ctx, task.Ref)
	}
}

// read takes a job's arguments; what cannot be read now never can.
func read(args json.RawMessage, into any) error {
	if err := json.Unmarshal(args, into); err != nil {
		return job.Hopeless(fmt.Errorf("arguments: %w", err))
	}
	return nil
}

// counted makes a job of work that takes no arguments and counts what it changed.
func counted(work func(context.Context) (int, error)) job.Handler {
	return func(ctx context.Context, _ json.RawMessage) error {
		_, err := work(ctx)
		return err
	}
}
