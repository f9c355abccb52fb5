package faq_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"ecms/portal/internal/faq"
	"ecms/portal/internal/locale"
)

// query is one line of testdata/queries.csv: what a customer types, and the answer.
type query struct {
	language     locale.Language
	text, answer string
}

func readQueries(t testing.TB, name string) (queries []query) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		queries = append(queries, query{locale.Language(l[0]), l[1], l[2]})
	}
	return queries
}

func ids(hits []faq.Hit) (list []string) {
	for _, h := range hits {
		list = append(list, h.Question.ID)
	}
	return list
}

func TestTheRightAnswerComesFirst(t *testing.T) {
	t.Parallel()
	count := map[locale.Language]int{}
	for _, q := range readQueries(t, "testdata/queries.csv") {
		count[q.language]++
		if got := ids(faq.Load(q.language).Search(q.text)); len(got) == 0 || got[0] != q.answer {
			t.Errorf("%s %q finds %q, want %s first", q.language, q.text, got, q.answer)
		}
	}
	for _, lang := range locale.Languages() {
		if count[lang] != 10 {
			t.Errorf("%s: %d queries, want 10", lang, count[lang])
		}
	}
}

// TestSpokenQueriesFindTheirAnswer tries more queries, of which the right answer
// need only be among the first three.
func TestSpokenQueriesFindTheirAnswer(t *testing.T) {
	t.Parallel()
	first := 0
	queries := readQueries(t, "testdata/spoken.csv")
	for _, q := range queries {
		got := ids(faq.Load(q.language).Search(q.text))
		if len(got) > 0 && got[0] == q.answer {
			first++
		}
		if !slices.Contains(got[:min(3, len(got))], q.answer) {
			t.Errorf("%s %q finds %q, want %s among the first three", q.language, q.text, got, q.answer)
		}
	}
	if first*10 < len(queries)*9 {
		t.Errorf("the right answer stands first for %d of %d, want nine in ten", first, len(queries))
	}
}

func TestSearchForgives(t *testing.T) {
	t.Parallel()
	for _, q := range []query{
		{locale.English, "4.14", "4.14"},
		{locale.English, "  1.2 ", "1.2"},
		{locale.English, "ＰＣＣＣ", "2.6"},         // full width
		{locale.English, "CANCELLATION", "4.5"}, // capitals
		{locale.English, "cancelations", "4.5"}, // one l too few, plural
		{locale.English, "garbage cancl garbage", "4.5"},
		{locale.English, "怎么取消订单", "4.5"}, // another language than the page's
		{locale.English, "반송된 소포 관세 환불", "4.7"},
		{locale.SimplifiedChinese, "取消訂單", "4.5"}, // the other script
		{locale.SimplifiedChinese, "cancel my order", "4.5"},
		{locale.TraditionalChinese, "取消订单", "4.5"},
		{locale.Korean, "주문취소", "4.5"}, // no spaces
		{locale.Korean, "주 문 취 소", "4.5"},
	} {
		if got := ids(faq.Load(q.language).Search(q.text)); len(got) == 0 || got[0] != q.answer {
			t.Errorf("%s %q finds %q, want %s first", q.language, q.text, got, q.answer)
		}
	}
}

func TestSearchFindsNothingInNonsense(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages() {
		for _, text := range []string{"", "   ", "?!", "the of and", "qqqqzzzz", "\x00\xff", "🙂🙂"} {
			if got := ids(faq.Load(lang).Search(text)); len(got) != 0 {
				t.Errorf("%s %q finds %q", lang, text, got)
			}
		}
		if got := faq.Load(lang).Search(strings.Repeat("duty 关税 관세 ", 100_000)); len(got) == 0 || len(got) > 8 {
			t.Errorf("%s: a megabyte finds %d", lang, len(got))
		}
	}
}

func TestWhatSearchComparesBy(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"託運單號":      "托运单号",
		"Ｗｈｅｒｅ’s É": "wheres e",
		"관세":        "관세",
		"a\u200bb":  "ab",
	} {
		if got := faq.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
	for _, same := range [][]string{
		{"return", "returns", "returned", "returning"}, {"ship", "ships", "shipped", "shipping", "shipment"},
		{"country", "countries"}, {"box", "boxes"}, {"cancel", "cancels"}, {"tax", "taxes"}, {"calculate", "calculated", "calculation"},
		{"battery", "batteries"}, {"address", "addresses"}, {"pay", "payment"},
	} {
		for _, word := range same {
			if faq.Stem(word) != faq.Stem(same[0]) {
				t.Errorf("Stem(%q) = %q, Stem(%q) = %q", word, faq.Stem(word), same[0], faq.Stem(same[0]))
			}
		}
	}
	for _, tc := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"parcel", "parcel", 0}, {"parcle", "parcel", 1}, {"cancl", "cancel", 1}, {"wieght", "weight", 1}, {"abc", "", 3}, {"claim", "clame", 2}} {
		if got := faq.Distance(tc.a, tc.b); got != tc.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
	}
	if got := faq.ConceptsIn("I was overcharged"); len(got) != 0 {
		t.Errorf("a word inside another names %q", got)
	}
}

func FuzzSearch(f *testing.F) {
	f.Add("how long 多久 얼마나")
	f.Fuzz(func(t *testing.T, text string) {
		hits := faq.Load(locale.English).Search(text)
		for i := 1; i < len(hits); i++ {
			if hits[i].Score > hits[i-1].Score {
				t.Errorf("%q: hit %d is better than the one before", text, i)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	book := faq.Load(locale.English)
	for b.Loop() {
		book.Search("how long do I have to calim for a borken box")
	}
}
