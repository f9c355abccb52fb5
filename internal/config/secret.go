package config

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"os"
	"slices"
	"strings"
)

// OpsToken is the secret of somebody who brings data in, with what it opens.
type OpsToken struct {
	// Scopes are what it opens: shipments, checkpoints.
	Scopes []string
	// Secret is what the caller must show.
	Secret string
}

// String hides the secret, so that no log can hold it.
func (t OpsToken) String() string { return strings.Join(t.Scopes, "+") + ":***" }

// GoString hides the secret as well.
func (t OpsToken) GoString() string { return t.String() }

// keySize is the size of the master key, and the least of an ops secret, in bytes.
const keySize = 32

// opsScopes are what an ops token may open.
func opsScopes() []string { return []string{"shipments", "checkpoints"} }

// masterKey is 32 bytes in base64, or @ and the path of a private file with them.
func (r *reader) masterKey(name string, embedded bool) []byte {
	value := r.getenv(name)
	if value == "" {
		if !embedded {
			r.refuse(name, "is not set: give 32 random bytes in base64 (openssl rand -base64 32), or @/path of a file with them")
		}
		return nil
	}
	if path, isFile := strings.CutPrefix(value, "@"); isFile {
		text, err := private(path)
		if err != nil {
			r.refuse(name, "cannot be used: %v", err)
			return nil
		}
		value = text
	}
	key, err := parseKey(value)
	if err != nil {
		r.refuse(name, "%v", err)
	}
	return key
}

// oldMasterKeys are master keys as masterKey reads one, separated by commas; a file
// may hold several, one a line.
func (r *reader) oldMasterKeys(name string) (keys [][]byte) {
	for i, part := range strings.Split(r.getenv(name), ",") {
		part = strings.TrimSpace(part)
		if path, isFile := strings.CutPrefix(part, "@"); isFile {
			text, err := private(path)
			if err != nil {
				r.refuse(name, "cannot be used in part %d: %v", i+1, err)
				continue
			}
			part = text
		}
		for text := range strings.FieldsSeq(part) {
			key, err := parseKey(text)
			if err != nil {
				r.refuse(name, "in part %d: %v", i+1, err)
				continue
			}
			keys = append(keys, key)
		}
	}
	return keys
}

// parseKey reads a master key and refuses one that nobody drew by lot.
func parseKey(value string) ([]byte, error) {
	key, err := decode(strings.TrimSpace(value))
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("is not the base64 of %d bytes (make one with: openssl rand -base64 32)", keySize)
	}
	if weak(key) {
		return nil, fmt.Errorf("is too regular to be random (make one with: openssl rand -base64 32)")
	}
	return key, nil
}

// decode reads base64 in either alphabet, padded or not.
func decode(s string) ([]byte, error) {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
	return base64.RawStdEncoding.DecodeString(s)
}

// weak finds keys of few different bytes, or of letters and digits typed by hand:
// 32 random bytes have fewer than 12 different ones, or all of them printable,
// less than once in ten billion draws.
func weak(key []byte) bool {
	seen := map[byte]bool{}
	printable := true
	for _, b := range key {
		seen[b] = true
		printable = printable && b >= ' ' && b <= '~'
	}
	return len(seen) < 12 || printable
}

// private reads a file that nobody but its owner can read.
func private(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a file", path)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s can be read by others (%s): chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path) //nolint:gosec // a path that the operator names
	return string(text), err
}

// opsTokens are scope[+scope]:secret, separated by commas.
func (r *reader) opsTokens(name string) []OpsToken {
	tokens, err := parseTokens(r.getenv(name))
	if err != nil {
		r.refuse(name, "%v", err)
	}
	return tokens
}

func parseTokens(text string) ([]OpsToken, error) {
	var tokens []OpsToken
	for i, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		scopes, secret, ok := strings.Cut(part, ":")
		if !ok {
			return nil, fmt.Errorf("has no scope in part %d: give scope[+scope]:secret, with scopes %s", i+1, strings.Join(opsScopes(), ", "))
		}
		token := OpsToken{Scopes: strings.Split(scopes, "+"), Secret: secret}
		for _, scope := range token.Scopes {
			if !slices.Contains(opsScopes(), scope) {
				// It is not shown: who turns the two round has written the secret there.
				return nil, fmt.Errorf("has an unknown scope in part %d: there are %s", i+1, strings.Join(opsScopes(), ", "))
			}
		}
		raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(secret, "="))
		if err != nil || len(raw) < keySize || weak(raw) {
			return nil, fmt.Errorf("has a weak secret in part %d: it must be at least %d random bytes in base64url", i+1, keySize)
		}
		if slices.ContainsFunc(tokens, func(t OpsToken) bool { return t.Secret == secret }) {
			return nil, fmt.Errorf("has the secret of part %d twice", i+1)
		}
		tokens = append(tokens, token)
	}
	return tokens, nil
}

// tls checks certificate and key, which come together or not at all.
func (r *reader) tls(certName, keyName string) (cert, key string) {
	cert, key = r.getenv(certName), r.getenv(keyName)
	switch {
	case cert == "" && key == "":
		return "", ""
	case cert == "":
		r.refuse(certName, "is not set, but %s is: both or none", keyName)
	case key == "":
		r.refuse(keyName, "is not set, but %s is: both or none", certName)
	default:
		if _, err := private(key); err != nil {
			r.refuse(keyName, "cannot be used: %v", err)
		} else if _, err := tls.LoadX509KeyPair(cert, key); err != nil {
			r.refuse(certName, "cannot be used: %v", firstLine(err))
		}
	}
	return cert, key
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
