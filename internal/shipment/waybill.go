package shipment

// Waybill is the number of one parcel in its normal form: our own
// ("EC7K3M9QTR2XW5") or any other carrier number of 4-100 characters out of
// A-Z 0-9 - . _ /.
type Waybill string
