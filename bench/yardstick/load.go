package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

const parcelSQL = `select tag, subtag, coalesce(customs_state, ''), origin_country, destination_country, destination_zone,
	accepted_at is not null, coalesce(to_char(promised_from, 'YYYY-MM-DD'), ''), coalesce(to_char(promised_to, 'YYYY-MM-DD'), ''),
	last_mile_carrier, last_mile_number from shipments where waybill = $1`

const eventsSQL = `select at, offset_minutes, country, facility, place, code from checkpoints where waybill = $1 order by at desc`

type parcel struct {
	waybill                         string
	tag, subtag, customs            string
	origin, destination, zone       string
	accepted                        bool
	promisedFrom, promisedTo        string
	lastMileCarrier, lastMileNumber string
	events                          []event
}

type event struct {
	at       time.Time
	offset   int16
	country  string
	facility bool
	place    string
	code     string // the generated feed uses AfterShip's subtags as codes
}

func load(ctx context.Context, pool *pgxpool.Pool, waybill string) (parcel, error) {
	p := parcel{waybill: waybill}
	err := pool.QueryRow(ctx, "parcel", waybill).Scan(&p.tag, &p.subtag, &p.customs, &p.origin, &p.destination, &p.zone,
		&p.accepted, &p.promisedFrom, &p.promisedTo, &p.lastMileCarrier, &p.lastMileNumber)
	if err != nil {
		return p, err
	}
	rows, err := pool.Query(ctx, "events", waybill)
	if err != nil {
		return p, err
	}
	defer rows.Close()
	p.events = make([]event, 0, 24)
	for rows.Next() {
		var e event
		if err := rows.Scan(&e.at, &e.offset, &e.country, &e.facility, &e.place, &e.code); err != nil {
			return p, err
		}
		p.events = append(p.events, e)
	}
	return p, rows.Err()
}
