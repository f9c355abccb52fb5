package web

import (
	"crypto/sha256"
	"sync"

	"ecms/portal/internal/customs"
)

// mostAuthors bounds how many forms are remembered with who types them.
const mostAuthors = 10_000

// authors remembers which browser types which form: only there what was typed is
// shown again in clear. Another one with the right to the parcel, such as the
// shop's, may add and sees masks. A restart forgets, which shows masks to all.
type authors struct {
	mu   sync.Mutex
	hash map[customs.ID][sha256.Size]byte // of the grant's token
}

func (a *authors) note(i customs.Identity, who consignee) {
	if who.token == "" {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.hash == nil || len(a.hash) >= mostAuthors {
		a.hash = map[customs.ID][sha256.Size]byte{}
	}
	a.hash[i.ID] = sha256.Sum256([]byte(who.token))
}

// move lets forms follow their author to a new token.
func (a *authors) move(from, to string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if from == "" || len(a.hash) == 0 {
		return
	}
	old, fresh := sha256.Sum256([]byte(from)), sha256.Sum256([]byte(to))
	for id, hash := range a.hash {
		if hash == old {
			a.hash[id] = fresh
		}
	}
}

// wrote tells whether a form is this visitor's own.
func (a *authors) wrote(i customs.Identity, who consignee) bool {
	if who.by.Account != 0 && i.Account == who.by.Account {
		return true
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	hash, known := a.hash[i.ID]
	return known && who.token != "" && hash == sha256.Sum256([]byte(who.token))
}
