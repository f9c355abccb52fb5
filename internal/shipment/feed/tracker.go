package feed

import "sync"

// tracker follows an import line by line.
type tracker struct {
	mu      sync.Mutex
	tell    func(Progress)
	now     Progress
	pending []bool // by line: a good row that is not committed yet
}

func newTracker(tell func(Progress)) *tracker {
	if tell == nil {
		tell = func(Progress) {}
	}
	return &tracker{tell: tell}
}

func (t *tracker) read(line int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Read = line
	t.tell(t.now)
}

// writing begins once all lines are read.
func (t *tracker) writing(pending []bool, rows int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending, t.now.Rows = pending, rows
	t.advance()
}

// committed notes lines whose transaction has committed.
func (t *tracker) committed(lines []int32) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, line := range lines {
		t.pending[line] = false
	}
	t.now.Written += len(lines)
	t.advance()
}

func (t *tracker) advance() {
	n := t.now.CommittedThrough
	for n+1 < len(t.pending) && !t.pending[n+1] {
		n++
	}
	t.now.CommittedThrough = n
	t.tell(t.now)
}
