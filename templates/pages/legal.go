package pages

import (
	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
)

// LegalPage is one version of a document, with its figures filled in.
type LegalPage struct {
	Document legal.Document
	// Versions are all of them, the one in force first.
	Versions []string
	// Before is the version that this one has replaced; empty for the first.
	Before string
	// Lines are what differs from the version before.
	Lines []legal.Line
}

func (p LegalPage) current() bool { return p.Document.Version == p.Versions[0] }

// legalPath is where a version stands; without one, the version in force.
func legalPath(n legal.Name, version string) string {
	if version == "" {
		return "/legal/" + string(n)
	}
	return "/legal/" + string(n) + "/" + version
}

// legalTitle is a document's own title in a language.
func legalTitle(l *locale.Locale, n legal.Name) string {
	d, err := legal.Find(n, "", l.Language())
	if err != nil {
		return string(n) // it can't happen: the names come from the package itself
	}
	return d.Title
}
