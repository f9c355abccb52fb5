package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUndocumentedNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code string
		want       []string // name by name
	}{
		{"a function", "func Bare() {}", []string{"Bare"}},
		{"a documented one", "// Told is told.\nfunc Told() {}", nil},
		{"a comment a line away is none", "// Far is far.\n\nfunc Far() {}", []string{"Far"}},
		{"nobody sees it", "func bare() {}\ntype hidden struct{ Field int }\nvar v, w int", nil},
		{"methods", "type T int // T is of no use here.\nfunc (T) A() {}\nfunc (t *T) B() {}\nfunc (T) c() {}", []string{"T", "A", "B"}},
		{"methods of a hidden type", "type t int\nfunc (t) String() string { return \"\" }\nfunc (*t) Error() string { return \"\" }", nil},
		{"methods of a type with parameters", "// L is a list.\ntype L[T any] []T\nfunc (l *L[T]) Add(T) {}\n// P is a pair.\ntype P[A, B any] struct{}\nfunc (P[A, B]) Swap() {}", []string{"Add", "Swap"}},
		{"a type", "type Bare struct{}", []string{"Bare"}},
		{"a group of types with one comment", "// Sizes.\ntype (\n\tA int\n\tB int\n)", nil},
		{"a group of types without", "type (\n\t// A is told.\n\tA int\n\tB int\n)", []string{"B"}},
		{"constants under one comment", "// Colours.\nconst (\n\tRed = 1\n\tBlue = 2\n)", nil},
		{"constants one by one", "const (\n\tRed = 1 // Red is warm.\n\tBlue = 2\n\tgrey = 3\n)", []string{"Blue"}},
		{"many names of one line", "var A, b, C int", []string{"A", "C"}},
		{"imports", "import \"fmt\"\n\nvar _ = fmt.Sprint", nil},
	} {
		missing, err := docs([]source{{path: "x.go", text: []byte("package x\n\n" + c.code + "\n")}})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, line := range missing {
			_, rest, _ := strings.Cut(line, ": ")
			name, _, ok := strings.Cut(rest, " has no doc comment")
			if !ok || !strings.HasPrefix(line, "x.go:") {
				t.Errorf("%s: got %q, want file, line and name", c.name, line)
			}
			got = append(got, name)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestDocsLeaveTestsAlone(t *testing.T) {
	t.Parallel()
	missing, err := docs([]source{{path: "x_test.go", test: true, text: []byte("not even Go")}})
	if err != nil || missing != nil {
		t.Errorf("got %v, %v; want nothing", missing, err)
	}
	if _, err := docs([]source{{path: "x.go", text: []byte("package")}}); err == nil || !strings.Contains(err.Error(), "x.go") {
		t.Errorf("a file that is no Go: got %v", err)
	}
}
