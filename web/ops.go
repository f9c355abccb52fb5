package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/fault"
)

// importPatience is how long an operator's file may take to arrive, and its
// rows to be written.
const importPatience = 10 * time.Minute

// importsAtOnce bounds the files that are written at the same time; others wait.
const importsAtOnce = 2

// operator lets the holders of a token with the scope pass.
func (p *Portal) operator(c echo.Context, scope string) error {
	secret, bearer := strings.CutPrefix(c.Request().Header.Get("Authorization"), "Bearer ")
	shown, found, allowed := sha256.Sum256([]byte(secret)), false, false
	for _, token := range p.Config.OpsTokens {
		kept := sha256.Sum256([]byte(token.Secret))
		if subtle.ConstantTimeCompare(shown[:], kept[:]) == 1 {
			found, allowed = true, slices.Contains(token.Scopes, scope)
		}
	}
	switch {
	case !bearer || !found:
		c.Response().Header().Set("WWW-Authenticate", `Bearer realm="ops"`)
		return echo.ErrUnauthorized
	case !allowed:
		return fault.ErrForbidden
	}
	return nil
}

// spool takes the whole body, unpacked, before any of it is written: a file that
// is too large or breaks off changes nothing. The file has no name.
func (p *Portal) spool(c echo.Context) (*os.File, error) {
	reader := http.NewResponseController(c.Response().Writer)
	until := time.Now().Add(importPatience)
	if err := errors.Join(reader.SetReadDeadline(until), reader.SetWriteDeadline(until.Add(importPatience))); err != nil {
		return nil, fmt.Errorf("give an upload its time: %w", err)
	}
	var body io.Reader = http.MaxBytesReader(c.Response().Writer, c.Request().Body, largestFeed)
	switch encoding := c.Request().Header.Get("Content-Encoding"); encoding {
	case "", "identity":
	case "gzip":
		zipped, err := gzip.NewReader(body)
		if err != nil {
			return nil, unreadable(err)
		}
		body = zipped
	default:
		return nil, echo.ErrUnsupportedMediaType
	}
	file, err := os.CreateTemp("", "portal-feed-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	n, err := io.Copy(file, io.LimitReader(body, largestFeed+1))
	if err == nil && n > largestFeed {
		err = &http.MaxBytesError{Limit: largestFeed}
	}
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(unreadable(err), file.Close())
	}
	return file, nil
}

// unreadable keeps "too large" and calls the rest of what a body can have a bad request.
func unreadable(err error) error {
	var (
		tooBig *http.MaxBytesError
		disk   *os.PathError
	)
	if errors.As(err, &tooBig) || errors.As(err, &disk) {
		return err
	}
	return echo.ErrBadRequest.WithInternal(err)
}

// mediaType is the body's type without its parameters; empty when unreadable.
func mediaType(c echo.Context) string {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// sendJSON answers machines.
func (p *Portal) sendJSON(c echo.Context, status int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return p.send(c, status, headerJSON, append(body, '\n'))
}
