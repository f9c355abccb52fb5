-- +goose Up
-- Which of the carrier's people looked at whose parcel, and what they searched for. Only ever added to.
create table staff_looks (
    id         bigint generated always as identity primary key,
    account_id bigint not null references accounts,
    at         timestamptz not null,
    what       text not null check (what in ('search', 'parcel')),
    waybill    text collate "C" not null default '',  -- the parcel looked at
    found      integer not null default 0             -- how many parcels a search showed; what was typed is not kept
);
create index staff_looks_waybill on staff_looks (waybill, at desc) where waybill <> '';
create index staff_looks_account on staff_looks (account_id, at desc);
