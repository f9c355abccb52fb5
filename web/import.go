package web

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/shipment/feed"
)

// intake takes one kind of file in; feed.Importer has both.
type intake func(context.Context, io.Reader, feed.Format, feed.Options) (feed.Report, error)

// importShipments takes a file of shipments in from an operator's machine.
func (p *Portal) importShipments(c echo.Context) error {
	return p.takeFile(c, "shipments", p.Feed.Shipments)
}

// importCheckpoints takes a file of checkpoints in from an operator's machine.
func (p *Portal) importCheckpoints(c echo.Context) error {
	return p.takeFile(c, "checkpoints", p.Feed.Checkpoints)
}

// takeFile answers with the report once all good rows are committed. A file that
// can't be read as a whole is 422, with the report that tells why.
func (p *Portal) takeFile(c echo.Context, scope string, take intake) error {
	if err := p.operator(c, scope); err != nil {
		return err
	}
	format, ok := formatOf(mediaType(c))
	if !ok {
		return echo.ErrUnsupportedMediaType
	}
	file, err := p.spool(c)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it is only read
	ctx, cancel := context.WithTimeout(c.Request().Context(), importPatience)
	defer cancel()
	select {
	case p.imports <- struct{}{}:
		defer func() { <-p.imports }()
	case <-ctx.Done():
		return ctx.Err()
	}
	report, err := take(ctx, file, format, feed.Options{Origin: "ops"})
	switch {
	case errors.Is(err, feed.ErrRefused):
		return p.sendJSON(c, http.StatusUnprocessableEntity, report)
	case err != nil:
		return err
	}
	return p.sendJSON(c, http.StatusOK, report)
}

func formatOf(mediaType string) (feed.Format, bool) {
	switch mediaType {
	case "text/csv":
		return feed.CSV, true
	case "application/x-ndjson":
		return feed.JSONLines, true
	}
	return feed.Unknown, false
}
