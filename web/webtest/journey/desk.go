package journey

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// Desk is one of the carrier's people, signed in, at work on one identity.
type Desk struct {
	*Visitor
	// ID is the identity's: the form's own number.
	ID string
}

// Open takes the case, states a reason and looks at what was given, pictures and all.
func (d Desk) Open(ctx context.Context) (*Page, error) {
	page, err := d.Get(ctx, d.path(""))
	if err != nil {
		return nil, err
	}
	if take := page.Form(`form[action$="/take"]`); take.err == nil { // else it is in this person's hands already
		if page, err = take.Send(ctx); err != nil {
			return nil, err
		}
	}
	view := page.Form(`form[action$="/view"]`)
	view.Fill("reason", view.Choice("reason"))
	if page, err = view.Send(ctx); err != nil {
		return nil, err
	}
	if err := page.Want(http.StatusOK, d.path("")); err != nil {
		return nil, err
	}
	for i := range page.Find("figure img").Length() {
		src := page.Find("figure img").Eq(i).AttrOr("src", "")
		picture, err := d.Get(ctx, src)
		if err != nil || picture.Status != http.StatusOK {
			return nil, fmt.Errorf("picture %d: %+v, %w", i+1, picture.Status, err)
		}
	}
	return page, nil
}

// Accept decides that the identity is good.
func (d Desk) Accept(ctx context.Context, open *Page) error {
	page, err := open.Form(`form[action$="/decision"]:has([value="accept"])`).Send(ctx)
	if err != nil {
		return err
	}
	return page.Want(http.StatusOK, "")
}

// Refuse decides that something must be given again, for a reason's code.
func (d Desk) Refuse(ctx context.Context, open *Page, reason string) error {
	page, err := open.Form(`form[action$="/decision"]:has([value="refuse"])`).Fill("reason_code", reason).Send(ctx)
	if err != nil {
		return err
	}
	return page.Want(http.StatusOK, "")
}

func (d Desk) path(rest string) string { return "/staff/ids/" + url.PathEscape(d.ID) + rest }
