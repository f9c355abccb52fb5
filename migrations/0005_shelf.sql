-- +goose Up
-- The parcels that an account keeps: added with a proof, or sent to or from its confirmed address.
create table account_parcels (
    account_id  bigint not null references accounts on delete cascade,
    waybill     text collate "C" not null,
    side        text not null check (side in ('to', 'from')),  -- the account's person is consignee or shipper
    proof       text not null check (proof in ('fact', 'email')),
    nickname    text not null default '' check (char_length(nickname) <= 60),
    added_at    timestamptz not null,
    archived_at timestamptz,
    removed_at  timestamptz,                                   -- taken off by its owner; does not join again by itself
    primary key (account_id, waybill)
);
create index account_parcels_waybill on account_parcels (waybill);

-- To find the parcels of an address when its account begins, some at a time.
create index shipments_consignee_email on shipments (lower(consignee_email), waybill) where consignee_email <> '';
create index shipments_shipper_email on shipments (lower(shipper_email), waybill) where shipper_email <> '';
