package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/postgres"
	"ecms/portal/templates/pages"
)

// statusGone is what the log and the metrics say when the visitor left before
// the answer; nobody reads it as an answer.
const statusGone = 499

// errGone says that the visitor closed the connection.
var errGone = errors.New("the visitor has gone")

// gone marks an error of writing to a visitor, which is nobody's fault here.
func gone(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(errGone, err)
}

// fail turns any error into one status and one page in the visitor's language,
// and logs what is our own fault. It is the only place that does.
func (p *Portal) fail(c echo.Context, v *visit, err error) {
	if errors.Is(err, errGone) || c.Request().Context().Err() != nil {
		leave(c)
		return
	}
	status, wait := statusOf(err)
	if status >= http.StatusInternalServerError {
		p.Log.LogAttrs(c.Request().Context(), level(status), "request failed", slog.String("request", v.id),
			slog.String("route", c.Path()), slog.Int("status", status), slog.Any("error", err))
	}
	if c.Response().Committed {
		return
	}
	h := c.Response().Header()
	h["Cache-Control"] = headerNoStore
	delete(h, "Etag")
	if wait > 0 {
		h["Retry-After"] = []string{seconds(wait)}
	}
	if status == http.StatusMethodNotAllowed {
		h["Allow"] = []string{p.allowed[c.Path()]}
	}
	if err := p.apologise(c, v, status, wait); err != nil && !errors.Is(err, errGone) {
		p.Log.Error("failure page failed", "request", v.id, "error", err)
	}
}

// leave ends an answer that nobody waits for. A proxy that has only closed its
// half must not take it for an empty page.
func leave(c echo.Context) {
	if !c.Response().Committed {
		h := c.Response().Header()
		h["Cache-Control"] = headerNoStore
		delete(h, "Etag")
		c.Response().WriteHeader(statusGone)
	}
	c.Response().Status = statusGone
}

// apologise writes the failure in the form that was asked for.
func (p *Portal) apologise(c echo.Context, v *visit, status int, wait time.Duration) error {
	switch v.form {
	case twinJSON:
		return p.sendJSON(c, status, failureJSON{Status: status, Error: http.StatusText(status), Request: v.id})
	case twinText:
		text := pages.FailureText(locale.For(v.language), pages.FailurePage{Status: status, RequestID: v.id, RetryAfter: wait})
		return p.send(c, status, headerText, []byte(text))
	default:
		return p.render(c, status, pages.Failure(pages.FailurePage{Status: status, RequestID: v.id, RetryAfter: wait}))
	}
}

// statusOf gives the status of an error, and how long to wait where that helps.
func statusOf(err error) (int, time.Duration) {
	var (
		tooMany fault.TooMany
		tooBig  *http.MaxBytesError
		invalid fault.Invalid
		edge    *echo.HTTPError
	)
	switch {
	case errors.As(err, &tooMany):
		return http.StatusTooManyRequests, tooMany.RetryAfter
	case errors.As(err, &tooBig):
		return http.StatusRequestEntityTooLarge, 0
	case errors.Is(err, fault.ErrNotFound):
		return http.StatusNotFound, 0
	case errors.Is(err, fault.ErrForbidden):
		return http.StatusForbidden, 0
	case errors.Is(err, fault.ErrConflict):
		return http.StatusConflict, 0
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity, 0
	case errors.As(err, &edge):
		return edge.Code, 0
	case errors.Is(err, fault.ErrUnavailable), postgres.Away(err), errors.Is(err, context.DeadlineExceeded):
		return http.StatusServiceUnavailable, 5 * time.Second
	}
	return http.StatusInternalServerError, 0
}

// level keeps alarms for our own mistakes; a database that is away tells so itself.
func level(status int) slog.Level {
	if status == http.StatusServiceUnavailable {
		return slog.LevelWarn
	}
	return slog.LevelError
}
