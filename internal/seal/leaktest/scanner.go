// Package leaktest looks for secrets where none may be: in files of any kind,
// however they were written down or packed.
package leaktest

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"
)

// Scanner knows some secrets in all the forms in which one could be written down.
// It may be used by many at once.
type Scanner struct {
	starts [1 << 18]uint64 // a bit for each beginning of three bytes
	forms  map[[3]byte][]form

	inflaters sync.Pool // of io.ReadCloser: making one takes longer than most streams
}

type form struct {
	name, way string
	text      []byte
}

// Find is a secret that was found.
type Find struct {
	// Secret is its name, Way how it was written, Where the file and the layers of
	// packing. None of them holds the secret.
	Secret, Way, Where string
}

// shortest is how many bytes a form must have, so that chance does not find it.
const shortest = 6

// New makes a scanner for secrets by their names. A secret is a text of at least
// six bytes; it is looked for letter by letter.
func New(secrets map[string]string) *Scanner {
	s := &Scanner{forms: map[[3]byte][]form{}}
	for name, text := range secrets {
		s.addText(name, text)
		if lower := strings.ToLower(text); lower != text {
			s.addText(name, lower)
		}
	}
	return s
}

// Bytes adds a secret that is no text, such as a part of a picture.
func (s *Scanner) Bytes(name string, secret []byte) {
	s.add(name, "bytes", secret)
	s.addCoded(name, secret)
}

func (s *Scanner) addText(name, text string) {
	s.add(name, "UTF-8", []byte(text))
	s.add(name, "percent signs", []byte(url.QueryEscape(text)))
	s.add(name, "backwards", backwards(text))
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little = append(little, byte(u), byte(u>>8)) //nolint:gosec // byte by byte
		big = append(big, byte(u>>8), byte(u))       //nolint:gosec // byte by byte
	}
	s.add(name, "UTF-16LE", little)
	s.add(name, "UTF-16BE", big)
	s.addCoded(name, []byte(text))
	s.addCoded(name, little)
	s.addCoded(name, big)
}

// addCoded adds what base64 and hexadecimal make of a secret.
func (s *Scanner) addCoded(name string, secret []byte) {
	s.add(name, "hexadecimal", []byte(hex.EncodeToString(secret)))
	s.add(name, "hexadecimal", []byte(strings.ToUpper(hex.EncodeToString(secret))))
	for _, code := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 { // where in a group of three bytes it may begin
			text := code.EncodeToString(append(make([]byte, before), secret...))
			from, to := (8*before+5)/6, (8*(before+len(secret)))/6 // the characters that are its own
			s.add(name, "base64", []byte(text[from:to]))
		}
	}
}

func backwards(text string) []byte {
	runes := []rune(text)
	slices.Reverse(runes)
	return []byte(string(runes))
}

func (s *Scanner) add(name, way string, text []byte) {
	if len(text) < shortest {
		return
	}
	start := [3]byte(text)
	for _, f := range s.forms[start] {
		if f.name == name && bytes.Equal(f.text, text) {
			return
		}
	}
	s.forms[start] = append(s.forms[start], form{name, way, text})
	n := number(text)
	s.starts[n>>6] |= 1 << (n & 63)
}

func number(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// plain looks through bytes as they are.
func (s *Scanner) plain(where string, data []byte, found func(Find)) {
	if len(data) < 3 {
		return
	}
	n := uint32(data[0])<<8 | uint32(data[1])
	for i := 2; i < len(data); i++ {
		n = n<<8&0xffffff | uint32(data[i])
		if s.starts[n>>6]&(1<<(n&63)) == 0 {
			continue
		}
		for _, f := range s.forms[[3]byte(data[i-2:])] {
			if bytes.HasPrefix(data[i-2:], f.text) {
				found(Find{f.name, f.way, where})
			}
		}
	}
}
