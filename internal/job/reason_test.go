package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"ecms/portal/internal/job"
)

// A reason that PostgreSQL cannot store once kept the job in the queue for ever,
// since its end could not be written.
func TestEveryReasonCanBeWrittenDown(t *testing.T) {
	t.Parallel()
	db, url := bench(t)
	reasons := map[string]string{
		"nul":    "mail server says \x00",
		"bytes":  "mail server says \xff\xfe",
		"long":   strings.Repeat("东", 2000),
		"cut":    strings.Repeat("a", 499) + "\xe4\xb8",
		"silent": "",
	}
	w := job.NewWorker(db, url, map[string]job.Handler{
		"fails": func(_ context.Context, args json.RawMessage) error {
			var name string
			if err := json.Unmarshal(args, &name); err != nil {
				return err
			}
			return errors.New(reasons[name])
		},
		"panics": func(context.Context, json.RawMessage) error { panic("broken: \x00\xff") },
	}, quiet())
	w.Tries = 1
	run(t, w)
	for name := range reasons {
		enqueue(t, db, "fails", name)
	}
	enqueue(t, db, "panics", nil)
	eventually(t, "all put aside", func() bool { b := left(t, db); return b.Failed == len(reasons)+1 && b.Ready == 0 })
	var kept []string
	if err := db.Select(t.Context(), &kept, `select last_error from jobs`); err != nil {
		t.Fatal(err)
	}
	begun := 0
	for _, text := range kept {
		if !utf8.ValidString(text) || utf8.RuneCountInString(text) > 500 {
			t.Errorf("got %q, want at most 500 characters", text)
		}
		if strings.HasPrefix(text, "mail server says ") || strings.HasPrefix(text, "panic: broken: ") {
			begun++
		}
	}
	if begun != 3 {
		t.Errorf("got %q, want the readable part of each reason", kept)
	}
}
