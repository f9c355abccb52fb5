package components

import "strings"

// code128 lists the bar and gap widths of the 107 Code 128 symbols, six digits
// each and seven for the stop (ISO/IEC 15417, table 1).
const code128 = "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211" +
	"221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311" +
	"211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311" +
	"332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112" +
	"134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311" +
	"113141114131311141411131211412211214211232" + "2331112"

const (
	startB = 104
	stop   = 106
	// longest is the longest number drawn; a longer one would not be readable at this size.
	longest = 40
)

// bars gives the dash pattern of a number as a real Code 128 (set B), with which
// one thick line draws it, and its width in modules. It is empty for numbers
// that are too long or that the set can't hold.
func bars(number string) (dashes string, width int) {
	if number == "" || len(number) > longest {
		return "", 0
	}
	var b strings.Builder
	b.Grow(14*len(number) + 50)
	put := func(symbol int) {
		end := symbol*6 + 6
		if symbol == stop {
			end++
		}
		for i := symbol * 6; i < end; i++ {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteByte(code128[i])
			width += int(code128[i] - '0')
		}
	}
	put(startB)
	check := startB
	for i := range len(number) {
		symbol := int(number[i]) - ' '
		if symbol < 0 || symbol > 94 {
			return "", 0
		}
		check += (i + 1) * symbol
		put(symbol)
	}
	put(check % 103)
	put(stop)
	return b.String(), width
}
