package config

import (
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
)

// brokerKeys are the public keys, age1..., of those who may open a hand-over
// archive, separated by commas; @ and the path of a file may stand for several,
// one a line, with # before a remark. What is wrong is named by its place: who
// mistakes a secret key for a public one must not find it in a log.
func (r *reader) brokerKeys(name string) (keys []age.Recipient) {
	seen := map[string]bool{}
	for i, part := range strings.Split(r.getenv(name), ",") {
		part = strings.TrimSpace(part)
		if path, isFile := strings.CutPrefix(part, "@"); isFile {
			text, err := unchanged(path)
			if err != nil {
				r.refuse(name, "cannot be used in part %d: %v", i+1, err)
				continue
			}
			part = text
		}
		for line := range strings.Lines(part) {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") || seen[line] {
				continue
			}
			seen[line] = true
			if key := r.brokerKey(name, i+1, line); key != nil {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func (r *reader) brokerKey(name string, part int, line string) age.Recipient {
	if strings.HasPrefix(strings.ToUpper(line), "AGE-SECRET-KEY-") {
		r.refuse(name, "holds a secret key in part %d: it belongs to the broker alone, who gives its public one (age-keygen -y)", part)
		return nil
	}
	key, err := age.ParseX25519Recipient(line)
	if err != nil {
		r.refuse(name, "is no public key of age in part %d: give age1... as the broker's age-keygen prints it", part)
		return nil
	}
	return key
}

// unchanged reads a file that nobody but its owner can change: whoever adds a key
// of their own opens what is handed over.
func unchanged(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o022 != 0 {
		return "", fmt.Errorf("%s can be changed by others (%s): chmod go-w %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path) //nolint:gosec // a path that the operator names
	return string(text), err
}
