// Package seal keeps identity data unreadable for whoever has the database, its
// files or its backups alone. Each record has a data key of its own, wrapped by
// the portal's master key; to erase a record is to destroy its data key. It knows
// nothing of whose data it seals.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
)

// KeySize is the length of master keys and data keys: AES-256.
const KeySize = 32

// ErrUnreadable says that bytes cannot be opened: other bytes, another record's,
// or wrapped by a master key that is not in the ring.
var ErrUnreadable = errors.New("seal: cannot be opened")

// Ring is the master key in force and those before it, which open what they have
// wrapped until it is wrapped anew. Safe for many at once.
type Ring struct {
	current string
	keys    map[string]master
}

type master struct{ wrap cipher.AEAD }

// NewRing makes a ring of the master key in force and older ones, 32 bytes each.
func NewRing(current []byte, older ...[]byte) (*Ring, error) {
	r := &Ring{keys: map[string]master{}}
	for i, key := range append([][]byte{current}, older...) {
		if len(key) != KeySize {
			return nil, fmt.Errorf("seal: master key %d has %d bytes, want %d", i+1, len(key), KeySize)
		}
		own, err := hkdf.Key(sha256.New, key, nil, "wrap data keys", KeySize)
		if err != nil {
			return nil, err
		}
		m, err := gcm(own)
		if err != nil {
			return nil, err
		}
		id, err := keyID(key)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			r.current = id
		}
		r.keys[id] = master{m}
	}
	return r, nil
}

// keyID names a master key without telling anything of it.
func keyID(key []byte) (string, error) {
	id, err := hkdf.Key(sha256.New, key, nil, "name of the key", 9)
	return base64.RawURLEncoding.EncodeToString(id), err
}

// Current names the master key in force.
func (r *Ring) Current() string { return r.current }

// Wrapped is a data key that only the master key of that name opens.
type Wrapped struct {
	// Master names the master key that wrapped it.
	Master string
	// Key is nonce, cipher text and tag.
	Key []byte
}

// NewKey draws the data key of a record, bound to the record's name.
func (r *Ring) NewKey(record string) (Wrapped, *Key, error) {
	var data [KeySize]byte
	_, _ = rand.Read(data[:]) // never fails
	w, err := r.wrap(record, data[:])
	if err != nil {
		return Wrapped{}, nil, err
	}
	k, err := newKey(record, data[:])
	return w, k, err
}

func (r *Ring) wrap(record string, data []byte) (Wrapped, error) {
	return Wrapped{r.current, sealed(r.keys[r.current].wrap, "key of "+record, data)}, nil
}

// Open gives the data key of a record.
func (r *Ring) Open(record string, w Wrapped) (*Key, error) {
	data, err := r.unwrap(record, w)
	if err != nil {
		return nil, err
	}
	return newKey(record, data)
}

func (r *Ring) unwrap(record string, w Wrapped) ([]byte, error) {
	m, known := r.keys[w.Master]
	if !known {
		return nil, fmt.Errorf("%w: wrapped by master key %s", ErrUnreadable, w.Master)
	}
	return opened(m.wrap, "key of "+record, w.Key)
}

// Rewrap wraps a data key by the master key in force. What it seals stays as it is.
func (r *Ring) Rewrap(record string, w Wrapped) (Wrapped, error) {
	data, err := r.unwrap(record, w)
	if err != nil {
		return Wrapped{}, err
	}
	return r.wrap(record, data)
}

// Key is the data key of one record.
type Key struct {
	record string
	aead   cipher.AEAD
	index  []byte
}

func newKey(record string, data []byte) (*Key, error) {
	index, err := hkdf.Key(sha256.New, data, nil, "index", KeySize) // one key, one use
	if err != nil {
		return nil, err
	}
	aead, err := gcm(data)
	return &Key{record: record, aead: aead, index: index}, err
}

// Seal hides one of the record's parts, such as "number" or "front". It opens
// under the same record and part alone.
func (k *Key) Seal(part string, plain []byte) []byte {
	return sealed(k.aead, k.record+"/"+part, plain)
}

// Open gives back what was sealed as that part.
func (k *Key) Open(part string, text []byte) ([]byte, error) {
	return opened(k.aead, k.record+"/"+part, text)
}

// Index gives the keyed hash by which a value is found again without being kept
// readable. Values of different kinds never share one.
func (k *Key) Index(kind, value string) []byte {
	mac := hmac.New(sha256.New, k.index)
	mac.Write([]byte(kind + "\x00" + value))
	return mac.Sum(nil)
}

func gcm(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func sealed(a cipher.AEAD, bound string, plain []byte) []byte {
	return a.Seal(nil, nil, plain, []byte(bound)) //nolint:gosec // the nonce is drawn by the AEAD itself
}

func opened(a cipher.AEAD, bound string, text []byte) ([]byte, error) {
	plain, err := a.Open(nil, nil, text, []byte(bound))
	if err != nil {
		return nil, ErrUnreadable
	}
	return plain, nil
}
