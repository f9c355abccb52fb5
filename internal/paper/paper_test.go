package paper_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/paper"
	"ecms/portal/internal/paper/papertest"
)

func sheet(l locale.Language) paper.Sheet {
	return paper.Sheet{
		Language: l, From: "ECMS Express", Title: "收件人身份信息回执", Stamp: "已通过", Foot: "运单号 EC 7K3M 9QTR 2XW5",
		Sections: []paper.Section{{Title: "Waybill EC 7K3M 9QTR 2XW5", Facts: []paper.Fact{
			{Name: "Name · 이름", Values: []string{"홍*동", "𠮷田*"}},
			{Name: "Number", Values: []string{"110***********624X"}, Note: "Name it when you ask us."},
		}}},
		Notes: []string{"号码仅部分显示，可放心留存。"},
	}
}

func write(t testing.TB, s paper.Sheet) []byte {
	t.Helper()
	pdf, err := s.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// TestTextCanBeCopied in each language, with letters beyond the basic plane.
func TestTextCanBeCopied(t *testing.T) {
	t.Parallel()
	for _, l := range locale.Languages() {
		pages := papertest.Pages(t, write(t, sheet(l)))
		if len(pages) != 1 {
			t.Fatalf("%s: %d pages", l, len(pages))
		}
		for _, want := range []string{
			"ECMS Express", "收件人身份信息回执", "已通过", "Waybill EC 7K3M 9QTR 2XW5", "Name · 이름", "홍*동", "𠮷田*", "110***********624X",
			"Name it when you ask us.", "号码仅部分显示，可放心留存。", "运单号 EC 7K3M 9QTR 2XW5", "1 / 1",
		} {
			if !strings.Contains(pages[0], want+"\n") {
				t.Errorf("%s: %q is not a line of\n%s", l, want, pages[0])
			}
		}
	}
}

// TestNothingElseIsInIt: no dates, no program, no ids; the same sheet is the same file.
func TestNothingElseIsInIt(t *testing.T) {
	t.Parallel()
	pdf := write(t, sheet(locale.Korean))
	if !bytes.Equal(pdf, write(t, sheet(locale.Korean))) {
		t.Error("the same sheet becomes two files")
	}
	objects, titles := papertest.Objects(t, pdf), 0
	for n, o := range objects {
		for _, no := range []string{"/CreationDate", "/ModDate", "/Producer", "/Creator", "/Author", "/Subject", "/Keywords", "/Metadata", "/JavaScript", "/URI", "/EmbeddedFile"} {
			if strings.Contains(o, no) {
				t.Errorf("object %d holds %s", n, no)
			}
		}
		if strings.Contains(o, "/Title") {
			titles++
		}
	}
	if titles != 1 || bytes.Contains(pdf, []byte("/ID")) || !bytes.Contains(pdf, []byte("/Lang (ko)")) {
		t.Errorf("%d titles, id %v", titles, bytes.Contains(pdf, []byte("/ID")))
	}
}

// TestLongPapersTurnThePage and more letters than one font holds find room in more.
func TestLongPapersTurnThePage(t *testing.T) {
	t.Parallel()
	s := sheet(locale.TraditionalChinese)
	var all strings.Builder
	for i := range 600 {
		fmt.Fprintf(&all, "%c", '一'+rune(i))
	}
	for i := range 60 {
		s.Sections[0].Facts = append(s.Sections[0].Facts, paper.Fact{Name: fmt.Sprintf("fact %d", i), Values: []string{all.String()[i*30 : i*30+30]}})
	}
	pages := papertest.Pages(t, write(t, s))
	whole := strings.Join(pages, "")
	if len(pages) < 3 || len(pages) > 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i := range 60 {
		if strings.Count(whole, fmt.Sprintf("fact %d\n", i)) != 1 || !strings.Contains(whole, all.String()[i*30:i*30+30]+"\n") {
			t.Errorf("fact %d is not there once", i)
		}
	}
	for i, page := range pages {
		if !strings.Contains(page, fmt.Sprintf("%d / %d\n", i+1, len(pages))) {
			t.Errorf("page %d has no number:\n%s", i+1, page)
		}
	}
}

// TestLinesBreak where each language breaks them.
func TestLinesBreak(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		l           locale.Language
		name        string
		lines, nots []string
	}{
		{locale.English, "I agree that these data are used to clear this parcel.", []string{"I agree that these data are used\n", "to clear this parcel.\n"}, nil},
		{locale.Korean, "이 정보를 이 소포의 중국 통관에 이용하는 것에 동의합니다.", []string{"이용하는 것에 동의합니다."}, nil},
		{locale.SimplifiedChinese, "我同意将这些信息用于本包裹的海关（中国），清关，并且保存。", nil, []string{"\n，", "\n）", "\n。", "（\n"}},
		{locale.English, strings.Repeat("W", 60), []string{strings.Repeat("W", 15)}, nil},
	} {
		s := paper.Sheet{Language: c.l, Title: "T", Sections: []paper.Section{{Title: "S", Facts: []paper.Fact{{Name: c.name, Values: []string{"v"}}}}}}
		text := papertest.Pages(t, write(t, s))[0]
		for _, line := range c.lines {
			if !strings.Contains(text, "\n"+line) {
				t.Errorf("%q is not a line of\n%s", line, text)
			}
		}
		for _, no := range c.nots {
			if strings.Contains(text, no) {
				t.Errorf("a line begins or ends badly (%q):\n%s", no, text)
			}
		}
		if strip := strings.NewReplacer("\n", "", " ", ""); !strings.Contains(strip.Replace(text), strip.Replace(c.name)) {
			t.Errorf("letters are lost:\n%s", text)
		}
	}
}
