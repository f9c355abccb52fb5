package faq

// nearest finds the known word that a mistyped one most likely is: one slip off,
// two in a long word, where a slip is a letter too many, missing, wrong, or two
// that changed places. The first letter is nearly always right.
func (x *index) nearest(word string) (string, bool) {
	slips := 1
	switch {
	case len(word) < 4:
		return "", false
	case len(word) >= 8:
		slips = 2
	}
	best, found := slips+1, ""
	for known := range x.rarity {
		if !latin(known) || known[0] != word[0] || abs(len(known)-len(word)) > slips {
			continue
		}
		if d := distance(word, known); d < best || d == best && (x.rarity[known] < x.rarity[found] ||
			x.rarity[known] == x.rarity[found] && known < found) {
			best, found = d, known
		}
	}
	return found, found != ""
}

func latin(token string) bool { return token[0] >= 'a' && token[0] <= 'z' }

func abs(n int) int { return max(n, -n) }

// distance counts the slips between two words (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
