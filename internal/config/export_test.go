package config

// DefaultDataDir is the data folder when none is named.
func DefaultDataDir(euid int, getenv func(string) string) string {
	return defaultDataDir(euid, getenv)
}
