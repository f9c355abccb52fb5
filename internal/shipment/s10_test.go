package shipment_test

import (
	"testing"

	"ecms/portal/internal/shipment"
)

// TestS10 tells the form by what happens to a number in a text: only a fitting
// one is put together over spaces.
func TestS10(t *testing.T) {
	for _, w := range []string{
		"EE022786941US", "CP179847345US", "RR070591891US", "LX620854906US", "UA014575225JP", "EC803372780US", "EC467022525US",
	} {
		found, _ := shipment.FindWaybills("a " + w[:2] + " " + w[2:6] + " " + w[6:] + " b")
		if len(found) != 1 || string(found[0]) != w {
			t.Errorf("%s was read as %q", w, found)
		}
	}
	for _, w := range []string{"EE022786943US", "CP179847344US", "RR070591891U", "1X620854906US", "UA014575225JP1"} {
		if found, _ := shipment.FindWaybills("a " + w[:2] + " " + w[2:6] + " " + w[6:] + " b"); len(found) == 1 && string(found[0]) == w {
			t.Errorf("%s was taken for S10", w)
		}
	}
}
