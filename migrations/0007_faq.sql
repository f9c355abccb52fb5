-- +goose Up
-- Whether an answer helped, as visitors say it. Nothing tells who they are.
create table faq_votes (
    id       bigint generated always as identity primary key,
    question text not null,          -- 4.14
    language text not null,
    useful   boolean not null,
    comment  text not null default '',
    at       timestamptz not null
);
create index faq_votes_question on faq_votes (question, at desc);
