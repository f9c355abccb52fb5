package typeface

import "ecms/portal/internal/locale"

// Load gives the faces of a machine with other folders, and the languages that it
// can write.
func Load(folders []string) (face func(locale.Language, Weight) *Face, language func(locale.Language) locale.Language) {
	faces := load(folders)
	return func(l locale.Language, w Weight) *Face { return faces[style{l, w}] },
		func(l locale.Language) locale.Language { return writable(faces, l) }
}
