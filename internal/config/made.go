package config

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// The files of the embedded default's own secrets, in the data folder.
const (
	masterKeyFile = "master.key"
	opsTokenFile  = "ops.token"
)

// MakeSecrets gives the embedded default what it was not given: a master key and
// an ops token, drawn once, kept in the data folder for its owner alone, and
// read back at every later start.
func (c *Config) MakeSecrets() error {
	if !c.Embedded {
		return errors.New("secrets are made for the embedded database only")
	}
	if err := os.MkdirAll(c.DataDir, 0o711); err != nil { //nolint:gosec // the database's user must pass through
		return fmt.Errorf("data folder: %w", err)
	}
	if len(c.MasterKey) == 0 {
		path := filepath.Join(c.DataDir, masterKeyFile)
		text, err := keep(path, func() string { return base64.StdEncoding.EncodeToString(draw()) })
		if err != nil {
			return fmt.Errorf("master key: %w", err)
		}
		if c.MasterKey, err = parseKey(text); err != nil {
			return fmt.Errorf("%s %w", path, err)
		}
	}
	if len(c.OpsTokens) == 0 {
		path := filepath.Join(c.DataDir, opsTokenFile)
		text, err := keep(path, func() string {
			return strings.Join(opsScopes(), "+") + ":" + base64.RawURLEncoding.EncodeToString(draw())
		})
		if err != nil {
			return fmt.Errorf("ops token: %w", err)
		}
		if c.OpsTokens, err = parseTokens(strings.TrimSpace(text)); err != nil {
			return fmt.Errorf("%s %w", path, err)
		}
	}
	return nil
}

func draw() []byte {
	key := make([]byte, keySize)
	for {
		_, _ = rand.Read(key) // never fails
		if !weak(key) {
			return key
		}
	}
}

// keep reads a private file, made first if it is missing. It is written aside and
// linked into place: there is never half a secret, and the first of two wins.
func keep(path string, text func() string) (string, error) {
	if _, err := os.Lstat(path); err == nil {
		return private(path)
	} else if !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // 0600
	if err != nil {
		return "", err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.WriteString(text() + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", err
	}
	if err := os.Link(f.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return private(path)
}
