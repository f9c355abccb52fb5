package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"ecms/portal/internal/document/specimen"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/web/webtest"
)

// atDocument is a visitor at the second step.
func atDocument(t testing.TB, s *webtest.Site, w shipment.Waybill) (*webtest.Browser, *webtest.Page) {
	t.Helper()
	b := holder(t, s, w)
	return b, givePerson(b, w).Want(http.StatusOK)
}

// filled is the second step's form with all but the pictures.
func filled(page *webtest.Page) *webtest.Form {
	return page.Form("form.asking").Fill("doc_number", chineseID).Fill("expiry_year", "2031").Fill("expiry_month", "8").Fill("expiry_day", "4")
}

// documents counts the files that are kept.
func documents(t testing.TB, s *webtest.Site) int {
	t.Helper()
	files, err := os.ReadDir(s.Documents)
	if err != nil {
		t.Fatal(err)
	}
	return len(files)
}

// TestNastyFilesAreExplained sends each as the front, beside a good back: it gets
// its own sentence at its own control, and nothing else is lost.
func TestNastyFilesAreExplained(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	l := locale.For(locale.English)
	_, page := atDocument(t, s, toChina)
	for _, f := range specimen.Nasty() {
		wrong := filled(page).Choose("front", f.Name, f.Data).Choose("back", "back.jpg", back()).Submit()
		if want := map[bool]int{true: http.StatusRequestEntityTooLarge, false: http.StatusUnprocessableEntity}[f.Flaw == "big"]; wrong.Status != want {
			t.Errorf("%s: status %d, want %d: %s", f.What, wrong.Status, want, wrong.Text(".errors"))
			continue
		}
		if got, want := wrong.Text("#front-error"), l.T("id.front."+f.Flaw); got != want {
			t.Errorf("%s: %q, want %q", f.What, got, want)
		}
		if wrong.Find(".errors a").Length() != 1 || wrong.Find(`input[name="doc_number"]`).AttrOr("value", "") != chineseID || wrong.Find(".upload figure img").Length() != 1 {
			t.Errorf("%s: typed or good things are lost: %s", f.What, wrong.Text(".errors"))
		}
		if n := documents(t, s); n != 1 {
			t.Errorf("%s: %d files are kept, want the back alone", f.What, n)
		}
	}
	check := filled(page).Choose("front", "front.jpg", front()).Submit().Want(http.StatusOK)
	if check.Path != idPath(toChina, "/id/check") {
		t.Errorf("the kept back does not do: %s", check.Text(".errors"))
	}
}

// TestOnePictureTwiceIsTold sends the front as both sides.
func TestOnePictureTwiceIsTold(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	_, page := atDocument(t, s, toChina)
	wrong := filled(page).Choose("front", "a.jpg", front()).Choose("back", "b.jpg", front()).Submit().Want(http.StatusUnprocessableEntity)
	if !strings.Contains(wrong.Text(".errors"), said("id.back.same")) {
		t.Errorf("it is said: %s", wrong.Text(".errors"))
	}
	if check := filled(wrong).Choose("back", "b.jpg", back()).Submit().Want(http.StatusOK); check.Path != idPath(toChina, "/id/check") {
		t.Errorf("the other side does not mend it: %s", check.Text(".errors"))
	}
	if n := documents(t, s); n != 2 {
		t.Errorf("%d files are kept, want 2", n)
	}
}

// TestLadenPicturesLoseTheirLoad sends honest pictures with more in them.
func TestLadenPicturesLoseTheirLoad(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := atDocument(t, s, toChina)
	for _, f := range specimen.Laden() {
		check := filled(page).Choose("front", f.Name, f.Data).Choose("back", "back.jpg", back()).Submit().Want(http.StatusOK)
		src := check.Find("figure img").First().AttrOr("src", "")
		picture := b.Get(src).Want(http.StatusOK)
		for _, hidden := range []string{specimen.HiddenPlace, specimen.HiddenScript, specimen.HiddenFile} {
			if strings.Contains(picture.Body, hidden) {
				t.Errorf("%s: %q is kept", f.What, hidden)
			}
		}
		if picture.Header.Get("X-Content-Type-Options") != "nosniff" || picture.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s is served as %v", f.What, picture.Header)
		}
	}
}

// body is a form with files as no browser sends it.
func body(parts func(w *multipart.Writer)) (io.Reader, string) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	parts(w)
	_ = w.Close() // into memory
	return &out, w.FormDataContentType()
}

func file(w *multipart.Writer, name string, data []byte) {
	part, err := w.CreateFormFile(name, name+".jpg")
	if err == nil {
		_, _ = part.Write(data) // into memory
	}
}

func field(w *multipart.Writer, name, value string) { _ = w.WriteField(name, value) } // into memory

// TestStrangeUploads sends what no page of ours would: none is a failure of ours,
// none keeps more than it should, and each keeps what was typed where it can.
func TestStrangeUploads(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, _ := atDocument(t, s, toChina)
	typed := func(w *multipart.Writer) {
		field(w, "doc_type", "cn_id")
		field(w, "doc_number", "110105")
	}
	for name, c := range map[string]struct {
		status int
		kept   bool // what was typed
		parts  func(w *multipart.Writer)
	}{
		"nothing at all": {http.StatusUnprocessableEntity, false, func(*multipart.Writer) {}},
		"a file that nobody asks for": {http.StatusUnprocessableEntity, true, func(w *multipart.Writer) {
			typed(w)
			file(w, "passport", front())
			file(w, "doc_number", front())
			file(w, "permit", []byte("no picture"))
		}},
		"one name twice": {http.StatusUnprocessableEntity, true, func(w *multipart.Writer) {
			typed(w)
			field(w, "doc_number", "999")
			file(w, "front", []byte("no picture"))
			file(w, "front", []byte("%PDF-1.7"))
		}},
		"hundreds of parts": {http.StatusRequestEntityTooLarge, true, func(w *multipart.Writer) {
			typed(w)
			for i := range 5000 {
				field(w, fmt.Sprint("x", i), "y")
			}
		}},
		"a field of megabytes": {http.StatusRequestEntityTooLarge, true, func(w *multipart.Writer) {
			typed(w)
			field(w, "mrz", strings.Repeat("<", 3<<20))
		}},
		"forty large files": {http.StatusRequestEntityTooLarge, true, func(w *multipart.Writer) {
			typed(w)
			for range 4 {
				file(w, "front", make([]byte, 11<<20))
			}
		}},
	} {
		sent, kind := body(c.parts)
		page := b.Send(http.MethodPost, idPath(toChina, "/id/document"), sent, "Content-Type", kind, "Sec-Fetch-Site", "same-origin")
		if page.Status != c.status {
			t.Errorf("%s: status %d, want %d", name, page.Status, c.status)
		}
		if got := page.Find(`input[name="doc_number"]`).AttrOr("value", ""); (got == "110105") != c.kept {
			t.Errorf("%s: the number comes back as %q", name, got)
		}
		if n := documents(t, s); n != 0 {
			t.Errorf("%s: %d files are kept", name, n)
		}
	}
}

// TestBrokenUploads are cut short, of another kind, or no form at all.
func TestBrokenUploads(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, _ := atDocument(t, s, toChina)
	for name, c := range map[string]struct {
		kind, body string
		status     int
	}{
		"JSON":         {"application/json", `{"doc_number":"1"}`, http.StatusUnsupportedMediaType},
		"no boundary":  {"multipart/form-data", "--x\r\n", http.StatusUnsupportedMediaType},
		"mixed":        {"multipart/mixed; boundary=x", "--x--\r\n", http.StatusUnsupportedMediaType},
		"cut short":    {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"doc_number\"\r\n\r\n11", http.StatusBadRequest},
		"no part":      {"multipart/form-data; boundary=x", "hello", http.StatusUnprocessableEntity},
		"a plain form": {"application/x-www-form-urlencoded", "doc_type=cn_id&doc_number=110105", http.StatusUnprocessableEntity},
	} {
		page := b.Send(http.MethodPost, idPath(toChina, "/id/document"), strings.NewReader(c.body), "Content-Type", c.kind, "Sec-Fetch-Site", "same-origin")
		if page.Status != c.status {
			t.Errorf("%s: status %d, want %d", name, page.Status, c.status)
		}
	}
	large := b.Send(http.MethodPost, idPath(toChina, "/id/document"), strings.NewReader(strings.Repeat("a=b&", 40_000)), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
	if large.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a large plain form: status %d", large.Status)
	}
}

// TestSlowUploadsHoldNoOtherBack lets lines stand still in the middle of a picture:
// for one parcel they take its places, and another consignee goes on; whoever finds
// no place is told so and loses nothing that was typed.
func TestSlowUploadsHoldNoOtherBack(t *testing.T) {
	t.Parallel()
	s := awaiting(t)
	b, page := atDocument(t, s, toChina)
	var hold sync.WaitGroup
	end := make(chan struct{})
	for range 2 {
		read, write := io.Pipe()
		hold.Go(func() {
			w := multipart.NewWriter(write)
			part, err := w.CreateFormFile("front", "f.jpg")
			if err == nil {
				_, _ = part.Write(front()[:1000]) // the other end may go first
			}
			<-end
			_ = write.CloseWithError(io.ErrUnexpectedEOF)
		})
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+idPath(toChina, "/id/document"), read)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "multipart/form-data; boundary=never")
		request.Header.Set("Cookie", "__Host-grant="+b.Cookie("__Host-grant"))
		hold.Go(func() {
			if answer, err := b.Client().Do(request); err == nil { // it is cut short
				_ = answer.Body.Close()
			}
		})
	}
	time.Sleep(300 * time.Millisecond)
	busy := filled(page).Choose("front", "front.jpg", front()).Submit().Want(http.StatusServiceUnavailable)
	if busy.Header.Get("Retry-After") == "" || busy.Find(`input[name="doc_number"]`).AttrOr("value", "") != chineseID || !strings.Contains(busy.Text("main"), said("id.busy")) {
		t.Errorf("a busy portal says %s", busy.Text("main"))
	}
	_, other := atDocument(t, s, another)
	if check := giveCard(other).Want(http.StatusOK); check.Path != idPath(another, "/id/check") {
		t.Errorf("another consignee gets to %s", check.Path)
	}
	close(end)
	hold.Wait()
	if check := giveCard(busy).Want(http.StatusOK); check.Path != idPath(toChina, "/id/check") {
		t.Errorf("after a while: %s", check.Text(".errors"))
	}
}
