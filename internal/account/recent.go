package account

import (
	"crypto/sha256"
	"sync"
	"time"
)

// What is kept of sessions that were just read.
const (
	recentLife = 5 * time.Second // by the store's clock; then it is read anew
	recentMost = 4096            // sessions, about 2 MB of memory
)

type tokenHash [sha256.Size]byte

// recent keeps sessions that were just read, while it hears of every change to
// them. It begins cut off, and cut off it neither gives nor takes anything.
type recent struct {
	mutex sync.Mutex
	kept  map[tokenHash]keptSession
	order []place // in the order of reading; those of dropped ones stay till their turn
	last  uint64  // the newest place's number

	// generation counts drops: what was read before one is not kept after it.
	generation uint64
	line       uint64    // counts the times that the line was cut
	trusted    time.Time // until when the line counts as whole, by the process's own clock
}

type keptSession struct {
	session Session
	readAt  time.Time
	number  uint64
}

type place struct {
	hash   tokenHash
	readAt time.Time
	number uint64
}

func newRecent() *recent { return &recent{kept: map[tokenHash]keptSession{}} }

// find gives a session that was just read, unless its clocks have run out or its
// use is to be written down: then the database has the word. The generation is
// for put, of what is read after this call.
func (r *recent) find(h tokenHash, now time.Time) (Session, uint64, bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	k, ok := r.kept[h]
	if !ok || !r.on() || stale(k.readAt, now) || !k.session.lives(now) || k.session.touchDue(now) {
		return Session{}, r.generation, false
	}
	return k.session, r.generation, true
}

// put keeps what was read at a moment, unless something was dropped since find
// told the generation: it may have been the very thing that was read.
func (r *recent) put(h tokenHash, s Session, readAt time.Time, generation uint64) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if !r.on() || generation != r.generation {
		return
	}
	r.last++
	r.kept[h] = keptSession{s, readAt, r.last}
	r.order = append(r.order, place{h, readAt, r.last})
	for len(r.order) > recentMost || readAt.Sub(r.order[0].readAt) >= recentLife {
		oldest := r.order[0]
		if r.kept[oldest.hash].number == oldest.number {
			delete(r.kept, oldest.hash)
		}
		r.order = r.order[1:]
	}
}

// stale is also what was read in the future: the clock has been set back.
func stale(readAt, now time.Time) bool {
	age := now.Sub(readAt)
	return age < 0 || age >= recentLife
}

// drop forgets an account's sessions, also those that are being read.
func (r *recent) drop(owner ID) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.generation++
	for h, k := range r.kept {
		if k.session.Account.ID == owner {
			delete(r.kept, h)
		}
	}
}

// dropToken forgets one session, also while it is being read.
func (r *recent) dropToken(h tokenHash) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.generation++
	delete(r.kept, h)
}

// dropAll forgets everything, also what is being read.
func (r *recent) dropAll() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.empty()
}

func (r *recent) empty() {
	r.generation++
	clear(r.kept)
	r.order = nil
}

func (r *recent) on() bool { return time.Now().Before(r.trusted) }

// cut forgets everything and believes nothing more until the line is whole again.
func (r *recent) cut() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.empty()
	r.line++
	r.trusted = time.Time{}
}

// lines tells how often the line was cut.
func (r *recent) lines() uint64 {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.line
}

// whole says that the line answered what was asked at a moment, when it had been
// cut so often. What was kept or read while nobody knew is forgotten.
func (r *recent) whole(line uint64, asked time.Time) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if line != r.line {
		return
	}
	if !r.on() {
		r.empty()
	}
	r.trusted = asked.Add(trustSpan)
}
