-- +goose Up
-- Who unlocked a parcel with a second fact. The cookie's token is kept hashed.
create table grants (
    token_hash bytea not null,
    waybill    text collate "C" not null,
    scope      text not null check (scope in ('status', 'docs')),
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null,
    primary key (token_hash, waybill)
);
create index grants_expires on grants (expires_at);

-- Wrong second facts, to lock a network out of one parcel, or the parcel for an hour.
create table unlock_failures (
    waybill text collate "C" not null,
    network text not null,   -- /24 or /48
    at      timestamptz not null
);
create index unlock_failures_waybill on unlock_failures (waybill, at);
create index unlock_failures_at on unlock_failures (at);

