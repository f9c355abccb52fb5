package main

import (
	"bytes"
	"context"
	crand "crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"ecms/portal/bench/feedgen"
	"ecms/portal/bench/rig"
)

const (
	feedParcels = 20_000
	fileRows    = 4_000
	postRows    = 400
)

// ledger holds the event rows that the portal acknowledged.
type ledger struct {
	mu    sync.Mutex
	acked map[string]bool // waybill + event id
}

func (l *ledger) add(rows []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range rows {
		waybill, rest, _ := strings.Cut(r, ",")
		event, _, _ := strings.Cut(rest, ",")
		l.acked[waybill+" #"+event] = true
	}
}

// killPortal takes a feed in by file and by POST and kills the portal at
// moments of chance; then it asks PostgreSQL whether every acknowledged row
// is there, once.
func killPortal(ctx context.Context, b *rig.Bed, db *rig.Database, kills int) error {
	header, rows, err := feed(b)
	if err != nil {
		return err
	}
	l := &ledger{acked: map[string]bool{}}
	if err := b.Portal(ctx, db, io.Discard, "import", "shipments", filepath.Join(b.Dir, "shipments.csv")); err != nil {
		return err
	}
	for k := range kills {
		if err := killImport(ctx, b, db, header, rows, l); err != nil {
			return err
		}
		if err := killServe(ctx, b, db, header, rows, l); err != nil {
			return err
		}
		if err := l.check(ctx, b, db); err != nil {
			return fmt.Errorf("after round %d: %w", k+1, err)
		}
		fmt.Printf("round %d: %d acknowledged rows, all there once; verify clean\n", k+1, len(l.acked))
	}
	return complete(ctx, b, db, len(rows))
}

func feed(b *rig.Bed) (header string, rows []string, err error) {
	var text bytes.Buffer
	span, base := feedgen.Span{From: 0, To: feedParcels}, time.Now().UTC().Truncate(24*time.Hour)
	if _, err := feedgen.Checkpoints(&text, span, base, true); err != nil {
		return "", nil, err
	}
	lines := strings.SplitAfter(strings.TrimSuffix(text.String(), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	var shipments bytes.Buffer
	err = errors.Join(feedgen.Shipments(&shipments, span, base),
		os.WriteFile(filepath.Join(b.Dir, "all.csv"), text.Bytes(), 0o600))
	return lines[0], lines[1:], errors.Join(err, os.WriteFile(filepath.Join(b.Dir, "shipments.csv"), shipments.Bytes(), 0o600))
}

func some(rows []string, n int) []string {
	from := rand.IntN(len(rows) - n) //nolint:gosec // any part of the feed will do
	return rows[from : from+n]
}

var committed = regexp.MustCompile(`committed through line (\d+)`)

// promised gives the rows of a file that the import said it had committed. It
// says the file's line, and line 1 is the header.
func promised(part []string, said string) ([]string, error) {
	through := 1
	for _, m := range committed.FindAllStringSubmatch(said, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil || n < 1 || n > len(part)+1 {
			return nil, fmt.Errorf("%q of %d rows and a header", m[0], len(part))
		}
		through = max(through, n)
	}
	return part[:through-1], nil
}

// killImport runs imports of files one after the other until the kill.
func killImport(ctx context.Context, b *rig.Bed, db *rig.Database, header string, rows []string, l *ledger) error {
	deadline := time.Now().Add(time.Duration(200+rand.IntN(1800)) * time.Millisecond) //nolint:gosec // a moment of chance
	for time.Now().Before(deadline) {
		part := some(rows, fileRows)
		file := filepath.Join(b.Dir, "part.csv")
		if err := os.WriteFile(file, []byte(header+strings.Join(part, "")), 0o600); err != nil {
			return err
		}
		var out bytes.Buffer
		p, err := b.Start(db, &out, "import", "checkpoints", file)
		if err != nil {
			return err
		}
		waiting, cancel := context.WithDeadline(ctx, deadline)
		_ = p.Wait(waiting)
		cancel()
		p.Kill()
		safe, err := promised(part, out.String())
		if err != nil {
			return err
		}
		l.add(safe)
	}
	return ctx.Err()
}

// killServe posts parts from three clients until the kill.
func killServe(ctx context.Context, b *rig.Bed, db *rig.Database, header string, rows []string, l *ledger) error {
	token := newToken()
	var said bytes.Buffer
	p, err := b.Serve(ctx, db, &said, "PORTAL_OPS_TOKEN=checkpoints:"+token)
	if err != nil {
		return fmt.Errorf("%w: %s", err, &said)
	}
	var clients sync.WaitGroup
	for range 3 {
		clients.Go(func() {
			for !p.Exited() {
				part := some(rows, postRows)
				if post(ctx, p.URL+"/ops/checkpoints", token, header+strings.Join(part, "")) == http.StatusOK {
					l.add(part)
				}
			}
		})
	}
	time.Sleep(time.Duration(200+rand.IntN(800)) * time.Millisecond) //nolint:gosec // a moment of chance
	p.Kill()
	clients.Wait()
	return ctx.Err()
}

// newToken is a secret that the portal takes: 32 random bytes.
func newToken() string {
	var secret [32]byte
	_, _ = crand.Read(secret[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(secret[:])
}

func post(ctx context.Context, url, token, body string) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "text/csv")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}

// check asks for every acknowledged row and for `portal verify`.
func (l *ledger) check(ctx context.Context, b *rig.Bed, db *rig.Database) error {
	rows, err := db.SQL.QueryContext(ctx, `select waybill || ' ' || event_key, count(*) from checkpoints group by 1`)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	kept := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return err
		}
		kept[key] = n
	}
	if err := errors.Join(rows.Err(), l.compare(kept)); err != nil {
		return err
	}
	var out bytes.Buffer
	if err := b.Portal(ctx, db, &out, "verify"); err != nil {
		return fmt.Errorf("verify: %w: %s", err, out.String())
	}
	return nil
}

// compare holds how often each row is kept to what was acknowledged.
func (l *ledger) compare(kept map[string]int) error {
	for key, n := range kept {
		if n != 1 {
			return fmt.Errorf("%s is there %d times", key, n)
		}
	}
	found := 0
	lost := ""
	for key := range l.acked {
		if kept[key] == 1 {
			found++
		} else {
			lost = key
		}
	}
	if found != len(l.acked) {
		return fmt.Errorf("%d of %d acknowledged rows are there; %s is not", found, len(l.acked), lost)
	}
	return nil
}

// complete takes the whole feed in after all kills: each row is there once.
func complete(ctx context.Context, b *rig.Bed, db *rig.Database, want int) error {
	if err := b.Portal(ctx, db, io.Discard, "import", "checkpoints", filepath.Join(b.Dir, "all.csv")); err != nil {
		return err
	}
	var rows, counted int
	err := db.SQL.QueryRowContext(ctx, `select (select count(*) from checkpoints), (select sum(checkpoint_count) from shipments)`).Scan(&rows, &counted)
	if err != nil {
		return err
	}
	if rows != want || counted != want {
		return fmt.Errorf("%d rows, %d counted, want %d", rows, counted, want)
	}
	fmt.Printf("after all kills: %d rows, none lost, none doubled\n", rows)
	return b.Portal(ctx, db, io.Discard, "verify")
}
