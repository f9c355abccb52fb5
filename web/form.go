package web

import (
	"errors"
	"mime"
	"net/http"
	"strings"
	"unicode"

	"github.com/labstack/echo/v4"
)

// isForm tells whether a body is a form without files; a body that doesn't say
// is taken for one, since it can only be empty of fields.
func isForm(contentType string) bool {
	if contentType == "" {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "application/x-www-form-urlencoded"
}

// readForm reads the whole form; too large is 413, unreadable 400.
func readForm(r *http.Request) error {
	err := r.ParseForm()
	var tooBig *http.MaxBytesError
	if err == nil || errors.As(err, &tooBig) {
		return err
	}
	if r.Context().Err() != nil {
		return gone(err)
	}
	return echo.ErrBadRequest.WithInternal(err)
}

// field gives the value of a form's field as text that pages and the database
// can hold: valid, and without control characters other than line breaks.
func field(c echo.Context, name string) string {
	return clean(c.Request().PostForm.Get(name))
}

func clean(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(typed, "\uFFFD"))
}
