-- +goose Up
-- Mails about a parcel's identity that the portal owes somebody. The row comes with the fact
-- that it tells; its cause lets one fact owe one mail, however often it is looked at.
create table identity_letters (
    ref         text collate "C" primary key,                      -- names the mail; nothing opens by it
    waybill     text collate "C" not null,
    kind        text not null check (kind in ('asked', 'remind', 'return', 'accepted', 'refused')),
    cause       text collate "C" not null,                         -- 'remind 2026-12-05 1', 'refused 12'
    nth         smallint not null default 0,                       -- which reminder
    asked_on    date,                                              -- of the request that it is about
    identity_id bigint references identities,                      -- or the identity that was decided on
    created_at  timestamptz not null,
    ended_at    timestamptz,                                       -- null: still owed
    ended       text not null default '' check (ended in ('', 'sent', 'moot', 'nobody')),
    unique (waybill, cause)
);
create index identity_letters_created on identity_letters (created_at);
