package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
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

	uploadsAtOnce = 6 // each holds one file in memory
	uploadsParcel = 2
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
	u.busy = !ok
	body := &patient{body: http.MaxBytesReader(c.Response().Writer, r.Body, largestWaste), line: http.NewResponseController(c.Response().Writer), until: time.Now().Add(uploadAtMost)}
	defer body.rest()
	r.Body = body
	form, err := r.MultipartReader()
	if err != nil {
		return nil, echo.ErrUnsupportedMediaType.WithInternal(err)
	}
	reading := intakeOf{u: u, files: files, take: take, size: r.ContentLength}
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

// intakeOf is one upload being read.
type intakeOf struct {
	u      *upload
	files  []string
	take   taker
	size   int64 // of the whole body, as its header says; -1: unknown
	typed  int   // bytes of fields
	weighs int64 // bytes of files
}

func (in *intakeOf) all(ctx context.Context, form *multipart.Reader, body *patient) error {
	for n := 0; ; n++ {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if n >= mostParts || body.read > largestUpload {
			in.u.tooBig = true
			return nil
		}
		if err := in.one(ctx, part); err != nil {
			return err
		}
	}
}

// one reads a part: a field, a file that is waited for, or something to leave out.
func (in *intakeOf) one(ctx context.Context, part *multipart.Part) error {
	name := part.FormName()
	switch {
	case part.FileName() != "":
		return in.file(ctx, name, part)
	case name == "" || in.isFile(name): // a file's control that was left empty
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(part, longestField+1))
	if err != nil {
		return err
	}
	if in.typed += len(text) + len(name); len(text) > longestField || in.typed > largestForm {
		in.u.tooBig = true
		return nil
	}
	if _, twice := in.u.fields[name]; !twice {
		in.u.fields[name] = clean(string(text))
	}
	return nil
}

func (in *intakeOf) isFile(name string) bool {
	for _, f := range in.files {
		if f == name {
			return true
		}
	}
	return false
}

// file takes one file in, or reads past it where nobody takes it.
func (in *intakeOf) file(ctx context.Context, name string, part io.Reader) error {
	_, twice := in.u.flaws[name]
	if !in.isFile(name) || twice || in.u.taken[name] || in.u.busy {
		return nil
	}
	room := int64(document.LargestFile + 1)
	if in.size >= 0 {
		room = min(room, in.size)
	}
	data, err := fill(make([]byte, 0, min(room, 64<<10)), part, room)
	if err != nil {
		return err
	}
	if len(data) > document.LargestFile {
		in.u.flaws[name], in.u.tooBig = document.FlawBig, true
		return nil
	}
	flaw, err := in.take(ctx, name, data)
	switch {
	case errors.Is(err, document.ErrBusy):
		in.u.busy = true
	case err != nil:
		return ownFault{err}
	case flaw != "":
		in.u.flaws[name] = flaw
	default:
		in.u.taken[name] = true
	}
	return nil
}

// fill reads up to so many bytes into a buffer that grows with what has come, so
// that a slow file holds no more memory than it has sent.
func fill(data []byte, r io.Reader, most int64) ([]byte, error) {
	r = io.LimitReader(r, most)
	for {
		if len(data) == cap(data) {
			grown := make([]byte, len(data), min(int64(cap(data))*2, max(most, int64(cap(data))+1)))
			copy(grown, data)
			data = grown
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// develop looks at a picture, a few at a time.
func (p *Portal) develop(ctx context.Context, data []byte) (document.Picture, []document.Flaw, document.Flaw, error) {
	ctx, cancel := context.WithTimeout(ctx, studioWait)
	defer cancel()
	return p.studio.Develop(ctx, data)
}
