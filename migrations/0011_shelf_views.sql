-- +goose Up
-- What a parcel's row of shipment_timeline says, kept beside each parcel of a shelf: so
-- an account's first page is one scan of its own rows. Whoever writes shipment_timeline
-- writes the copies in the same transaction; version 0 and no text stand for no view.
-- A feed of an older portal that still runs meanwhile leaves copies behind: portal verify
-- tells, portal rebuild mends.
alter table account_parcels add column view_version bigint not null default 0, add column view text not null default '';
alter table account_parcels set (fillfactor = 75); -- news change no index, so rows change in their place

update account_parcels k set view_version = t.version, view = t.body from shipment_timeline t where t.waybill = k.waybill;
