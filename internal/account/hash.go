package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"ecms/portal/internal/fault"
)

// cost is what one hash takes: memory in KiB, passes over it, lanes at once.
type cost struct {
	memory  uint32
	passes  uint32
	threads uint8
}

// What is asked of passwords hashed from now on (OWASP password storage, argon2id
// with 19 MiB): about 40 ms of a core, the work of some 150 lookups.
const (
	statedMemory  = 19 * 1024
	statedPasses  = 2
	statedThreads = 1
	saltSize      = 16
	hashSize      = 32
)

func stated() cost { return cost{statedMemory, statedPasses, statedThreads} }

// queued is how many wait for each one that hashes: some 300 ms.
const queued = 8

// hasher lets only so many passwords be hashed at once that lookups keep a core,
// and a short queue wait; who finds it full is refused at once.
type hasher struct {
	places chan struct{} // those who hash or wait
	slots  chan struct{} // those who hash
	cost   cost          // of each new hash
	dummy  string        // what is compared where there is no password
	sum    func(context.Context, Work) ([]byte, error)

	mutex sync.Mutex
	taken map[string]int // places by network
}

// Slots is how many passwords are hashed at once: a core is left for those who
// look parcels up.
func Slots() int { return max(1, runtime.GOMAXPROCS(0)-1) }

func newHasher(c cost) *hasher {
	slots := Slots()
	return &hasher{
		places: make(chan struct{}, slots*(1+queued)), slots: make(chan struct{}, slots), cost: c,
		dummy: encode(c, make([]byte, saltSize), make([]byte, hashSize)), taken: map[string]int{},
		sum: func(ctx context.Context, w Work) ([]byte, error) { return w.Sum(ctx) },
	}
}

// enter takes a place in the queue, which leave gives back; fault.TooMany when it
// is full, or half of it is the network's already: who has no tries left is told
// so in the queue, and by asking all the time would keep everybody else out. It
// comes before any other work, so that refusing costs nothing.
func (h *hasher) enter(network string) (leave func(), err error) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.taken[network] < max(1, cap(h.places)/2) {
		select {
		case h.places <- struct{}{}:
			h.taken[network]++
			return func() { h.leave(network) }, nil
		default:
		}
	}
	return nil, fault.TooMany{Limit: "hash", RetryAfter: time.Second}
}

func (h *hasher) leave(network string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	<-h.places
	if h.taken[network]--; h.taken[network] == 0 {
		delete(h.taken, network)
	}
}

// hash makes a password's hash with a fresh salt. The caller has a place.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	sum, err := h.work(ctx, password, salt, h.cost, hashSize)
	if err != nil {
		return "", err
	}
	return encode(h.cost, salt, sum), nil
}

// fits compares a password with its hash; an empty hash fits nothing and costs
// the same. The caller has a place.
func (h *hasher) fits(ctx context.Context, password, phc string) (bool, error) {
	there := phc != ""
	if !there {
		phc = h.dummy
	}
	c, salt, want, err := decode(phc)
	if err != nil {
		return false, err
	}
	got, err := h.work(ctx, password, salt, c, uint32(len(want))) //nolint:gosec // decode bounds it
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && there, nil
}

// work waits for a slot and hashes.
func (h *hasher) work(ctx context.Context, password string, salt []byte, c cost, size uint32) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	return h.sum(ctx, Work{[]byte(norm.NFC.String(password)), salt, c.memory, c.passes, c.threads, size})
}

// outdated says that a hash was made at another cost than the stated one.
func (h *hasher) outdated(phc string) bool {
	c, salt, sum, err := decode(phc)
	return err != nil || c != h.cost || len(salt) != saltSize || len(sum) != hashSize
}

// encode writes a hash in PHC form: $argon2id$v=19$m=19456,t=2,p=1$salt$hash.
func encode(c cost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.threads, b64(salt), b64(sum))
}

// decode reads a hash in PHC form, and refuses what would cost out of all measure.
func decode(phc string) (c cost, salt, sum []byte, err error) {
	broken := fmt.Errorf("a kept password hash cannot be read") // and is not shown
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, broken
	}
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.threads); err != nil || n != 3 {
		return cost{}, nil, nil, broken
	}
	salt, errSalt := base64.RawStdEncoding.DecodeString(parts[4])
	sum, errSum := base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errSum != nil || len(salt) < 8 || len(sum) < 16 || len(sum) > mostSize ||
		c.memory < 8 || c.memory > mostMemory || c.passes < 1 || c.passes > mostPasses || c.threads < 1 || c.threads > 16 {
		return cost{}, nil, nil, broken
	}
	return c, salt, sum, nil
}
