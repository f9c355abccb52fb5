package main

import "strings"

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
	{"check character", func(l string) string { return turnCheck(l) }},
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
