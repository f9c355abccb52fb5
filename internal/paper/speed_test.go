package paper_test

import (
	"testing"

	"ecms/portal/internal/locale"
)

// BenchmarkPDF is what a visitor waits for.
func BenchmarkPDF(b *testing.B) {
	s := sheet(locale.TraditionalChinese)
	for b.Loop() {
		write(b, s)
	}
}
