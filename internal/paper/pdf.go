package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// file gathers the objects of a PDF. An object's number is its place, from 1.
type file struct {
	objects [][]byte
	packer  *zlib.Writer // one for all streams: it weighs most of a megabyte
}

// reserve gives the number of an object that is filled in later.
func (f *file) reserve() int {
	f.objects = append(f.objects, nil)
	return len(f.objects)
}

func (f *file) set(n int, format string, args ...any) {
	f.objects[n-1] = fmt.Appendf(nil, format, args...)
}

func (f *file) add(format string, args ...any) int {
	n := f.reserve()
	f.set(n, format, args...)
	return n
}

// stream adds packed bytes.
func (f *file) stream(content []byte) int {
	var packed bytes.Buffer
	if f.packer == nil {
		f.packer = zlib.NewWriter(&packed)
	} else {
		f.packer.Reset(&packed)
	}
	_, _ = f.packer.Write(content) // a buffer takes all
	_ = f.packer.Close()
	return f.add("<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", packed.Len(), packed.Bytes())
}

// bytes writes the whole file. Its trailer says nothing of when or where it was made.
func (f *file) bytes(root, info int) []byte {
	out := bytes.NewBufferString("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
	at := make([]int, len(f.objects))
	for i, o := range f.objects {
		at[i] = out.Len()
		fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, root, info, start)
	return out.Bytes()
}

// words writes a text for a dictionary, in UTF-16 as PDF wants it.
func words(text string) string {
	out := []byte("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		out = fmt.Appendf(out, "%04X", unit)
	}
	return string(append(out, '>'))
}

// number writes a measure without more digits than a printer can tell apart.
func number(out []byte, v float64) []byte {
	out = strconv.AppendFloat(out, v, 'f', 2, 64)
	for out[len(out)-1] == '0' {
		out = out[:len(out)-1]
	}
	if out[len(out)-1] == '.' {
		out = out[:len(out)-1]
	}
	return out
}

// numbers writes measures and the operator that takes them.
func numbers(out []byte, operator string, measures ...float64) []byte {
	for _, v := range measures {
		out = append(number(out, v), ' ')
	}
	return append(append(out, operator...), '\n')
}
