-- +goose Up
-- Where mail lands in the embedded default, to be read at /dev/outbox. One row a mail, however often it is sent.
create table outbox (
    ref       text primary key,
    at        timestamptz not null default now(),
    recipient text not null,
    subject   text not null,
    body_text text not null,
    body_html text not null
);
create index outbox_at on outbox (at desc);
