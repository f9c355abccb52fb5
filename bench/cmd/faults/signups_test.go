package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOnce(t *testing.T) {
	t.Parallel()
	promised := map[string]bool{"a": true, "b": true}
	for _, tc := range []struct {
		name  string
		there map[string]int
		want  string
	}{
		{"all there", map[string]int{"a": 1, "b": 1}, ""},
		{"more than promised", map[string]int{"a": 1, "b": 1, "c": 1}, ""},
		{"one lost", map[string]int{"a": 1}, "acknowledged and is not there"},
		{"one twice", map[string]int{"a": 2, "b": 1}, "2 times"},
		{"an unpromised one twice", map[string]int{"a": 1, "b": 1, "c": 2}, "2 times"},
	} {
		err := once("mail", promised, tc.there)
		if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}

const mailed = `From: Portal <portal@example.com>
To: Newcomer <newcomer1@example.com>
Subject: Hello
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=xx

--xx
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

Open http://127.0.0.1:9/register/confirm/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEF=
GH to go on.
--xx
Content-Type: text/html; charset=UTF-8

<a href="http://127.0.0.1:9/register/confirm/OTHER">Open</a>
--xx--
`

func TestReadMails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.ReplaceAll(text, "\n", "\r\n")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("one.eml", mailed)
	put("half.tmp", "To: nobody")
	got, err := readMails(dir)
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v; want one mail", got, err)
	}
	if want := (letter{filepath.Join(dir, "one.eml"), "newcomer1@example.com", "/register/confirm/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFGH"}); got[0] != want {
		t.Errorf("got %+v, want %+v", got[0], want)
	}
	put("cut.eml", mailed[:120])
	if _, err := readMails(dir); err == nil {
		t.Error("a mail cut short was taken for whole")
	}
}
