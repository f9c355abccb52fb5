package shipment

import (
	_ "embed" // the code table
	"encoding/csv"
	"strings"
	"sync"
)

//go:embed codes.csv
var codesCSV string

// Translate tells what a source's raw code means: the subtag, and the customs
// state where it tells one. Codes compare in upper case; a code that no source
// claims for itself means the same from everybody. False: not known yet.
func Translate(source, code string) (Subtag, CustomsState, bool) {
	t := codes()
	m, ok := t[codeKey{source, code}]
	if !ok {
		source, code = strings.ToLower(source), strings.ToUpper(strings.TrimSpace(code))
		m, ok = t[codeKey{source, code}]
	}
	if !ok {
		m, ok = t[codeKey{"", code}]
	}
	return m.subtag, m.customs, ok
}

type codeKey struct{ source, code string }

type meaning struct {
	subtag  Subtag
	customs CustomsState
}

type codeTable map[codeKey]meaning

// codes reads the table once: AfterShip's own words first, then the file's.
var codes = sync.OnceValue(func() codeTable {
	t := make(codeTable)
	own := func(word string, m meaning) {
		t[codeKey{"", strings.ToUpper(word)}] = m
	}
	for _, s := range lifeOrder {
		own(string(s), meaning{subtag: s})
	}
	for _, tag := range Tags() {
		own(string(tag), meaning{subtag: Subtag(tag) + "_001"})
	}
	for _, c := range CustomsStates() {
		own(string(c), meaning{c.Nearest(), c})
	}
	r := csv.NewReader(strings.NewReader(codesCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		panic("codes.csv: " + err.Error()) // embedded: wrong at build time, never at run time
	}
	for _, row := range rows[1:] {
		t[codeKey{row[0], row[1]}] = meaning{Subtag(row[2]), CustomsState(row[3])}
	}
	return t
})
