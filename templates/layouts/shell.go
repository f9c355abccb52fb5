// Package layouts holds the shell that every page stands in: head, skip link,
// header, main, help, language links, second clock and footer.
package layouts

import (
	"context"

	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
)

// Shell is what the edge knows about a request and each page shows around its content.
type Shell struct {
	// Lang is the language the page is written in.
	Lang locale.Language
	// Prefix is the language prefix of the address, "" or "/zh-Hans".
	Prefix string
	// Path is the address without its prefix, "/track/EC...".
	Path string
	// Zone is the chosen second clock, an IANA name; empty when none was chosen.
	Zone string
	// RequestID names this request in our logs.
	RequestID string
	// Flash is a sentence about what was just done; empty when nothing was.
	Flash string
	// Signed is the person's own e-mail address on pages for members; else empty.
	Signed string
	// Help is the help block of this portal, made by the function Help; nil shows
	// the channels that the carrier has published.
	Help templ.Component
	// Dev marks a development server, where the gallery stands.
	Dev bool
}

type shellKey struct{}

// WithShell puts the shell where every page finds it.
func WithShell(ctx context.Context, s Shell) context.Context {
	return context.WithValue(ctx, shellKey{}, s)
}

// From gives the shell of this request; without one, a shell in English at "/".
func From(ctx context.Context) Shell {
	if s, ok := ctx.Value(shellKey{}).(Shell); ok {
		return s
	}
	return Shell{Lang: locale.English, Path: "/"}
}

// URL gives the address of a page of the portal in the language of this request.
func (s Shell) URL(path string) string { return s.Prefix + path }

// In gives the address of this same page in another language.
func (s Shell) In(l locale.Language) string { return "/" + string(l) + s.Path }

// Head is what a page says about itself in the document's head.
type Head struct {
	// Title is the page's name, without the portal's.
	Title string
	// Hidden keeps the page out of search engines: parcels, lists and failures.
	Hidden bool
	// Failed puts "Error:" before the title, so that it is heard first.
	Failed bool

	// section is the navigation of the part of the portal that the page belongs to.
	section templ.Component
}

func (h Head) title(l *locale.Locale) string {
	title := "ECMS Express"
	if h.Title != "" {
		title = h.Title + " – " + title
	}
	if h.Failed {
		return l.T("errors.prefix", "title", title)
	}
	return title
}
