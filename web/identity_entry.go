package web

import (
	"slices"

	"ecms/portal/internal/customs"
	"ecms/portal/templates/pages"
)

func documentTyped(u *upload) customs.DocumentEntry {
	return customs.DocumentEntry{
		DocType: u.fields[customs.FieldDocType], Number: u.fields[customs.FieldDocNumber], Issuer: u.fields[customs.FieldIssuer], Zone: u.fields[customs.FieldZone],
		ExpiryDay: u.fields[customs.FieldExpiryDay], ExpiryMonth: u.fields[customs.FieldExpiryMonth], ExpiryYear: u.fields[customs.FieldExpiryYear],
		LongTerm: u.fields["expiry_long_term"] != "", EZWay: u.fields[customs.FieldEZWay] != "",
	}
}

// wholeDocument adds what is not asked again to what was typed. Where pictures
// alone are asked, all of the document stays as it was given.
func wholeDocument(typed customs.DocumentEntry, clear customs.Clear, only []string) customs.DocumentEntry {
	if only == nil || slices.Contains(only, customs.FieldDocType) {
		return typed
	}
	number, expiry := slices.Contains(only, customs.FieldDocNumber), slices.Contains(only, customs.FieldExpiryDay)
	if !number && !expiry {
		return customs.DocumentEntry{}
	}
	whole := entryOf(clear.Document)
	if number {
		whole.Number = typed.Number
	}
	if expiry {
		whole.ExpiryDay, whole.ExpiryMonth, whole.ExpiryYear, whole.LongTerm = typed.ExpiryDay, typed.ExpiryMonth, typed.ExpiryYear, typed.LongTerm
	}
	return whole
}

// entryOf is a document as its form would have it typed.
func entryOf(d customs.Document) customs.DocumentEntry {
	e := customs.DocumentEntry{DocType: string(d.Doc), Number: d.Number, Issuer: d.Issuer, LongTerm: d.LongTerm, EZWay: d.EZWay}
	if t, ok := d.Expiry.Time(); ok {
		e.ExpiryYear, e.ExpiryMonth, e.ExpiryDay = t.Format("2006"), t.Format("01"), t.Format("02")
	}
	return e
}

func typedDocument(e customs.DocumentEntry) pages.DocumentForm {
	return pages.DocumentForm{
		DocType: e.DocType, DocNumber: e.Number, ExpiryDay: e.ExpiryDay, ExpiryMonth: e.ExpiryMonth, ExpiryYear: e.ExpiryYear,
		LongTerm: yes(e.LongTerm), IssuingCountry: e.Issuer, MRZ: e.Zone, EZWay: yes(e.EZWay),
	}
}
