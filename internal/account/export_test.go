package account

import (
	"context"
	"encoding/base64"
	"time"

	"golang.org/x/crypto/argon2"
)

// PasswordKey is the message about a new password, empty when it will do.
func PasswordKey(password, email string) string {
	if bad := passwordProblems(password, email); len(bad) > 0 {
		return bad[0].Key
	}
	return ""
}

// ParseEmail is how addresses are read.
var ParseEmail = parseEmail

// Pieces is the embedded list.
func Pieces() map[string]bool { return known() }

// Hashing is a hasher by itself.
type Hashing struct{ *hasher }

// NewHashing makes one with so many slots and places.
func NewHashing(slots, places int) Hashing {
	h := newHasher(stated())
	h.slots, h.places = make(chan struct{}, slots), make(chan struct{}, places)
	return Hashing{h}
}

// Enter, Hash and Fits are the hasher's own.
func (h Hashing) Enter(network string) (func(), error) { return h.enter(network) }

// Hash makes a password's hash.
func (h Hashing) Hash(ctx context.Context, password string) (string, error) {
	return h.hash(ctx, password)
}

// Fits compares.
func (h Hashing) Fits(ctx context.Context, password, phc string) (bool, error) {
	return h.fits(ctx, password, phc)
}

// Outdated says that a hash was made at another cost than the stated one.
func Outdated(phc string) bool { return newHasher(stated()).outdated(phc) }

// Cheapen lets a store hash at next to no cost, for tests of all else.
func Cheapen(s *Store) {
	places := cap(s.hashes.places)
	s.hashes = newHasher(cost{memory: 64, passes: 1, threads: 1})
	Crowd(s, places)
}

// Crowd lets so many passwords of a store wait for their turn.
func Crowd(s *Store, places int) { s.hashes.places = make(chan struct{}, places) }

// ReadToken reads a link's token.
func ReadToken(s *Store, p Purpose, token string) ([]byte, bool) { return s.readToken(p, token) }

// Token makes a link's token.
func Token(s *Store, p Purpose, ref []byte) string { return s.token(p, ref) }

// CheapSum is an argon2id sum of 8 KiB and one pass, as a hash holds it.
func CheapSum(password, salt string) string {
	return base64.RawStdEncoding.EncodeToString(argon2.IDKey([]byte(password), []byte(salt), 1, 8, 1, 32))
}

// RecentMost is how many sessions are kept.
const RecentMost = recentMost

// Recent is what a store keeps of sessions.
type Recent struct{ *recent }

// RecentOf gives a store's own; NewRecent one whose line is whole for an hour.
func RecentOf(s *Store) Recent { return Recent{s.recent} }

// NewRecent makes one by itself.
func NewRecent() Recent {
	r := Recent{newRecent()}
	r.Whole(r.Lines(), time.Now().Add(time.Hour))
	return r
}

// On tells whether it may be believed.
func (r Recent) On() bool {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.on()
}

// Len is how many are kept.
func (r Recent) Len() int {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return len(r.kept)
}

// Find, Put, Drop, Cut, Lines and Whole are its own.
func (r Recent) Find(token string, now time.Time) (Session, uint64, bool) {
	return r.find(hashOf(token), now)
}

// Put keeps a session.
func (r Recent) Put(token string, s Session, readAt time.Time, generation uint64) {
	r.put(hashOf(token), s, readAt, generation)
}

// Drop forgets an account's.
func (r Recent) Drop(owner ID) { r.drop(owner) }

// Cut cuts the line.
func (r Recent) Cut() { r.cut() }

// Lines tells how often it was cut.
func (r Recent) Lines() uint64 { return r.lines() }

// Whole is an answer to a ping.
func (r Recent) Whole(line uint64, asked time.Time) { r.whole(line, asked) }

// Lives tells whether a session lasts.
func Lives(s Session, now time.Time) bool { return s.lives(now) }
