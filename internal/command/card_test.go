package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ecms/portal/internal/contact"
)

// TestACardThatCannotBeReadStopsTheStart before a database is started or made.
func TestACardThatCannotBeReadStopsTheStart(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		`{"hotlin": "400-086-1756"}`: `unknown field "hotlin"`,
		`{"qq": "4000861756"`:        "ends before its end",
		`{"email": "care"}`:          "give an e-mail address",
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, contact.File), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := &shell{env: map[string]string{"PORTAL_DATA_DIR": folder}}
		status, out, stderr := s.run(t, "", "serve")
		if status != 2 || out != "" || strings.Count(stderr, "\n") != 1 || !strings.Contains(stderr, says) || !strings.Contains(stderr, contact.File) {
			t.Errorf("%s: status %d, %q, %q; want 2 and one line with %q", text, status, out, stderr, says)
		}
		if _, err := os.Stat(filepath.Join(folder, "postgres")); err == nil {
			t.Errorf("%s: a database was made before the card was read", text)
		}
	}
}
