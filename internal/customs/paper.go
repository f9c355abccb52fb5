package customs

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/shipment"
)

// DocumentEntry is the document's page as it was typed, without its pictures.
type DocumentEntry struct {
	DocType, Number                    string
	ExpiryDay, ExpiryMonth, ExpiryYear string
	Issuer, Zone                       string
	LongTerm, EZWay                    bool
}

// Document is what a person is known by, as customs gets it: sealed wherever it is kept.
type Document struct {
	Doc DocType `json:"doc"`
	// Number is canonical; empty for those who are registered in EZ WAY.
	Number string        `json:"number,omitempty"`
	Expiry shipment.Date `json:"expiry,omitempty"` // the last day; empty when it has none
	// LongTerm says that the card has no end (长期).
	LongTerm bool   `json:"long_term,omitempty"`
	Issuer   string `json:"issuer,omitempty"` // ISO 3166-1 alpha-2
	EZWay    bool   `json:"ezway,omitempty"`
}

// without is the document as far as nobody asks for it again.
func (d Document) without(again []string) Document {
	if slices.Contains(again, FieldDocType) {
		return Document{}
	}
	if slices.Contains(again, FieldDocNumber) {
		d.Number = ""
	}
	if slices.Contains(again, FieldExpiryDay) {
		d.Expiry, d.LongTerm = "", false
	}
	return d
}

// whole tells whether nothing that the country asks of a document is missing.
func (r Rule) whole(d Document) bool {
	rule, known := r.Document(d.Doc)
	return known && (rule.Number != Must || d.Number != "") && (rule.Expiry != Must || d.Expiry != "" || d.LongTerm)
}

// Masked is the number as it may be shown.
func (d Document) Masked() string { return Mask(d.numberDoc(), d.Number) }

// numberDoc is the document whose scheme the number is of.
func (d Document) numberDoc() DocType {
	if d.Doc != TWEZWay {
		return d.Doc
	}
	return TWID // both of Taiwan's numbers are masked alike
}

func (e *DocumentEntry) texts() []text {
	return []text{
		{FieldDocType, &e.DocType}, {FieldDocNumber, &e.Number}, {FieldExpiryDay, &e.ExpiryDay}, {FieldExpiryMonth, &e.ExpiryMonth},
		{FieldExpiryYear, &e.ExpiryYear}, {FieldIssuer, &e.Issuer}, {FieldZone, &e.Zone},
	}
}

// Echo is the entry as it may be shown again: a Korean resident number is gone.
func (e DocumentEntry) Echo(r Rule) DocumentEntry {
	r.guard(e.texts(), nil)
	return e
}

// CheckDocument holds what was typed of a document to the country's rule, to the
// person, and to its own machine-readable zone. Today is the day at the
// destination. Errors and warnings are as CheckPerson's.
func (r Rule) CheckDocument(e DocumentEntry, who Person, today shipment.Date) (Document, Warnings, error) {
	var p problems
	c := paperCheck{p: &p, refused: r.guard(e.texts(), &p), today: today}
	rule, ok := c.kind(r, e, who)
	if !ok {
		return Document{}, nil, p.err()
	}
	c.rule = rule
	d := Document{Doc: rule.Doc, EZWay: r.Country == "TW" && e.EZWay}
	zone, read := c.zone(e.Zone)
	if read && rule.book() {
		e = e.filled(zone)
	}
	d.Number = c.number(e.Number)
	d.Expiry, d.LongTerm = c.expiry(e)
	d.Issuer = c.issuer(e.Issuer)
	if rule.Doc == TWEZWay && !e.EZWay {
		p.refuse(FieldEZWay, FlawEmpty)
	}
	if read && len(p.wrong) == 0 {
		c.agree(zone, d, who)
	}
	if len(p.wrong) == 0 && rule.book() && unusual(d.Issuer, d.Number) {
		p.warn(FieldDocNumber, FlawUnusual, "example", Example(rule.Doc))
	}
	if err := p.err(); err != nil {
		return Document{}, p.odd, err
	}
	return d, p.odd, nil
}

// paperCheck is one document's check under way.
type paperCheck struct {
	p       *problems
	rule    DocumentRule
	refused map[string]bool
	today   shipment.Date
}

// kind finds the document's rule, among those that serve the person.
func (c paperCheck) kind(r Rule, e DocumentEntry, who Person) (DocumentRule, bool) {
	if c.refused[FieldDocType] {
		return DocumentRule{}, false
	}
	if e.DocType == "" {
		c.p.refuse(FieldDocType, FlawEmpty)
		return DocumentRule{}, false
	}
	fit := r.DocumentsFor(who.Nationality)
	i := slices.IndexFunc(fit, func(d DocumentRule) bool { return d.Doc == DocType(e.DocType) })
	if i < 0 {
		c.p.refuse(FieldDocType, FlawWho)
		return DocumentRule{}, false
	}
	return fit[i], true
}

// number reads the document's number; EZ WAY's people may give either of Taiwan's.
func (c paperCheck) number(typed string) string {
	if c.refused[FieldDocNumber] || c.rule.Number == Never || c.rule.Number == May && canonical(typed) == "" {
		return ""
	}
	doc := c.rule.Doc
	if doc == TWEZWay {
		doc = TWID
		if value := canonical(typed); len(value) > 1 && value[1] != '1' && value[1] != '2' {
			doc = TWResident
		}
	}
	n, odd, flaw := Read(doc, typed, c.today)
	if flaw != "" {
		c.p.refuse(FieldDocNumber, flaw, "example", Example(doc))
		return ""
	}
	for _, w := range odd {
		c.p.warn(FieldDocNumber, w, "example", Example(doc))
	}
	return n.Clear()
}

func (c paperCheck) issuer(typed string) string {
	code := strings.ToUpper(strings.TrimSpace(norm.NFKC.String(typed)))
	switch {
	case c.refused[FieldIssuer], c.rule.Issuer == Never, code == "" && c.rule.Issuer == May:
		return ""
	case code == "":
		c.p.refuse(FieldIssuer, FlawEmpty)
	case !isCountry(code):
		c.p.refuse(FieldIssuer, FlawForm)
	}
	return code
}

// book tells whether the document is a passport, or a page in one.
func (d DocumentRule) book() bool { return d.Doc == Passport || d.Doc == CNResidence }

// Example is a number of a document's form that belongs to nobody.
func Example(doc DocType) string {
	switch doc {
	case CNID:
		return "11010519491231002X"
	case CNPermanent:
		return "911124198108030024"
	case CNHMTResidence:
		return "810000199408230021"
	case CNHMPermit:
		return "H12345678"
	case CNTWPermit:
		return "12345678"
	case KRCode:
		return "P123456789012"
	case TWID:
		return "A123456789"
	case TWResident:
		return "A800000014"
	}
	return "E12345678"
}
