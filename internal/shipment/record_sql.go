package shipment

// upsertRecords writes whole rows of shipments, new ones and known ones.
const upsertRecords = `
insert into shipments (
    waybill, rev, service, accepted_at, delivered_at, promised_from, promised_to, incoterm, shipper_is_seller, order_no,
    piece, pieces, origin_place, origin_country, origin_zone, destination_place, destination_country, destination_zone,
    declared_weight, declared_weight_unit, declared_length, declared_width, declared_height, declared_dim_unit,
    measured_weight, measured_weight_unit, measured_length, measured_width, measured_height, measured_dim_unit,
    shipper_name, shipper_name_latin, shipper_phone, shipper_email, shipper_address, shipper_postcode, consignee_name,
    consignee_name_latin, consignee_phone, consignee_email, consignee_address, consignee_postcode, last_mile_carrier,
    last_mile_number, fed_customs_state, tag, subtag, status_at, customs_state, customs_since, checkpoint_count,
    attempt_count, added_at
)
select
    waybill, rev, service, accepted_at, delivered_at, promised_from, promised_to, incoterm, shipper_is_seller, order_no,
    piece, pieces, origin_place, origin_country, origin_zone, destination_place, destination_country, destination_zone,
    declared_weight, declared_weight_unit, declared_length, declared_width, declared_height, declared_dim_unit,
    measured_weight, measured_weight_unit, measured_length, measured_width, measured_height, measured_dim_unit,
    shipper_name, shipper_name_latin, shipper_phone, shipper_email, shipper_address, shipper_postcode, consignee_name,
    consignee_name_latin, consignee_phone, consignee_email, consignee_address, consignee_postcode, last_mile_carrier,
    last_mile_number, fed_customs_state, tag, subtag, status_at, customs_state, customs_since, checkpoint_count,
    attempt_count, added_at
from json_populate_recordset(null::shipments, $1::json)
on conflict (waybill) do update set
    rev = excluded.rev, service = excluded.service, accepted_at = excluded.accepted_at, delivered_at =
    excluded.delivered_at, promised_from = excluded.promised_from, promised_to = excluded.promised_to, incoterm =
    excluded.incoterm, shipper_is_seller = excluded.shipper_is_seller, order_no = excluded.order_no, piece =
    excluded.piece, pieces = excluded.pieces, origin_place = excluded.origin_place, origin_country =
    excluded.origin_country, origin_zone = excluded.origin_zone, destination_place = excluded.destination_place,
    destination_country = excluded.destination_country, destination_zone = excluded.destination_zone, declared_weight =
    excluded.declared_weight, declared_weight_unit = excluded.declared_weight_unit, declared_length =
    excluded.declared_length, declared_width = excluded.declared_width, declared_height = excluded.declared_height,
    declared_dim_unit = excluded.declared_dim_unit, measured_weight = excluded.measured_weight, measured_weight_unit =
    excluded.measured_weight_unit, measured_length = excluded.measured_length, measured_width = excluded.measured_width,
    measured_height = excluded.measured_height, measured_dim_unit = excluded.measured_dim_unit, shipper_name =
    excluded.shipper_name, shipper_name_latin = excluded.shipper_name_latin, shipper_phone = excluded.shipper_phone,
    shipper_email = excluded.shipper_email, shipper_address = excluded.shipper_address, shipper_postcode =
    excluded.shipper_postcode, consignee_name = excluded.consignee_name, consignee_name_latin =
    excluded.consignee_name_latin, consignee_phone = excluded.consignee_phone, consignee_email =
    excluded.consignee_email, consignee_address = excluded.consignee_address, consignee_postcode =
    excluded.consignee_postcode, last_mile_carrier = excluded.last_mile_carrier, last_mile_number =
    excluded.last_mile_number, fed_customs_state = excluded.fed_customs_state, tag = excluded.tag, subtag =
    excluded.subtag, status_at = excluded.status_at, customs_state = excluded.customs_state, customs_since =
    excluded.customs_since, checkpoint_count = excluded.checkpoint_count, attempt_count = excluded.attempt_count,
    changed_at = now()`
