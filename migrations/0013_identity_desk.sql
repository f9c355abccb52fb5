-- +goose Up
-- What the staff tell one another about a case. Goes with what the case was about.
create table identity_notes (
    id          bigint generated always as identity primary key,
    identity_id bigint not null references identities,
    account_id  bigint not null references accounts,
    note        text not null,
    at          timestamptz not null
);
create index identity_notes_identity on identity_notes (identity_id);

-- Which of the staff has a case open for some minutes, and how many they opened lately.
create index identity_looks_open on identity_looks (actor_id, at) where what = 'open';
