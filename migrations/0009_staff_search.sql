-- +goose Up
-- What the carrier's people find a parcel by: names, phones, e-mail addresses and
-- order numbers. It is a table of its own, since every checkpoint that moves a
-- status writes the shipment's row anew, and with it each index that stands on
-- shipments; this one is written only when the shipment record itself changes. It
-- holds personal data: whoever erases a shipment's parties erases its terms.
create table shipment_terms (
    term    text collate "C" not null,  -- a letter for the kind, then the folded name or number; phones backwards
    waybill text collate "C" not null,
    primary key (term, waybill)
);

-- Parcels that are there already get their terms in the background.
insert into jobs (kind, unique_key) select 'shipment.terms', 'all' where exists (select from shipments);

-- Counts over all parcels and events, which take too long to count for a page.
create table shipment_figures (
    one  boolean primary key default true check (one),
    at   timestamptz not null,
    body jsonb not null
);

-- Who has a parcel unlocked now.
create index grants_waybill on grants (waybill);
