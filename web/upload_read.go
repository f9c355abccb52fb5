package web

import (
	"context"
	"errors"
	"io"
	"mime/multipart"

	"ecms/portal/internal/document"
)

// intakeOf is one upload being read.
type intakeOf struct {
	u     *upload
	files []string
	take  taker
	size  int64 // of the whole body, as its header says; -1: unknown
	typed int   // bytes of fields
	// Room asks for so many bytes of memory, free gives them back.
	room func(context.Context, int64) bool
	free func(int64)
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
	data, err := in.fill(ctx, part, room)
	defer func() { in.free(int64(cap(data))) }()
	if errors.Is(err, errFull) {
		in.u.busy = true
		return nil
	}
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

// errFull says that too many bytes of files wait in memory.
var errFull = errors.New("no room for a file")

// fill reads up to so many bytes into a buffer that grows with what has come, so
// that a slow file holds no more memory than it has sent.
func (in *intakeOf) fill(ctx context.Context, r io.Reader, most int64) (data []byte, err error) {
	r = io.LimitReader(r, most)
	for {
		if len(data) == cap(data) {
			more := min(int64(cap(data))+64<<10+int64(cap(data))/2, most+1) - int64(cap(data))
			if !in.room(ctx, more) {
				return data, errFull
			}
			grown := make([]byte, len(data), int64(cap(data))+more)
			copy(grown, data)
			data = grown
		}
		n, err := r.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			return data, nil
		}
		if err != nil {
			return data, err
		}
	}
}
