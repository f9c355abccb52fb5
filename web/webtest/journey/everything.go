package journey

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"ecms/portal/internal/document"
	"ecms/portal/internal/document/specimen"
)

// Office is a served portal with two people who can sign in.
type Office struct {
	URL string
	// Member is a customer whose address is on parcels, Desk one of the staff: address and password.
	Member, Desk [2]string
	// Code reads the code in the newest mail to an address.
	Code func(ctx context.Context, address string) (string, error)
}

// Cast is everybody who takes part in one round of all flows, by their roles.
type Cast struct {
	Guest, Again, Other, Traveller, Korea, Refused, Taiwan, Card, Withdrawn, Member, Saved, Resident Consignee
}

// NewCast makes up the n-th cast; the member's parcels bear the address.
func NewCast(n int, member string) Cast {
	n *= 20
	c := Cast{
		Guest: China(n), Again: China(n + 1), Other: China(n + 11), Traveller: Traveller(n + 2), Korea: Korea(n + 3), Refused: Korea(n + 4), Taiwan: Taiwan(n + 5),
		Card: TaiwanCard(n + 6), Withdrawn: China(n + 7), Member: China(n + 8), Saved: China(n + 9), Resident: Korea(n + 10),
	}
	c.Guest.Pictures["front"] = specimen.Marked(c.Guest.Pictures["front"], specimen.HiddenScript, specimen.HiddenPlace)
	c.Taiwan.Person["name_local"], c.Taiwan.Person["phone"] = "歐陽祕密君", fmt.Sprintf("0987%06d", 654_321-n) // not those on the parcel
	c.Taiwan.Document["doc_number"] = taiwanNumber(n + 5)
	c.Guest.Keep, c.Member.Keep = fmt.Sprintf("guest%d@example.com", n), member
	c.Saved.Keep = member
	c.Again.Pictures, c.Saved.Pictures = nil, nil
	return c
}

// All lists the cast.
func (c Cast) All() []Consignee {
	return []Consignee{c.Guest, c.Again, c.Other, c.Traveller, c.Korea, c.Refused, c.Taiwan, c.Card, c.Withdrawn, c.Member, c.Saved, c.Resident}
}

// Secrets are what nobody may find in clear: numbers, what differs from the parcel,
// and parts of pictures.
func (c Cast) Secrets(ctx context.Context) (texts map[string]string, parts map[string][]byte, err error) {
	texts = map[string]string{
		"place of a picture": specimen.HiddenPlace, "script in a picture": specimen.HiddenScript, "another name": c.Taiwan.Person["name_local"],
		"another phone": c.Taiwan.Person["phone"][1:], "the number mended": mended(c.Refused),
	}
	parts = map[string][]byte{}
	studio := document.NewStudio(1)
	for _, one := range c.All() {
		if number := one.Document["doc_number"]; number != "" && one.Waybill != c.Saved.Waybill && one.Waybill != c.Again.Waybill {
			texts["number of "+one.Waybill] = number
		}
		if _, second, found := strings.Cut(one.Document["mrz"], "\n"); found {
			texts["passport of "+one.Waybill], texts["lines of "+one.Waybill] = second[:9], second[:28]
		}
		if one.Waybill != c.Guest.Waybill && one.Waybill != c.Card.Waybill && one.Waybill != c.Member.Waybill { // enough of them
			continue
		}
		for side, data := range one.Pictures {
			p, _, _, err := studio.Develop(ctx, data)
			if err != nil {
				return nil, nil, err
			}
			parts[side+" of "+one.Waybill] = p.JPEG[len(p.JPEG)/2:][:24]
		}
	}
	for _, r := range Residents() {
		texts["resident number in "+r.Field], texts["resident number bare in "+r.Field] = r.Number, strings.ReplaceAll(r.Number, "-", "")
	}
	return texts, parts, nil
}

// mended is the number that a refused person gives instead.
func mended(c Consignee) string { return "P9" + c.Document["doc_number"][2:] }

// Everything lets a cast go through all flows of a portal that has their parcels,
// and gives the identities that were accepted.
func (o Office) Everything(ctx context.Context, c Cast) (accepted []string, err error) {
	desk := NewVisitor(o.URL, "", "en")
	if err := SignIn(ctx, desk, o.Desk[0], o.Desk[1]); err != nil {
		return nil, err
	}
	if err := o.guest(ctx, c); err != nil {
		return nil, fmt.Errorf("guest: %w", err)
	}
	for _, one := range []Consignee{c.Other, c.Traveller, c.Korea, c.Taiwan, c.Card} {
		if err := o.accepted(ctx, desk, one); err != nil {
			return nil, fmt.Errorf("%s: %w", one.Waybill, err)
		}
		accepted = append(accepted, one.Waybill)
	}
	for name, flow := range map[string]func(context.Context, *Visitor, Cast) error{
		"refused": o.refused, "withdrawn": o.withdrawn, "member": o.member, "resident number": o.residents, "desk": o.looksAround,
	} {
		if err := flow(ctx, desk, c); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return accepted, nil
}

// guest keeps a person under an address without an account, proves it, and gives the
// same person for the next parcel.
func (o Office) guest(ctx context.Context, c Cast) error {
	v := NewVisitor(o.URL, "", "en")
	if _, err := c.Guest.Give(ctx, v); err != nil {
		return err
	}
	code, err := o.Code(ctx, c.Guest.Keep)
	if err != nil {
		return err
	}
	if err := c.Guest.Prove(ctx, v, code); err != nil {
		return err
	}
	if err := c.Guest.papers(ctx, v); err != nil {
		return err
	}
	// the parcel opens in the browser that has proved the address
	if err := c.Again.Unlock(ctx, v); err != nil {
		return err
	}
	_, err = c.Again.UseSaved(ctx, v)
	return err
}

// accepted gives an identity, reads its papers, and is looked at and accepted.
func (o Office) accepted(ctx context.Context, desk *Visitor, c Consignee) error {
	v := NewVisitor(o.URL, "", "en")
	receipt, err := c.Give(ctx, v)
	if err != nil {
		return err
	}
	if err := c.papers(ctx, v); err != nil {
		return err
	}
	d := Desk{desk, receipt.FormID}
	open, err := d.Open(ctx)
	if err != nil {
		return fmt.Errorf("desk: %w", err)
	}
	if err := d.Accept(ctx, open); err != nil {
		return fmt.Errorf("accept: %w", err)
	}
	return c.papers(ctx, v)
}

// papers reads all that can be read of what was sent.
func (c Consignee) papers(ctx context.Context, v *Visitor) error {
	for _, rest := range []string{"/id", "/needs", "/id/receipt", "/id/receipt.pdf"} {
		page, err := v.Get(ctx, c.path(rest))
		if err != nil {
			return err
		}
		if err := page.Want(http.StatusOK, rest); err != nil {
			return err
		}
		if number := c.Document["doc_number"]; number != "" && strings.Contains(page.Body, number) {
			return fmt.Errorf("%s shows the number", page.Path)
		}
	}
	return nil
}

// Paper gives the PDF of what a consignee has sent.
func (c Consignee) Paper(ctx context.Context, base string) ([]byte, error) {
	v := NewVisitor(base, "", "ko")
	defer v.Leave()
	if err := c.Unlock(ctx, v); err != nil {
		return nil, err
	}
	page, err := v.Get(ctx, c.path("/id/receipt.pdf"))
	if err != nil {
		return nil, err
	}
	return []byte(page.Body), page.Want(http.StatusOK, "/id/receipt.pdf")
}

// refused is told that the number differs, and gives another.
func (o Office) refused(ctx context.Context, desk *Visitor, c Cast) error {
	v := NewVisitor(o.URL, "", "ko")
	receipt, err := c.Refused.Give(ctx, v)
	if err != nil {
		return err
	}
	d := Desk{desk, receipt.FormID}
	open, err := d.Open(ctx)
	if err != nil {
		return err
	}
	if err := d.Refuse(ctx, open, "number_differs"); err != nil {
		return err
	}
	again := c.Refused
	again.Document = map[string]string{"doc_number": mended(c.Refused)}
	check, err := again.FillDocument(ctx, v)
	if err != nil {
		return err
	}
	_, err = again.Submit(ctx, check)
	return err
}

// withdrawn takes back what was sent.
func (o Office) withdrawn(ctx context.Context, _ *Visitor, c Cast) error {
	v := NewVisitor(o.URL, "", "zh-CN")
	if _, err := c.Withdrawn.Give(ctx, v); err != nil {
		return err
	}
	page, err := v.Post(ctx, c.Withdrawn.path("/id/withdraw"), url.Values{})
	if err != nil {
		return err
	}
	return page.Want(http.StatusOK, "/id")
}

// member saves a person and uses it again, and looks at it in the account.
func (o Office) member(ctx context.Context, _ *Visitor, c Cast) error {
	v := NewVisitor(o.URL, "", "en")
	if err := SignIn(ctx, v, o.Member[0], o.Member[1]); err != nil {
		return err
	}
	if _, err := c.Member.FillPerson(ctx, v); err != nil {
		return err
	}
	check, err := c.Member.FillDocument(ctx, v)
	if err != nil {
		return err
	}
	if _, err := c.Member.Submit(ctx, check); err != nil {
		return err
	}
	if _, err := c.Saved.UseSaved(ctx, v); err != nil {
		return fmt.Errorf("use again: %w", err)
	}
	list, err := v.Get(ctx, "/account/people")
	if err != nil {
		return err
	}
	one, err := v.Get(ctx, list.Find(`a[href*="/account/people/"]`).First().AttrOr("href", "/none"))
	if err != nil {
		return err
	}
	return one.Want(http.StatusOK, "")
}

// looksAround searches, as the staff and as anybody, for what should be nowhere.
func (o Office) looksAround(ctx context.Context, desk *Visitor, c Cast) error {
	number := c.Guest.Document["doc_number"]
	for _, path := range []string{"/staff/ids", "/staff/ids/report", "/staff/parcels/" + c.Guest.Waybill, "/staff"} {
		page, err := desk.Get(ctx, path)
		if err != nil {
			return err
		}
		if err := page.Want(http.StatusOK, path); err != nil {
			return err
		}
	}
	if _, err := desk.Post(ctx, "/staff/parcels", url.Values{"q": {number}, "n": {number}}); err != nil {
		return err
	}
	_, err := NewVisitor(o.URL, "", "en").Post(ctx, "/track", url.Values{"n": {number}})
	return err
}
