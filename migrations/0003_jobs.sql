-- +goose Up
-- Background work, enqueued in the transaction of the fact it follows.
create table jobs (
    id         bigint generated always as identity primary key,
    kind       text not null,
    args       jsonb not null default '{}',
    unique_key text,
    state      text not null default 'ready' check (state in ('ready', 'failed')),
    run_at     timestamptz not null default now(),
    attempt    bigint not null default 0,          -- grows with each taking; whoever holds an older number has lost the job
    tries      integer not null default 0,         -- those of them that count: not cut short, not done
    leased     boolean not null default false,     -- somebody is at it until run_at
    again      boolean not null default false,     -- asked for once more while somebody was at it
    last_error text not null default '',
    created_at timestamptz not null default now()
);
create unique index jobs_one_ready on jobs (kind, unique_key) where state = 'ready' and unique_key is not null;
create index jobs_due on jobs (run_at) where state = 'ready';

