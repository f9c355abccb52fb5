package pages

import (
	"encoding/csv"
	"strings"

	"ecms/portal/internal/shipment"
)

const (
	codesFile   = "internal/shipment/codes.csv"
	codeWord    = "SUBTAG"
	codeExample = "InTransit_003"
)

// codeLine is the line that gives a code its meaning in the code table, with a
// word in the place of the subtag that a person has to choose. Empty for a code
// that a spreadsheet would run as a formula: nobody should paste that.
func codeLine(c shipment.UnknownCode) string {
	source, code := strings.ToLower(c.Source), strings.ToUpper(strings.TrimSpace(c.Code))
	if formula(source) || formula(code) {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{source, code, codeWord, "", ""}) // a strings.Builder takes everything
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// formula tells the texts that spreadsheets take for a formula, and a source that
// the table takes for a comment.
func formula(s string) bool { return s != "" && strings.ContainsRune("=+-@#\t\r", rune(s[0])) }
