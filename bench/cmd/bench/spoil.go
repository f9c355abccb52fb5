package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

type spoiler struct {
	name   string
	change func(line string) string
}

// spoilers are the ways in which a checkpoint row arrives broken.
// Columns: waybill,event_id,rev,at,place,facility,country,code,text,source.
var spoilers = [...]spoiler{
	{"no waybill", column(0, "")},
	{"waybill too short", column(0, "AB1")},
	{"waybill with a stranger's letter", column(0, "ABC$12345")},
	{"check character", turnCheck},
	{"revision in words", column(2, "two")},
	{"negative revision", column(2, "-1")},
	{"no instant", column(3, "")},
	{"instant without offset", column(3, "2026-05-01T10:00:00")},
	{"instant in another form", column(3, "01/05/2026 10:00")},
	{"thirteenth month", column(3, "2026-13-01T10:00:00+08:00")},
	{"instant far ahead", column(3, "2199-01-01T00:00:00Z")},
	{"facility in words", column(5, "perhaps")},
	{"country in words", column(6, "Koreaaa")},
	{"unknown country", column(6, "QQ")},
	{"no code", column(7, "")},
	{"text too long", column(8, strings.Repeat("x", 5000))},
	{"a NUL inside", column(8, "a\x00b")},
	{"not UTF-8", column(8, "a\xffb")},
	{"open quote", column(4, `"Los Angeles`)},
	{"one column too many", func(l string) string { return l + ",more" }},
}

func column(i int, value string) func(string) string {
	return func(line string) string {
		fields := strings.Split(line, ",")
		fields[i] = value
		return strings.Join(fields, ",")
	}
}

// turnCheck changes the waybill's last character to another one.
func turnCheck(line string) string {
	waybill, rest, _ := strings.Cut(line, ",")
	last, other := waybill[len(waybill)-1], byte('7')
	if last == other {
		other = '8'
	}
	return waybill[:len(waybill)-1] + string(other) + "," + rest
}

// spoil copies a file and spoils n of its rows; it tells at which lines.
func spoil(from, to string, n int) (map[int]string, error) {
	text, err := os.ReadFile(from) //nolint:gosec // the run's own file
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	if len(lines)-1 < n {
		return nil, fmt.Errorf("%s has %d rows, of which %d cannot be spoilt", from, len(lines)-1, n)
	}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a repeatable choice, no secret
	bad := map[int]string{}
	for at, row := range r.Perm(len(lines) - 1)[:n] {
		kind := spoilers[at%len(spoilers)]
		lines[row+1] = kind.change(lines[row+1])
		bad[row+2] = kind.name
	}
	return bad, os.WriteFile(to, []byte(strings.Join(lines, "\n")+"\n"), 0o600) //nolint:gosec // the run's own file
}

// judge holds the report on a spoilt file to the lines that were spoilt: each is
// named, no other is, and every good row went in.
func judge(bad map[int]string, rep report, rows int) error {
	named := map[int]bool{}
	for _, e := range rep.Errors {
		if _, spoilt := bad[e.Line]; !spoilt {
			return fmt.Errorf("line %d is reported, but good", e.Line)
		}
		named[e.Line] = true
	}
	for line, kind := range bad {
		if !named[line] {
			return fmt.Errorf("%d of %d bad lines are not reported, line %d (%s) among them", len(bad)-len(named), len(bad), line, kind)
		}
	}
	if rep.Rejected != len(bad) || rep.Added != rows-len(bad) {
		return fmt.Errorf("%d of %d bad rows rejected, %d of %d good ones in", rep.Rejected, len(bad), rep.Added, rows-len(bad))
	}
	return nil
}
