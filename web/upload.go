package web

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/document"
	"ecms/portal/internal/shipment"
)

// The measures of an upload: three pictures beside a form's fields. What is beyond
// is read to its end, so that the browser gets its answer, and kept by nobody.
const (
	largestUpload = 3*document.LargestFile + largestForm
	largestWaste  = 100 << 20 // bytes; beyond, nobody listens any more
	mostParts     = 60
	longestField  = 8 << 10

	uploadsAtOnce = 24
	// uploadsPast are read to their end though nobody takes them in. They and those at
	// once leave most of the places of requests to people who send nothing.
	uploadsPast = 40
	// mostHeld bytes of files wait in memory, of all uploads together.
	mostHeld      = 48 << 20
	uploadsParcel = 2
	// picturesOut are shown at once, each of them in memory until its reader has it.
	picturesOut       = 6
	picturesOutParcel = 3
	// picturesAtOnce are unpacked: the worst of them takes 160 MB.
	picturesAtOnce = 1
	dripPatience   = 20 * time.Second // without a byte
	uploadAtMost   = 6 * time.Minute
	placePatience  = 5 * time.Second
	studioWait     = 15 * time.Second
)

// upload is what a form with files held.
type upload struct {
	fields map[string]string
	// Flaws are those of files, by their names in the form.
	flaws map[string]document.Flaw
	// taken names the files that were taken in; busy tells that some could not be.
	taken  map[string]bool
	busy   bool
	tooBig bool
}

// taker takes in one file of an upload as it comes.
type taker func(ctx context.Context, name string, data []byte) (document.Flaw, error)

// readUpload reads a form with files, one after the other. Take gets the files
// that files names, the first of each name. Errors are of the connection, the
// form as such, or take's; what is too big or meets a busy portal is told in the upload.
func (p *Portal) readUpload(c echo.Context, w shipment.Waybill, files []string, take taker) (*upload, error) {
	u := &upload{fields: map[string]string{}, flaws: map[string]document.Flaw{}, taken: map[string]bool{}}
	r := c.Request()
	if isForm(r.Header.Get("Content-Type")) {
		r.Body = http.MaxBytesReader(c.Response().Writer, r.Body, largestForm)
		if err := readForm(r); err != nil {
			return nil, err
		}
		for name := range r.PostForm {
			u.fields[name] = field(c, name)
		}
		return u, nil
	}
	if !isUpload(r.Header.Get("Content-Type")) {
		return nil, echo.ErrUnsupportedMediaType
	}
	leave, ok := p.places.enter(r.Context(), w)
	defer leave()
	if u.busy = !ok; u.busy {
		end, room := p.places.past()
		defer end()
		if !room {
			return u, nil
		}
	}
	body := &patient{body: http.MaxBytesReader(c.Response().Writer, r.Body, largestWaste), line: http.NewResponseController(c.Response().Writer), until: time.Now().Add(uploadAtMost)}
	defer body.rest()
	r.Body = body
	form, err := r.MultipartReader()
	if err != nil {
		return nil, echo.ErrUnsupportedMediaType.WithInternal(err)
	}
	reading := intakeOf{u: u, files: files, take: take, size: r.ContentLength, room: p.places.reserve, free: p.places.free}
	if err := reading.all(r.Context(), form, body); err != nil {
		return nil, brokenUpload(r, err)
	}
	return u, nil
}

// isUpload tells whether a body is a form with files.
func isUpload(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return err == nil && kind == "multipart/form-data"
}

// brokenUpload tells whose fault it is that a form with files can't be read.
func brokenUpload(r *http.Request, err error) error {
	var tooBig *http.MaxBytesError
	var own ownFault
	switch {
	case errors.As(err, &tooBig):
		return err
	case errors.As(err, &own):
		return own.error
	case r.Context().Err() != nil:
		return gone(err)
	}
	return echo.ErrBadRequest.WithInternal(err)
}

// ownFault marks an error of taking a file in, which is not the form's.
type ownFault struct{ error }

// develop looks at a picture, a few at a time.
func (p *Portal) develop(ctx context.Context, data []byte) (document.Picture, []document.Flaw, document.Flaw, error) {
	ctx, cancel := context.WithTimeout(ctx, studioWait)
	defer cancel()
	return p.studio.Develop(ctx, data)
}
