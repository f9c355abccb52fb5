package command

import (
	"encoding/hex"
	"hash/fnv"
	"os"
	"runtime/debug"
	"strconv"
)

// Build names this build: by its commit, or, built from changed files, by the
// program's size and date. Pages that browsers keep are asked for anew after
// each other build.
func Build() string {
	info, ok := debug.ReadBuildInfo()
	commit, changed := "", true
	for i := 0; ok && i < len(info.Settings); i++ {
		switch s := info.Settings[i]; s.Key {
		case "vcs.revision":
			commit = s.Value
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	if commit != "" && !changed {
		return commit[:min(12, len(commit))]
	}
	path, err := os.Executable()
	if err != nil {
		return "unknown"
	}
	file, err := os.Stat(path)
	if err != nil {
		return "unknown"
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(strconv.FormatInt(file.Size(), 36) + file.ModTime().String())) // never fails
	return "dev-" + hex.EncodeToString(h.Sum(nil))
}
