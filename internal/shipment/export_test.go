package shipment

// Encode and Decode let tests see the timeline's format.
func (p Public) Encode() string { return p.encode() }

// Decode reads what Encode wrote.
func Decode(w Waybill, version int64, body string) (Public, error) { return decode(w, version, body) }
