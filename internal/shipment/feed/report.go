package feed

import "ecms/portal/internal/shipment"

// errorsKept bounds the list of a report; every bad row is still counted.
const errorsKept = 100_000

// Report tells what became of a file. Each received row has one outcome: added,
// replaced, unchanged, waiting (an event whose shipment has not come) or rejected.
type Report struct {
	Received  int `json:"received"`
	Added     int `json:"added"`
	Replaced  int `json:"replaced"`
	Unchanged int `json:"unchanged"`
	Waiting   int `json:"waiting"`
	Rejected  int `json:"rejected"`
	// Errors lists what is wrong, by line. A row with two wrong fields is there
	// twice; a column that we don't know is there without a rejected row.
	Errors []RowError `json:"errors"`
	// ErrorsOmitted counts what the list has no room for.
	ErrorsOmitted int `json:"errors_omitted,omitempty"`
	// Lines counts physical lines, header and empty ones included.
	Lines int `json:"-"`
}

// RowError is one thing wrong in one row. Values of people's fields are masked.
type RowError struct {
	Line  int    `json:"line"`
	Field string `json:"field"`
	Value string `json:"value"`
	// Reason is a stable word, a colon, and a sentence.
	Reason string `json:"reason"`
}

// Clean tells that every row came in.
func (r Report) Clean() bool { return r.Rejected == 0 }

func (r *Report) count(c shipment.Changes) {
	r.Added += c.Added
	r.Replaced += c.Replaced
	r.Unchanged += c.Unchanged
	r.Waiting += c.Waiting
}

func (r *Report) list(errs []RowError) {
	room := min(errorsKept-len(r.Errors), len(errs))
	r.Errors = append(r.Errors, errs[:room]...)
	r.ErrorsOmitted += len(errs) - room
}

// Reasons: the part before the colon never changes.
const (
	missingValue    = "missing_value: this field must not be empty"
	badWaybill      = "bad_waybill: 4 to 100 of A-Z 0-9 - . _ /"
	checkCharacter  = "check_character: one character of the waybill does not fit"
	badRev          = "bad_rev: a whole number from 0 to 2147483647"
	badInstant      = "bad_instant: an instant like 2026-03-03T14:05:00+08:00"
	noOffset        = "no_offset: the instant must end in Z or an offset like +08:00"
	futureInstant   = "future_instant: more than a day ahead"
	badCountry      = "bad_country: two letters of ISO 3166-1"
	badZone         = "bad_zone: a zone of the IANA list, like Asia/Shanghai"
	badIncoterm     = "bad_incoterm: DDP, DAP or empty"
	badWeight       = "bad_weight: a decimal number like 12.5"
	badSize         = "bad_size: a decimal number like 30.5"
	negative        = "negative: must not be below zero"
	badUnit         = "bad_unit: lb or kg, in or cm, beside each weight or size"
	badDate         = "bad_date: a date like 2026-03-03"
	rangeReversed   = "range_reversed: promised_from is after promised_to"
	badPiece        = "bad_piece: a whole number from 1 to 9999"
	pieceBeyond     = "piece_beyond_pieces: there are fewer pieces than that"
	badPhone        = "bad_phone: 4 to 15 digits, with spaces, dashes, + or brackets"
	badEmail        = "bad_email: an address like name@example.com"
	tooLong         = "too_long: more characters than the column takes"
	badCharacter    = "control_character: characters that no text holds, such as NUL"
	badEncoding     = "invalid_utf8: the line is not UTF-8"
	badBoolean      = "bad_boolean: true or false"
	badCustomsState = "bad_customs_state: not one of the customs states"
	openQuote       = "open_quote: a quote is not closed on its own line"
	strayQuote      = "stray_quote: a quote inside an unquoted field or after a closing quote"
	wrongCount      = "field_count: the header has another number of fields"
	lineTooLong     = "line_too_long: a line takes 64 KiB at most"
	unknownColumn   = "unknown_column: not read"
	missingColumn   = "missing_column: the file must have this column"
	doubleColumn    = "duplicate_column: the header names it twice"
	badJSON         = "bad_json: the line is not one JSON object"
	doubleKey       = "duplicate_key: the object names it twice"
	wrongType       = "wrong_type: another kind of JSON value is wanted"
	notTaken        = "not_taken: the database refused the row"
)
