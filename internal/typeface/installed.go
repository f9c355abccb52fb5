package typeface

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"ecms/portal/internal/locale"
)

// style names a face.
type style struct {
	language locale.Language
	weight   Weight
}

// folders are where systems keep the collections of Noto Sans CJK.
func folders() []string {
	return []string{
		"/usr/share/fonts/opentype/noto", // Debian and its like
		"/usr/share/fonts/noto-cjk",      // Arch
		"/usr/share/fonts/noto",          // Alpine
		"/usr/share/fonts/google-noto-cjk",
		"/usr/local/share/fonts",
	}
}

// families are the fonts of one collection by the language that they serve. English
// takes the Korean one, as the Chinese ones give an apostrophe a square of its own.
func families() map[string][]locale.Language {
	return map[string][]locale.Language{
		"Noto Sans CJK SC": {locale.SimplifiedChinese},
		"Noto Sans CJK TC": {locale.TraditionalChinese},
		"Noto Sans CJK KR": {locale.Korean, locale.English},
	}
}

// installed are the faces of this machine, looked for once. The collections stay
// open and are read where a letter needs it: they have 20 MB each.
var installed = sync.OnceValue(func() map[style]*Face { return load(folders()) })

func load(folders []string) map[style]*Face {
	faces := map[style]*Face{}
	for weight, own := range map[Weight]struct {
		file  string
		latin []byte
	}{
		Regular: {"NotoSansCJK-Regular.ttc", goregular.TTF},
		Bold:    {"NotoSansCJK-Bold.ttc", gobold.TTF},
	} {
		latin, err := sfnt.Parse(own.latin)
		if err != nil {
			panic(err) // it is part of the program
		}
		for _, l := range locale.Languages() {
			faces[style{l, weight}] = &Face{fonts: []*sfnt.Font{latin}}
		}
		fonts := collection(folders, own.file)
		for l, f := range fonts {
			faces[style{l, weight}] = &Face{fonts: []*sfnt.Font{f, latin}, cjk: true}
		}
		if f, ok := faces[style{locale.English, weight}]; ok {
			f.han = fonts[locale.SimplifiedChinese]
		}
	}
	return faces
}

// collection opens the first collection of a name; none where there is none that
// can be read.
func collection(folders []string, name string) map[locale.Language]*sfnt.Font {
	for _, folder := range folders {
		file, err := os.Open(filepath.Join(folder, name)) //nolint:gosec // a system's folder
		if err != nil {
			continue
		}
		if fonts := fontsOf(file); len(fonts) > 0 {
			return fonts
		}
		_ = file.Close() // only read
	}
	return nil
}

// fontsOf finds the fonts of the families in a collection.
func fontsOf(file *os.File) map[locale.Language]*sfnt.Font {
	all, err := sfnt.ParseCollectionReaderAt(file)
	if err != nil {
		return nil
	}
	fonts := map[locale.Language]*sfnt.Font{}
	for i := range all.NumFonts() {
		f, err := all.Font(i)
		if err != nil {
			return nil
		}
		name, err := f.Name(nil, sfnt.NameIDFull)
		if err != nil {
			continue
		}
		for _, l := range families()[strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(name, " Bold"), " Regular"))] {
			fonts[l] = f
		}
	}
	return fonts
}
