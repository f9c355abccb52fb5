package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"ecms/portal/internal/demo"
	"ecms/portal/web/webtest"
)

func TestOneNumberLeadsToItsPage(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcel := s.Tell(t, demo.Moving)[0]
	b := s.Visitor(t)
	for _, typed := range []string{string(parcel.Waybill), " " + strings.ToLower(string(parcel.Waybill)) + "\n", parcel.Waybill.Grouped(),
		"Your parcel " + string(parcel.Waybill) + " is on its way!"} {
		page := b.Get("/ko").Form("form.numbers").Fill("numbers", typed).Submit().Want(200)
		if page.Path != "/ko/track/"+string(parcel.Waybill) {
			t.Errorf("%q leads to %s", typed, page.Path)
		}
	}
	page := b.Get("/track?n=" + url.QueryEscape(strings.ToLower(parcel.Waybill.Grouped()))).Want(200)
	if page.Path != "/track/"+string(parcel.Waybill) {
		t.Errorf("GET leads to %s", page.Path)
	}
}

func TestManyNumbersLeadToAList(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	parcels := s.Tell(t, demo.Moving, demo.AwaitingDuty)
	text := fmt.Sprintf("Dear customer,\n%s and %s\nand NOBODY12345678, ECGX1YEBF1QXCH", parcels[0].Waybill.Grouped(), parcels[1].Waybill)
	page := s.Visitor(t).Get("/").Form("form.numbers").Fill("numbers", text).Submit().Want(200)
	if !strings.HasPrefix(page.Path, "/track?n="+string(parcels[0].Waybill)+"&n="+string(parcels[1].Waybill)) {
		t.Errorf("many lead to %s", page.Path)
	}
	for _, p := range parcels {
		if page.Find(`a[href="/track/`+string(p.Waybill)+`"]`).Length() != 1 {
			t.Errorf("no link to %s", p.Waybill)
		}
	}
	for _, want := range []string{"Unknown numbers", "NOBODY12345678", "Numbers with a wrong character", "ECGX1YEBF1QXCH"} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	again := page.Follow(`.languages a[lang="ko"]`).Want(200)
	if !strings.HasPrefix(again.Path, "/ko/track?n=") || again.Find(`a[href="/ko/track/`+string(parcels[0].Waybill)+`"]`).Length() != 1 {
		t.Errorf("the list in Korean is at %s", again.Path)
	}
}

func TestTextsWithoutNumbers(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	many := strings.Builder{}
	for i := range 41 {
		fmt.Fprintf(&many, "PARCEL%08d\n", i)
	}
	tests := []struct{ typed, problem string }{
		{"", "Enter a waybill number"},
		{" \n\t ", "Enter a waybill number"},
		{"where is my parcel?", "We found no waybill number in this text"},
		{"hello!", "This is not a waybill number"},
		{"ECGX1YEBF1QXCH", "One character does not fit"},
		{many.String(), "at most 40"},
		{"\x00<script>", "This is not a waybill number"},
	}
	for _, tc := range tests {
		page := s.Visitor(t).Post("/track", url.Values{"numbers": {tc.typed}}).Want(422)
		if !strings.Contains(page.Text(".errors, [role=alert], main"), tc.problem) {
			t.Errorf("%.20q: no %q in %s", tc.typed, tc.problem, page.Text("main"))
		}
		want := strings.TrimSpace(strings.ReplaceAll(tc.typed, "\x00", ""))
		if got := strings.TrimSpace(page.Find("textarea").Text()); got != want {
			t.Errorf("typed %.40q, kept %.40q", want, got)
		}
		if page.Find(`#numbers[aria-invalid="true"]`).Length() != 1 {
			t.Errorf("%.20q: the field is not marked", tc.typed)
		}
	}
}

func TestLongListsByAddress(t *testing.T) {
	t.Parallel()
	s := webtest.Start(t)
	var query []string
	for i := range 41 {
		query = append(query, fmt.Sprintf("n=PARCEL%08d", i))
	}
	b := s.Visitor(t)
	page := b.Get("/track?" + strings.Join(query, "&")).Want(422)
	if got := strings.Count(page.Find("textarea").Text(), "PARCEL"); got != 41 {
		t.Errorf("%d of 41 numbers are kept", got)
	}
	b.Get("/track?" + strings.Join(query[:40], "&")).Want(200)
	if got := b.Still().Get("/track").Want(303).Header.Get("Location"); got != "/" {
		t.Errorf("no number leads to %q", got)
	}
	b.Get("/track?n=").Want(422)
}

func TestFormsOfOtherKinds(t *testing.T) {
	t.Parallel()
	b := webtest.Start(t).Visitor(t)
	post := func(kind, body string) *webtest.Page {
		return b.Send("POST", "/track", strings.NewReader(body), "Content-Type", kind)
	}
	post("application/json", `{"numbers":"ABCD-1234"}`).Want(415)
	post("multipart/form-data; boundary=x", "--x--").Want(415)
	post("application/x-www-form-urlencoded", "numbers=%zz").Want(400)
	post("application/x-www-form-urlencoded", "numbers="+strings.Repeat("A", 64<<10)).Want(413)
	post("application/x-www-form-urlencoded", "").Want(422)
}
