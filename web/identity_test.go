package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestChineseCitizenGivesAnIdentity walks the whole way of somebody new, from the
// parcel's needs to the receipt.
func TestChineseCitizenGivesAnIdentity(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b := holder(t, s, toChina)
	needs := b.Get(idPath(toChina, "/needs")).Want(http.StatusOK)
	if !strings.Contains(needs.Text("main"), "19 March 2026") {
		t.Errorf("the needs name no last day: %s", needs.Text("main"))
	}
	person := needs.Follow(".needed a.btn").Want(http.StatusOK)
	if person.Path != idPath(toChina, "/id/person") {
		t.Fatalf("the button leads to %s", person.Path)
	}
	document := givePerson(b, toChina).Want(http.StatusOK)
	if document.Path != idPath(toChina, "/id/document") {
		t.Fatalf("the person leads to %s", document.Path)
	}
	check := giveCard(document).Want(http.StatusOK)
	if check.Path != idPath(toChina, "/id/check") || check.Find("figure img").Length() != 2 {
		t.Fatalf("the document leads to %s with %d pictures", check.Path, check.Find("figure img").Length())
	}
	for _, want := range []string{"李伟", "110***********002X", "+86138****8000", "4 August 2031"} {
		if !strings.Contains(check.Text("main"), want) {
			t.Errorf("the check does not show %q: %s", want, check.Text(".answers-given"))
		}
	}
	if strings.Contains(check.Body, chineseID) {
		t.Error("the check shows the number in clear")
	}
	src, _ := check.Find("figure img").First().Attr("src")
	picture := b.Get(src).Want(http.StatusOK)
	if picture.Header.Get("Content-Type") != "image/jpeg" || picture.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(picture.Body, "\xff\xd8") {
		t.Errorf("a picture comes as %v", picture.Header)
	}
	sent := agree(check).Want(http.StatusOK)
	if sent.Text("h1") != said("id.done.title") || !strings.Contains(sent.Body, "ID-") {
		t.Errorf("after sending: %s", sent.Text("main"))
	}
	receipt := b.Get(idPath(toChina, "/id/receipt")).Want(http.StatusOK)
	for _, want := range []string{"李*", "110***********002X", "2 pictures"} {
		if !strings.Contains(receipt.Text("main"), want) {
			t.Errorf("the receipt does not show %q: %s", want, receipt.Text("main"))
		}
	}
	if b.Get(src).Status != http.StatusNotFound {
		t.Error("a picture is shown after it was sent")
	}
	if text := b.Get(idPath(toChina, "/needs")).Want(http.StatusOK).Text("main"); !strings.Contains(text, "In review") {
		t.Errorf("the needs ask still: %s", text)
	}
}
