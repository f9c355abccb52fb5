// Package static holds the files that are served as they are: the built style
// sheet, the one optional script, icons and the manifest. Their addresses carry
// a hash of the content, so that browsers may keep them for ever.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"path"
	"strings"
	"sync"
)

//go:embed app.css app.js icon.svg icon-180.png icon-512.png favicon.ico manifest.webmanifest
var files embed.FS

// File is one served file, ready to send.
type File struct {
	// Name is the file's name in this folder.
	Name string
	// Type is its Content-Type.
	Type string
	// ETag names its content, quoted as in the header.
	ETag string
	// Body is the content; Gzip the same compressed, nil where that gains nothing.
	Body, Gzip []byte
	// Forever tells that the address carries the content's hash.
	Forever bool
}

var types = map[string]string{
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".ico":         "image/x-icon",
	".webmanifest": "application/manifest+json",
}

type shelf struct {
	urls  map[string]string // name -> address
	files map[string]File   // address -> file
}

var load = sync.OnceValue(func() shelf {
	s := shelf{urls: map[string]string{}, files: map[string]File{}}
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // embedded: can't happen in a built program
	}
	for _, e := range entries {
		body, err := files.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		s.put(e.Name(), body)
	}
	return s
})

func (s shelf) put(name string, body []byte) {
	ext := path.Ext(name)
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	f := File{Name: name, Type: types[ext], ETag: `"` + hash + `"`, Body: body, Gzip: pack(body)}
	s.files["/"+name] = f
	f.Forever = true
	url := "/static/" + strings.TrimSuffix(name, ext) + "." + hash + ext
	s.files[url] = f
	s.urls[name] = url
}

// pack compresses as well as gzip can, and gives nil when that saves too little.
func pack(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant of the package
	}
	if _, err = w.Write(body); err != nil || w.Close() != nil || b.Len() > len(body)*9/10 {
		return nil
	}
	return b.Bytes()
}

// URL gives the address of a file by its name: "app.css" -> "/static/app.3f2a....css".
func URL(name string) string { return load().urls[name] }

// Find gives the file at an address: hashed below /static/, or plain at the root
// for those that browsers ask for by name (/favicon.ico, /manifest.webmanifest).
func Find(address string) (File, bool) {
	f, ok := load().files[address]
	return f, ok
}
