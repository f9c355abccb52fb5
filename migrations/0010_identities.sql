-- +goose Up
-- Data keys, each wrapped by a master key. Without its row, a record's sealed bytes are gone
-- for good, whoever holds the master key.
create table sealed_keys (
    record     text collate "C" primary key,              -- 'identity 12', 'person 3', 'index'
    master     text collate "C" not null,                  -- which master key wrapped it
    key        bytea not null,
    created_at timestamptz not null
);
create index sealed_keys_master on sealed_keys (master);

-- Persons kept for the next parcel, of an account or behind an e-mail address.
create table people (
    id           bigint generated always as identity primary key,
    account_id   bigint references accounts on delete restrict,   -- erased through the portal, with their keys
    email_key    text collate "C",                                 -- of whoever has no account
    country      text not null,
    doc_type     text not null,
    masked       text not null default '',
    number_hash  bytea,
    sealed       bytea,
    valid_to     date,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    keep_until   timestamptz not null,
    erased_at    timestamptz,
    erased_why   text not null default '',
    check ((account_id is null) <> (email_key is null)),
    check (erased_at is null or sealed is null)
);
create index people_account on people (account_id) where account_id is not null;
create index people_email on people (email_key) where email_key is not null;
create index people_keep on people (keep_until) where erased_at is null;

-- What was handed in to identify the consignee of one parcel.
create table identities (
    id            bigint generated always as identity primary key,
    waybill       text collate "C" not null,
    country       text not null,
    state         text not null check (state in ('draft', 'review', 'accepted', 'refused', 'withdrawn', 'replaced', 'expired', 'erased')),
    reference     text collate "C" not null unique,                -- what the person is told
    language      text not null,
    doc_type      text not null default '',
    masked        text not null default '',
    number_hash   bytea,
    sealed        bytea,                                           -- person and document, under the record 'identity <id>'
    has_person    boolean not null default false,
    has_document  boolean not null default false,
    warnings      jsonb not null default '[]',                     -- keys and fields, nothing that was typed
    account_id    bigint references accounts on delete set null,   -- who handed it in, if signed in
    person_id     bigint references people on delete set null,     -- the saved person it was taken from
    refusal       text not null default '',                        -- the reason's code
    refused_parts text[] not null default '{}',
    taken_by      bigint references accounts,
    taken_at      timestamptz,
    decided_by    bigint references accounts,
    decided_at    timestamptz,
    created_at    timestamptz not null,
    saved_at      timestamptz not null,
    submitted_at  timestamptz,
    keep_until    timestamptz,                                     -- null: until customs is done with the parcel
    erased_at     timestamptz,
    erased_why    text not null default '',
    check (erased_at is null or sealed is null)
);
create unique index identities_one_draft on identities (waybill) where state = 'draft';
create unique index identities_one_open on identities (waybill) where state in ('review', 'accepted', 'refused');
create index identities_waybill on identities (waybill, id);
create index identities_queue on identities (submitted_at, id) where state = 'review';
create index identities_keep on identities (keep_until) where keep_until is not null and erased_at is null;
create index identities_waiting on identities (id) where keep_until is null and erased_at is null;
create index identities_person on identities (person_id) where person_id is not null;
create index identities_account on identities (account_id) where account_id is not null;

-- Pictures in the document folder, sealed under their record.
create table identity_pictures (
    file        text collate "C" primary key,
    identity_id bigint references identities,
    person_id   bigint references people,
    slot        text not null check (slot in ('front', 'back', 'permit')),
    sum         bytea not null,                                    -- keyed, to tell equal pictures
    look        bigint not null,
    width       integer not null,
    height      integer not null,
    warnings    text[] not null default '{}',
    created_at  timestamptz not null,
    check ((identity_id is null) <> (person_id is null))
);
create unique index identity_pictures_identity on identity_pictures (identity_id, slot) where identity_id is not null;
create unique index identity_pictures_person on identity_pictures (person_id, slot) where person_id is not null;

-- What somebody agreed to. Outlives what it was about.
create table consents (
    id           bigint generated always as identity primary key,
    identity_id  bigint references identities,
    person_id    bigint references people,
    kind         text not null check (kind in ('customs', 'keep', 'transfer')),
    version      text not null,                                    -- of the text
    language     text not null,                                    -- in which it was read
    channel      text not null,                                    -- 'link', 'parcel', 'account', 'email'
    at           timestamptz not null,
    withdrawn_at timestamptz,
    check (identity_id is not null or person_id is not null)
);
create index consents_identity on consents (identity_id) where identity_id is not null;
create index consents_person on consents (person_id) where person_id is not null;

-- Every look at clear data, and every look that was refused. Only ever added to, and swept
-- when its years are over.
create table identity_looks (
    id          bigint generated always as identity primary key,
    actor_id    bigint references accounts,                        -- null: somebody without an account
    role        text not null check (role in ('owner', 'staff', 'broker', 'portal')),
    identity_id bigint,
    person_id   bigint,
    waybill     text collate "C" not null default '',
    what        text not null,                                     -- 'view', 'picture', 'export', 'copy', 'refused' ...
    reason      text not null,
    network     text not null default '',
    at          timestamptz not null
);
create index identity_looks_identity on identity_looks (identity_id, at desc) where identity_id is not null;
create index identity_looks_person on identity_looks (person_id, at desc) where person_id is not null;
create index identity_looks_at on identity_looks (at);
-- +goose StatementBegin
create function identity_looks_stay() returns trigger language plpgsql as $$
begin
    raise exception 'looks are never changed';
end $$;
-- +goose StatementEnd
create trigger identity_looks_stay before update on identity_looks for each row execute function identity_looks_stay();

-- Links by which a consignee without an account gets to one parcel's form.
create table parcel_links (
    token_hash  bytea primary key,
    waybill     text collate "C" not null,
    created_by  bigint references accounts,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    opened_at   timestamptz,                                       -- the last time
    wrong_tries integer not null default 0,
    revoked_at  timestamptz
);
create index parcel_links_waybill on parcel_links (waybill);
create index parcel_links_expires on parcel_links (expires_at);
alter table grants drop constraint grants_scope_check;
alter table grants add constraint grants_scope_check check (scope in ('status', 'docs', 'id'));

-- That customs waits for an identity, since when, and what was done about it.
create table identity_requests (
    waybill     text collate "C" primary key,
    country     text not null,
    asked_on    date not null,                                     -- at the destination
    due_on      date not null,
    reminded    smallint not null default 0,                       -- reminders queued
    reminded_at timestamptz,
    met_at      timestamptz,                                       -- customs no longer waits for it
    notice_at   timestamptz                                        -- the return was announced
);
create index identity_requests_due on identity_requests (due_on) where met_at is null;

-- Parcels of which customs waits for an identity.
create index shipments_awaiting_id on shipments (waybill) where customs_state = 'awaiting_id';
