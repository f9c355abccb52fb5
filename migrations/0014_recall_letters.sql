-- +goose Up
-- A letter of its own for whoever has no account: its code proves an address, under which
-- persons are kept for the next parcel. What it is asked for stands in next.
alter table letters drop constraint letters_purpose_check;
alter table letters add constraint letters_purpose_check
    check (purpose in ('register', 'login', 'reset', 'email', 'password_changed', 'email_changed', 'recall'));
