package command_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
)

// TestKeysRotate wraps what the key of before has wrapped, and says what is missing
// when that is not given.
func TestKeysRotate(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	old, err := base64.StdEncoding.DecodeString(s.env["PORTAL_MASTER_KEY"])
	if err != nil {
		t.Fatal(err)
	}
	ring, err := seal.NewRing(old)
	if err != nil {
		t.Fatal(err)
	}
	w, _, err := ring.NewKey("identity 1")
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(t.Context(), postgres.Options{URL: s.env["DATABASE_URL"], Pool: postgres.Work, MaxConns: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	const add = `insert into sealed_keys (record, master, key, created_at) values ('identity 1', $1, $2, now())`
	if _, err := db.Exec(t.Context(), add, w.Master, w.Key); err != nil {
		t.Fatal(err)
	}
	fresh := make([]byte, 32)
	for i := range fresh {
		fresh[i] = byte(i*37 + 5)
	}
	s.env["PORTAL_MASTER_KEY"] = base64.StdEncoding.EncodeToString(fresh)
	if status, _, says := s.run(t, "", "keys", "rotate"); status != 1 || !strings.Contains(says, "is the master key of before in PORTAL_OLD_MASTER_KEYS?") {
		t.Errorf("without the old key: status %d\n%s", status, says)
	}
	s.env["PORTAL_OLD_MASTER_KEYS"] = base64.StdEncoding.EncodeToString(old)
	if out := s.fine(t, "", "keys", "rotate"); out != "1 keys wrapped anew; older master keys are no longer needed\n" {
		t.Errorf("says %q", out)
	}
	delete(s.env, "PORTAL_OLD_MASTER_KEYS")
	if out := s.fine(t, "", "keys", "rotate"); !strings.HasPrefix(out, "0 keys") {
		t.Errorf("a second time: %q", out)
	}
	var after seal.Wrapped
	if err := db.Get(t.Context(), &after, `select master, key from sealed_keys`); err != nil || after.Master == w.Master || bytes.Equal(after.Key, w.Key) {
		t.Errorf("kept %v, %v", after.Master, err)
	}
	for _, args := range [][]string{{"keys"}, {"keys", "turn"}, {"keys", "rotate", "now"}} {
		if status, _, says := s.run(t, "", args...); status != 2 || !strings.Contains(says, "portal keys rotate") {
			t.Errorf("%v: status %d, %s", args, status, says)
		}
	}
}
