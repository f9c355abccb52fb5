package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/command"
	"ecms/portal/internal/customs"
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
		{Kind: customs.JobRemind, Every: time.Hour, Do: counted(d.Customs.Remind)},
		{Kind: customs.JobAsk, Do: ask(d)},
		{Kind: customs.JobLetter, Do: identityLetters(d, house)},
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

// ask opens the requests of parcels of which customs has begun to wait.
func ask(d *command.Database) job.Handler {
	return func(ctx context.Context, args json.RawMessage) error {
		var task customs.AskJob
		if err := read(args, &task); err != nil {
			return err
		}
		return d.Customs.Ask(ctx, task.Waybills)
	}
}

// letters sends a letter that the portal owes somebody.
func letters(d *command.Database, house func() mails.House) job.Handler {
	return func(ctx context.Context, args json.RawMessage) error {
		var task account.LetterJob
		if err := read(args, &task); err != nil {
			return err
		}
		owed, err := d.Accounts.ToSend(ctx, task.Ref)
		return deliver(ctx, d.Mail, err, func() (mail.Message, error) { return mails.Compose(ctx, owed, house()) },
			func() error { return d.Accounts.Sent(ctx, task.Ref) })
	}
}

// identityLetters sends a mail about a parcel's identity.
func identityLetters(d *command.Database, house func() mails.House) job.Handler {
	return func(ctx context.Context, args json.RawMessage) error {
		var task customs.LetterJob
		if err := read(args, &task); err != nil {
			return err
		}
		owed, err := d.Customs.ToSend(ctx, task.Ref)
		return deliver(ctx, d.Mail, err, func() (mail.Message, error) { return mails.ComposeIdentity(ctx, owed, house()) },
			func() error { return d.Customs.Sent(ctx, task.Ref) })
	}
}

// deliver composes what is owed, hands it over and writes that down. Whatever it is
// killed in, it may run again: what was sent is not found any more, and what was
// sent without being written down replaces itself.
func deliver(ctx context.Context, way mail.Sender, found error, compose func() (mail.Message, error), sent func() error) error {
	if errors.Is(found, fault.ErrNotFound) {
		return nil
	}
	if found != nil {
		return found
	}
	message, err := compose()
	if err != nil {
		return err
	}
	err = way.Send(ctx, message)
	if errors.Is(err, mail.ErrPermanent) {
		return job.Hopeless(err)
	}
	if err != nil {
		return err
	}
	return sent()
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
