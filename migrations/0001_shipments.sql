-- +goose Up
-- One parcel as the carrier's feed tells it, with the status that follows from its checkpoints.
create table shipments (
    waybill              text collate "C" primary key,
    rev                  integer not null default 0,
    service              text not null default '',
    accepted_at          timestamptz,
    delivered_at         timestamptz,
    promised_from        date,
    promised_to          date,
    incoterm             text not null default '' check (incoterm in ('', 'DDP', 'DAP')),
    shipper_is_seller    boolean not null default false,
    order_no             text not null default '',
    piece                smallint not null default 1,
    pieces               smallint not null default 1,
    origin_place         text not null default '',
    origin_country       text not null,
    origin_zone          text not null,
    destination_place    text not null default '',
    destination_country  text not null,
    destination_zone     text not null,
    declared_weight      numeric,
    declared_weight_unit text not null default '',
    declared_length      numeric,
    declared_width       numeric,
    declared_height      numeric,
    declared_dim_unit    text not null default '',
    measured_weight      numeric,
    measured_weight_unit text not null default '',
    measured_length      numeric,
    measured_width       numeric,
    measured_height      numeric,
    measured_dim_unit    text not null default '',
    shipper_name         text not null default '',
    shipper_name_latin   text not null default '',
    shipper_phone        text not null default '',
    shipper_email        text not null default '',
    shipper_address      text not null default '',
    shipper_postcode     text not null default '',
    consignee_name       text not null default '',
    consignee_name_latin text not null default '',
    consignee_phone      text not null default '',
    consignee_email      text not null default '',
    consignee_address    text not null default '',
    consignee_postcode   text not null default '',
    last_mile_carrier    text not null default '',
    last_mile_number     text not null default '',
    fed_customs_state    text not null default '',  -- as the feed's shipment record says it
    -- What follows from the checkpoints; written in the transaction that writes them.
    tag                  text not null,
    subtag               text not null,
    status_at            timestamptz,
    customs_state        text,                      -- null: customs has nothing to say
    customs_since        timestamptz,
    checkpoint_count     integer not null default 0,
    attempt_count        integer not null default 0,
    added_at             timestamptz not null default now(),
    changed_at           timestamptz not null default now(),
    check (piece between 1 and pieces)
) with (fillfactor = 85);
create index shipments_last_mile on shipments (last_mile_number) where last_mile_number <> '';
create index shipments_order on shipments (order_no) where pieces > 1 and order_no <> '';
create index shipments_silent on shipments (coalesce(status_at, accepted_at, added_at))
    where tag not in ('Delivered', 'Expired') and subtag not in ('Exception_011', 'Exception_013', 'Exception_020', 'Exception_021');

-- The truth: every event as a carrier reported it. It has no foreign key, so that
-- an event may come before its shipment and join it later.
create table checkpoints (
    waybill        text collate "C" not null,
    source         text collate "C" not null,
    event_key      text collate "C" not null,  -- '#' + the source's event id, else instant, code and place around unit separators
    rev            integer not null,
    at             timestamptz not null,
    offset_minutes smallint not null,
    country        text not null,
    facility       boolean not null,
    place          text not null,
    code           text not null,
    text           text not null,
    primary key (waybill, source, event_key)
);

-- What a stranger may see, one row a parcel, without a language. The version grows with every change.
create table shipment_timeline (
    waybill text collate "C" primary key,
    version bigint not null,
    body    text not null
) with (fillfactor = 75);

-- Reports of imports, with personal values masked; kept 30 days.
create table import_reports (
    id       bigint generated always as identity primary key,
    at       timestamptz not null default now(),
    kind     text not null check (kind in ('shipments', 'checkpoints')),
    origin   text not null check (origin in ('file', 'ops')),
    counts   jsonb not null,
    errors   jsonb not null
);
create index import_reports_at on import_reports (at);

