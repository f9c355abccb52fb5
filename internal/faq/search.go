package faq

import (
	"math"
	"slices"
	"strings"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
)

// The weights of the places where a word stands.
const (
	inTitle   = 3.0
	inWords   = 3.0
	inAnswer  = 1.0
	inOthers  = 0.5 // title and search words in the portal's other languages
	inPassing = 0.3 // a thing named in an answer, which tells of many
	asConcept = 1.5 // a thing named in whatever words
	asGuess   = 0.8 // a mistyped word
)

// The search answers with few hits and reads no novel.
const (
	mostHits     = 8
	longestQuery = 200 // characters
	weakest      = 0.35
	saturation   = 1.5
)

// Hit is a question found, and how well it fits; more is better.
type Hit struct {
	Question Question
	Score    float64
}

// index tells for each question which tokens it holds, and how rare each is.
type index struct {
	weights []map[string]float64 // by question
	rarity  map[string]float64
}

func newIndex(b *Book, all map[locale.Language]*Book) *index {
	x := &index{weights: make([]map[string]float64, len(b.questions)), rarity: map[string]float64{}}
	for i, q := range b.questions {
		w := map[string]float64{}
		add(w, q.Title, inTitle, inTitle)
		add(w, strings.Join(q.Words, " , "), inWords, inWords)
		add(w, prose.Text(q.Answer), inAnswer, inPassing)
		for lang, other := range all {
			if lang != b.language && other.questions[i].Language == lang {
				add(w, other.questions[i].Title+" , "+strings.Join(other.questions[i].Words, " , "), inOthers, inOthers)
			}
		}
		x.weights[i] = w
	}
	holders := map[string]float64{}
	for _, w := range x.weights {
		for t, held := range w {
			holders[t] += min(1, held) // who names a thing only in passing counts in part
		}
	}
	for t, n := range holders {
		x.rarity[t] = math.Log(1 + (float64(len(x.weights))-n+0.5)/(n+0.5))
	}
	return x
}

// add counts a text's tokens and the concepts it names.
func add(w map[string]float64, text string, place, concept float64) {
	folded := fold(text)
	for _, t := range tokensOf(folded) {
		w[t.text] += place
	}
	for _, c := range conceptsIn(folded) {
		w[c] += concept
	}
}

// Search finds the questions that fit what a customer typed, best first; none
// when nothing fits. A question's number finds it.
func (b *Book) Search(query string) []Hit {
	if q, ok := b.Find(strings.TrimSpace(query)); ok {
		return []Hit{{q, 1}}
	}
	x := b.index()
	asked := x.asked(query)
	var hits []Hit
	for i, q := range b.questions {
		if s := x.score(i, asked); s > 0 {
			hits = append(hits, Hit{q, s})
		}
	}
	slices.SortStableFunc(hits, func(a, b Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	for i, h := range hits {
		if i == mostHits || h.Score < weakest*hits[0].Score {
			return hits[:i]
		}
	}
	return hits
}

// asked gives the tokens of a query with their weights, each once; a word that no
// answer knows is taken for the nearest one that some do.
func (x *index) asked(query string) map[string]float64 {
	if signs := []rune(query); len(signs) > longestQuery {
		query = string(signs[:longestQuery])
	}
	folded := fold(query)
	asked := map[string]float64{}
	for _, t := range tokensOf(folded) {
		if meant := x.meant(t.text); meant != t.text {
			t = token{meant, t.weight * asGuess}
		}
		asked[t.text] = max(asked[t.text], t.weight)
	}
	for _, c := range append(conceptsIn(folded), conceptsIn(stems(folded, x.meant))...) {
		asked[c] = asConcept
	}
	return asked
}

// meant is the word that was most likely meant: itself when any text knows it.
func (x *index) meant(word string) string {
	if _, known := x.rarity[word]; known || !latin(word) {
		return word
	}
	if near, ok := x.nearest(word); ok {
		return near
	}
	return word
}

// score adds up what the question shares with the query: rare words count more,
// and a word said often counts only a little more than one said once.
func (x *index) score(i int, asked map[string]float64) float64 {
	sum := 0.0
	for t, weight := range asked {
		if held := x.weights[i][t]; held > 0 {
			sum += weight * x.rarity[t] * held / (held + saturation)
		}
	}
	return sum
}
