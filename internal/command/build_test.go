package command_test

import (
	"regexp"
	"testing"

	"ecms/portal/internal/command"
)

// TestBuildIsAName that stays the same within a build and can stand in an address.
func TestBuildIsAName(t *testing.T) {
	t.Parallel()
	first := command.Build()
	if !regexp.MustCompile(`^(dev-)?[0-9a-f]{8,16}$`).MatchString(first) {
		t.Errorf("the build is called %q", first)
	}
	if again := command.Build(); again != first {
		t.Errorf("the build is called %q and %q", first, again)
	}
}
