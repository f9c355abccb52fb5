-- +goose Up
-- Customers who sign in, and the carrier's people. An account begins when its address is confirmed.
create table accounts (
    id           bigint generated always as identity primary key,
    email        text not null,                            -- as it was typed
    email_key    text collate "C" not null,                -- as it is compared
    password     text,                                     -- argon2id in PHC form; null: signs in by mailed link alone
    role         text not null default 'customer' check (role in ('customer', 'staff')),
    name         text not null default '',
    language     text not null,
    terms        text not null default '',                 -- version of the terms agreed to
    confirmed_at timestamptz not null,
    created_at   timestamptz not null,
    closed_at    timestamptz                               -- nobody signs in any more
);
create unique index accounts_email on accounts (email_key) where closed_at is null;

-- Who is signed in. The cookie's token is kept hashed.
create table sessions (
    id         bigint generated always as identity primary key,
    token_hash bytea not null unique,
    account_id bigint not null references accounts on delete cascade,
    agent      text not null default '',                   -- the browser in words, "Firefox on Android"
    network    text not null default '',                   -- /24 or /48
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    proved_at  timestamptz not null,                       -- when the person last showed who they are
    expires_at timestamptz not null
);
create index sessions_account on sessions (account_id);
create index sessions_expires on sessions (expires_at);

-- Mails that the portal owes somebody, and what their links still open. A link's secret is not
-- kept: it follows from ref and the portal's key.
create table letters (
    ref        bytea primary key,                          -- 16 random bytes
    purpose    text not null check (purpose in ('register', 'login', 'reset', 'email', 'password_changed', 'email_changed')),
    email      text not null,
    email_key  text collate "C" not null,
    account_id bigint references accounts on delete cascade, -- who asked, when signed in
    language   text not null,
    network    text not null,
    next       text not null default '',                   -- where its link leads after signing in
    tries      smallint not null default 0,                -- wrong codes
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    sent_at    timestamptz
);
create index letters_email on letters (email_key, created_at);
create index letters_network on letters (network, created_at);
create index letters_created on letters (created_at);

-- Passwords tried and not yet found right, to refuse the eleventh within the window.
create table sign_in_tries (
    id        bigint generated always as identity primary key,
    email_key text collate "C" not null,                   -- whether anybody has an account by it or not
    network   text not null,
    at        timestamptz not null
);
create index sign_in_tries_email on sign_in_tries (email_key, at);
create index sign_in_tries_network on sign_in_tries (network, at);
create index sign_in_tries_at on sign_in_tries (at);

-- What happened to an account, for its owner and for whoever looks into a theft. Only ever added to.
create table account_events (
    id         bigint generated always as identity primary key,
    account_id bigint not null references accounts on delete cascade,
    at         timestamptz not null,
    kind       text not null,                              -- signed_in, signed_out, password_changed ...
    agent      text not null default '',
    network    text not null default '',
    actor_id   bigint references accounts                  -- who did it; null: the owner
);
create index account_events_account on account_events (account_id, at desc);
