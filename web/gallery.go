package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/pages"
)

// showGallery lists the components and pages that can be looked at in all their
// states; in the embedded default alone.
func (p *Portal) showGallery(c echo.Context) error {
	return p.render(c, http.StatusOK, pages.Gallery())
}

// showGalleryComponent shows one component, or one state of a page.
func (p *Portal) showGalleryComponent(c echo.Context) error {
	ctx := locale.With(c.Request().Context(), locale.For(visitOf(c).language))
	page, ok := pages.GalleryPage(ctx, c.Param("component"))
	if !ok {
		return fault.ErrNotFound
	}
	return p.render(c, http.StatusOK, page)
}
