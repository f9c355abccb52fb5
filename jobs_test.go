package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/command"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/mail"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/postgres/testdb"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/feed"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/mails"
)

// TestJobsMayRunTwice runs each kind of background work on a parcel that has
// been silent for long, and once more.
func TestJobsMayRunTwice(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	now := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	store := shipment.NewStore(db, db, func() time.Time { return now })
	in := feed.Importer{Store: store, Now: func() time.Time { return now }}
	const file = "waybill,accepted_at,origin_country,origin_zone,destination_country,destination_zone\nW1234,2026-03-03T10:00:00Z,US,UTC,CN,Asia/Shanghai\n"
	if _, err := in.Shipments(t.Context(), strings.NewReader(file), feed.CSV, feed.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(t.Context(), `update shipments set added_at = '2026-03-03'`); err != nil {
		t.Fatal(err)
	}
	now = now.AddDate(0, 0, 31) // the report of the import is old, too
	d := office(db, store, mail.NewOutbox(db))
	d.Customs = identities(t, d)
	for round := range 2 {
		for _, j := range jobs(d, letterhead) {
			if err := j.Do(t.Context(), arguments(j.Kind)); err != nil {
				t.Errorf("round %d: %s: %v", round, j.Kind, err)
			}
			if j.Every != 0 && j.Every < time.Minute || j.Every > 24*time.Hour || !strings.Contains(j.Kind, ".") {
				t.Errorf("%s comes every %v", j.Kind, j.Every)
			}
		}
		p, err := store.Lookup(t.Context(), "W1234")
		if err != nil || p.Status.Tag != "Expired" {
			t.Errorf("round %d: %+v, %v, want an expired parcel", round, p.Status, err)
		}
		var reports int
		if err := db.Get(t.Context(), &reports, `select count(*) from import_reports`); err != nil || reports != 0 {
			t.Errorf("round %d: %d old reports are left, %v", round, reports, err)
		}
	}
}

// office is the database's stores as the jobs know them.
func office(db *postgres.DB, shipments *shipment.Store, way mail.Sender) *command.Database {
	d := &command.Database{Web: db, Work: db, Shipments: shipments, Outbox: mail.NewOutbox(db), Mail: way}
	d.Accounts = account.NewStore(db, db, []byte("a master key of thirty-two bytes"), time.Now)
	d.Shelf = shelf.NewStore(db, db, shipments, time.Now)
	d.Accounts.OnConfirmed = d.Shelf.Join
	return d
}

// identities is the store of consignees' identities on a folder of the test's own.
func identities(t *testing.T, d *command.Database) *customs.Store {
	t.Helper()
	ring, err := seal.NewRing([]byte("a master key of thirty-two bytes"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := document.OpenFiles(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	return customs.NewStore(d.Web, d.Work, d.Shipments, files, ring, time.Now)
}

func letterhead() mails.House {
	return mails.House{From: "parcels@ecms.example.com", Base: "https://ecms.example.com", Now: time.Now()}
}

// arguments are such as a kind of job may get; what they name is not there.
func arguments(kind string) json.RawMessage {
	return map[string]json.RawMessage{
		account.JobLetter: json.RawMessage(`{"ref":"aaaaaaaaaaaaaaaaaaaaaaaaaa"}`), shelf.JoinJob: json.RawMessage(`{"account":7}`),
		customs.JobLetter: json.RawMessage(`{"ref":"aaaaaaaaaaaaaaaaaaaaaaaaaa"}`), customs.JobAsk: json.RawMessage(`{"waybills":["NONE"]}`),
	}[kind]
}

// TestJobsTellWhatWentWrong, so that the worker tries again later.
func TestJobsTellWhatWentWrong(t *testing.T) {
	t.Parallel()
	db := testdb.New(t)
	store := shipment.NewStore(db, db, time.Now)
	ended, stop := context.WithCancel(t.Context())
	stop()
	d := office(db, store, mail.NewOutbox(db))
	d.Customs = identities(t, d)
	for _, j := range jobs(d, letterhead) {
		if err := j.Do(ended, arguments(j.Kind)); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want what ended it", j.Kind, err)
		}
	}
}
