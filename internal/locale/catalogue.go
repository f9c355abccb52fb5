package locale

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

//go:embed messages
var files embed.FS

// catalogue maps the keys of one language to its messages.
type catalogue map[string]message

// readCatalogue merges all files of one language's folder. A key that comes
// twice, in one file or in two, is an error: one of the two texts would be lost.
func readCatalogue(fsys fs.FS, folder string) (catalogue, error) {
	names, err := fs.Glob(fsys, path.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	c := catalogue{}
	for _, name := range names {
		if err := c.addFile(fsys, name); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if len(c) == 0 {
		return nil, fmt.Errorf("%s: no messages", folder)
	}
	return c, nil
}

// addFile reads a flat {"key": "text"} file token by token, since decoding into
// a map would hide a key that comes twice.
func (c catalogue) addFile(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	d := json.NewDecoder(f)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.Join(errors.New("not an object of texts"), err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		text, err := d.Token()
		if err != nil {
			return err
		}
		if err := c.add(key, text); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the object")
	}
	return nil
}

func (c catalogue) add(key, text json.Token) error {
	k, isKey := key.(string)
	t, isText := text.(string)
	if !isKey || !isText {
		return fmt.Errorf("%v: the value is not a text", key)
	}
	if _, twice := c[k]; twice {
		return fmt.Errorf("%s: the key comes twice", k)
	}
	m, err := parseMessage(t)
	if err != nil {
		return fmt.Errorf("%s: %w", k, err)
	}
	c[k] = m
	return nil
}

// under collects the plain texts whose key starts with prefix, by the rest of
// their key: "country." gives a map of country codes to names.
func (c catalogue) under(prefix string) map[string]string {
	found := map[string]string{}
	for key, m := range c {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			found[rest] = m.text
		}
	}
	return found
}

// messagesUnder is under for texts with placeholders.
func (c catalogue) messagesUnder(prefix string) map[string]message {
	found := map[string]message{}
	for key, m := range c {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			found[rest] = m
		}
	}
	return found
}
