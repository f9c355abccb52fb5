package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"
	"sync"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/customs"
)

// The bounds of what is remembered of visitors, and of any one of them.
const (
	mostAuthors = 10_000
	mostGiven   = 200
)

// The parts of a form beside its pictures, which go by their slots.
const (
	partPerson   = "person"
	partDocument = "document"
)

type fingerprint [sha256.Size]byte

// authors remembers which browser or account gave what for which parcel: only there
// it is shown again in clear. It is told by what was given, not by the form, so that
// whoever writes one part of a form reads no other, however many write into it and
// wherever. Another one with the right to the parcel, such as the shop's, may add and
// sees masks. A restart forgets, which shows masks to all.
type authors struct {
	mu    sync.Mutex
	given map[fingerprint]map[fingerprint]struct{} // of a visitor: what they gave
}

// author is the visitor as authors knows them; false for nobody.
func (who consignee) author() (fingerprint, bool) {
	switch {
	case who.by.Account != 0:
		return sha256.Sum256([]byte("account " + strconv.FormatInt(int64(who.by.Account), 10))), true
	case who.token != "":
		return byToken(who.token), true
	}
	return fingerprint{}, false
}

func byToken(token string) fingerprint { return sha256.Sum256([]byte("grant " + token)) }

// mark is one part's content for the visitor's parcel; false for what can't be told.
func (who consignee) mark(part string, content any) (fingerprint, bool) {
	text, err := json.Marshal([]any{who.parcel.Waybill, part, content})
	return sha256.Sum256(text), err == nil
}

// note remembers that the visitor has given this content.
func (a *authors) note(who consignee, part string, content any) {
	author, known := who.author()
	mark, told := who.mark(part, content)
	if !known || !told {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.given == nil || len(a.given) >= mostAuthors {
		a.given = map[fingerprint]map[fingerprint]struct{}{}
	}
	if a.given[author] == nil || len(a.given[author]) >= mostGiven {
		a.given[author] = map[fingerprint]struct{}{}
	}
	a.given[author][mark] = struct{}{}
}

// gave tells whether the visitor has given this very content.
func (a *authors) gave(who consignee, part string, content any) bool {
	author, known := who.author()
	mark, told := who.mark(part, content)
	a.mu.Lock()
	defer a.mu.Unlock()
	_, given := a.given[author][mark]
	return known && told && given
}

// move lets what was given follow its author to a new token.
func (a *authors) move(from, to string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if given := a.given[byToken(from)]; from != "" && to != from && given != nil {
		a.given[byToken(to)] = given
		delete(a.given, byToken(from))
	}
}

// gavePerson tells whether the person in a form is of the visitor's giving.
func (p *Portal) gavePerson(who consignee, clear customs.Clear) bool {
	return p.authors.gave(who, partPerson, clear.Person)
}

// gaveDocument tells the same of the document.
func (p *Portal) gaveDocument(who consignee, clear customs.Clear) bool {
	return p.authors.gave(who, partDocument, clear.Document)
}

// gaveAll tells whether everything in an identity is of the visitor's giving.
func (p *Portal) gaveAll(c echo.Context, who consignee, i customs.Identity) (bool, error) {
	clear, err := p.read(c.Request().Context(), who, i)
	if err != nil || !p.gavePerson(who, clear) || !p.gaveDocument(who, clear) {
		return false, err
	}
	kept, err := p.Customs.Pictures(c.Request().Context(), i.ID)
	others := slices.ContainsFunc(kept, func(k customs.Kept) bool { return !p.authors.gave(who, string(k.Slot), k.Sum) })
	return err == nil && !others, err
}

// ownPictures are those pictures of an identity that the visitor has given.
func (p *Portal) ownPictures(c echo.Context, who consignee, i customs.Identity) ([]customs.Kept, error) {
	kept, err := p.Customs.Pictures(c.Request().Context(), i.ID)
	return slices.DeleteFunc(kept, func(k customs.Kept) bool { return !p.authors.gave(who, string(k.Slot), k.Sum) }), err
}

// follow lets the document of a form that mends a refused one stay its author's,
// though a part of it is gone.
func (p *Portal) follow(who consignee, refused, form customs.Clear) {
	was, is := refused.Document, form.Document
	part := (is.Doc == was.Doc) && (is.Number == "" || is.Number == was.Number) && (is.Expiry == "" || is.Expiry == was.Expiry) &&
		(!is.LongTerm || was.LongTerm) && (is.Issuer == "" || is.Issuer == was.Issuer) && (!is.EZWay || was.EZWay)
	if part && p.gaveDocument(who, refused) {
		p.authors.note(who, partDocument, is)
	}
}

// samePicture tells whether a side still has the picture that it had.
func samePicture(before, after []customs.Kept, slot customs.Slot) bool {
	of := func(list []customs.Kept) []byte {
		for _, k := range list {
			if k.Slot == slot {
				return k.Sum
			}
		}
		return nil
	}
	return of(before) != nil && bytes.Equal(of(before), of(after))
}
