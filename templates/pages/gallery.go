package pages

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// GalleryNames lists what the gallery shows: each component with all its states
// on one page, and each state of each page as it is ("page-track-duty").
func GalleryNames() []string {
	names := components.Names()
	for _, s := range States(locale.For(locale.English)) {
		names = append(names, s.Component)
	}
	return names
}

// GalleryPage gives the page of one entry of the gallery; false when there is none.
func GalleryPage(ctx context.Context, name string) (templ.Component, bool) {
	if slices.Contains(components.Names(), name) {
		return galleryComponent(name), true
	}
	for _, s := range States(locale.From(ctx)) {
		if s.Component == name {
			return s.Body, true
		}
	}
	return nil, false
}

// prefixed renders a component so that its ids differ from those of its other states.
func prefixed(prefix string, body templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return body.Render(components.Prefixed(ctx, prefix), w)
	})
}

// state names a page's state for the gallery.
func state(name string, body templ.Component) components.State {
	return components.State{Component: "page-" + strings.ReplaceAll(name, " ", "-"), Name: name, Body: body}
}
