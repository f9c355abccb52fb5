package customs_test

import (
	"errors"
	"strings"
	"testing"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/fault"
)

// TestNotesHoldNoNumbers: they are not sealed, so that nothing may stand in them
// that is.
func TestNotesHoldNoNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"Asked a colleague on 2026-03-17, 3 of 5 corners are there.": "",
		"See EC7K3M9QTR2XW5 as well":                                 "",
		"名字与包裹不同，已问客户":                                               "",
		"":                                                           "empty", " \n": "empty",
		strings.Repeat("字", 500): "", strings.Repeat("字", 501): "long",
		"11010519491231002X": "number", "number is 110105 19491231 002X, fine": "number", "１１０１０５１９４９１２３１００２Ｘ": "number",
		"P123456789012": "number", "P 1234 5678 9012": "number", "A123456789": "number", "C01X00T47": "number", "(E12345678)": "number", "e1234567": "number",
		"900101-1234567": "number", "phone 138 0013 8000": "number", "010-1234-5678": "number",
	} {
		err := customs.CheckNote(text)
		var invalid fault.Invalid
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", text, err)
		case want != "" && (!errors.As(err, &invalid) || invalid[0].Key != "id.note."+want):
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestNotesGoWithTheCase: the next case of the parcel shows them, erasing takes them.
func TestNotesGoWithTheCase(t *testing.T) {
	t.Parallel()
	b, ctx := newBench(t), t.Context()
	b.ship(t, "W1", "W2")
	lin := b.staff(t, "lin")
	sent := b.submit(t, "W1")
	isErr(t, "note", b.AddNote(ctx, sent.ID, lin, " the name looks odd "), nil)
	b.take(t, sent.ID, lin)
	if _, err := b.Refuse(ctx, sent.ID, lin, "name_differs", nil); err != nil {
		t.Fatal(err)
	}
	list, err := b.Notes(ctx, "W1")
	if err != nil || len(list) != 1 || list[0].Text != "the name looks odd" || list[0].Name != "lin" || !list[0].At.Equal(b.now) {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err = b.Notes(ctx, "W2"); err != nil || len(list) != 0 {
		t.Errorf("another parcel's: %+v, %v", list, err)
	}
	if err := b.Erase(ctx, sent.ID, customs.By{Account: lin, Role: customs.Staff}); err != nil {
		t.Fatal(err)
	}
	if list, err = b.Notes(ctx, "W1"); err != nil || len(list) != 0 {
		t.Errorf("after erasing: %+v, %v", list, err)
	}
	isErr(t, "a note on what is erased", b.AddNote(ctx, sent.ID, lin, "again"), customs.ErrErased)
	isErr(t, "a note on nothing", b.AddNote(ctx, sent.ID+7, lin, "again"), fault.ErrNotFound)
}
