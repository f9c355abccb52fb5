package typeface

import "ecms/portal/internal/locale"

// Load gives the faces of a machine with other folders.
func Load(folders []string) func(locale.Language, Weight) *Face {
	faces := load(folders)
	return func(l locale.Language, w Weight) *Face { return faces[style{l, w}] }
}
