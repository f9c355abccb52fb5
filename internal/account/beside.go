package account

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/argon2"
)

// Work is one password hash to be worked out, by argon2id.
type Work struct {
	Password, Salt []byte
	// Memory is in KiB, Passes over it, Threads at once, Size in bytes.
	Memory, Passes uint32
	Threads        uint8
	Size           uint32
}

// The most that a hash may cost: what decode lets through.
const (
	mostMemory = 256 * 1024 // KiB
	mostPasses = 16
	mostSize   = 64
)

// Sum works the hash out here and now.
func (w Work) Sum(context.Context) ([]byte, error) {
	if w.Memory > mostMemory || w.Passes == 0 || w.Passes > mostPasses || w.Threads == 0 || w.Size == 0 || w.Size > mostSize {
		return nil, errors.New("a hash out of all measure")
	}
	return argon2.IDKey(w.Password, w.Salt, w.Passes, w.Memory, w.Threads, w.Size), nil
}

// HashBy lets hashes be worked out elsewhere, by a process that gives way to those
// who answer visitors. It must be set before anybody signs in.
func (s *Store) HashBy(sum func(context.Context, Work) ([]byte, error)) { s.hashes.sum = sum }

// ServeHashes works out what comes in, one after the other, until the input ends.
// It is the whole of the process beside the portal: nothing else reaches it.
func ServeHashes(in io.Reader, out io.Writer) error {
	works, sums := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var w Work
		if err := works.Decode(&w); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read what to hash: %w", err)
		}
		sum, err := w.Sum(context.Background())
		if err != nil {
			return err
		}
		clear(w.Password)
		if err := sums.Encode(sum); err != nil {
			return fmt.Errorf("hand over a hash: %w", err)
		}
	}
}

// Hasher asks a process that runs ServeHashes. It serves one at a time.
type Hasher struct {
	works *gob.Encoder
	sums  *gob.Decoder
}

// NewHasher speaks to such a process through its input and output.
func NewHasher(in io.Writer, out io.Reader) *Hasher {
	return &Hasher{gob.NewEncoder(in), gob.NewDecoder(out)}
}

// Sum has a hash worked out. After an error the process is of no more use.
func (h *Hasher) Sum(w Work) ([]byte, error) {
	if err := h.works.Encode(w); err != nil {
		return nil, fmt.Errorf("hand over what to hash: %w", err)
	}
	var sum []byte
	if err := h.sums.Decode(&sum); err != nil {
		return nil, fmt.Errorf("await a hash: %w", err)
	}
	return sum, nil
}
