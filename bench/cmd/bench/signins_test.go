package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRefusalsOfALog(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "portal.log")
	const text = `{"msg":"request","method":"POST","route":"/login","status":503,"took_us":41}
{"msg":"request","method":"POST","route":"/login","status":303,"took_us":99}
{"msg":"request","method":"GET","route":"/login","status":503,"took_us":98}
not JSON
{"msg":"request","method":"POST","route":"/login","status":503,"took_us":5955}
`
	if err := os.WriteFile(log, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := refusals(log)
	if diff := cmp.Diff([]time.Duration{41 * time.Microsecond, 5955 * time.Microsecond}, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := os.WriteFile(log, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := refusals(log); err == nil {
		t.Error("a log without any is taken for a fine run")
	}
}
