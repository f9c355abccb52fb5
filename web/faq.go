package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/claim"
	"ecms/portal/internal/customs"
	"ecms/portal/internal/faq"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// faqFacts are the figures of the rules, for the answers that speak of them.
func faqFacts() faq.Facts {
	limits := shipment.ParcelLimits()
	f := faq.Facts{
		MaxWeightLb: limits.WeightLb, MaxWeightKg: limits.WeightKg, MaxSideIn: limits.SideIn, MaxSideCm: limits.SideCm,
		ClaimDays: claim.Window, DutyDays: shipment.DutyDays, SilentDays: int(shipment.Silence / (24 * time.Hour)),
		UnlockHours: int(shipment.Kept().GrantIdle / time.Hour), NumbersMax: mostNumbers,
	}
	for _, d := range shipment.Destinations() {
		f.Destinations = append(f.Destinations, d.Country)
	}
	for _, d := range shipment.IdentityCountries() {
		f.IDCountries = append(f.IDCountries, d.Country)
	}
	spans := customs.RuleSpans()
	f.IDDays, f.IDKeptDays, f.IDUnusedDays = spans.Wait, spans.Kept, spans.Unused
	return f
}

// showFAQ shows all questions, or those that fit what was asked.
func (p *Portal) showFAQ(c echo.Context) error {
	v := visitOf(c)
	page := pages.FAQPage{
		Book: faq.Load(v.language), Facts: faqFacts(),
		Query: strings.TrimSpace(clean(c.QueryParam("q"))), Number: parcelAsked(c.QueryParam("parcel")),
	}
	if asked := []rune(page.Query); len(asked) > longestQuestion {
		page.Query = string(asked[:longestQuestion])
	}
	kept := url.Values{}
	if page.Query != "" {
		page.Hits = page.Book.Search(page.Query)
		kept.Set("q", page.Query)
	}
	if page.Number != "" {
		kept.Set("parcel", page.Number)
	}
	v.query = kept.Encode()
	c.Response().Header()["Cache-Control"] = headerRevalidate
	return p.render(c, http.StatusOK, pages.FAQ(page))
}

// longestQuestion is how many characters of a question are read.
const longestQuestion = 200

// showAnswer shows one question with its answer.
func (p *Portal) showAnswer(c echo.Context) error {
	page, err := p.answerPage(c, c.QueryParam("parcel"))
	if err != nil {
		return err
	}
	page.Thanks = c.QueryParam("thanks") != ""
	if page.Number == "" {
		c.Response().Header()["Cache-Control"] = headerRevalidate
	}
	return p.render(c, http.StatusOK, pages.Answer(page))
}

// answerPage gathers an answer with what it shows of the parcel it was opened from.
func (p *Portal) answerPage(c echo.Context, parcel string) (pages.AnswerPage, error) {
	v := visitOf(c)
	book := faq.Load(v.language)
	q, ok := book.Find(c.Param("q"))
	if !ok {
		return pages.AnswerPage{}, fault.ErrNotFound
	}
	page := pages.AnswerPage{Question: q, Related: book.RelatedTo(q), Facts: faqFacts(), Number: parcelAsked(parcel)}
	v.path = "/faq/" + q.ID
	if page.Number != "" {
		v.query = url.Values{"parcel": {page.Number}}.Encode()
	}
	if page.Number == "" || !pages.ShowsParcel(q.ID) {
		page.Lost = parcel != "" && page.Number == ""
		return page, nil
	}
	track, err := p.parcelOfAnswer(c, shipment.Waybill(page.Number))
	if errors.Is(err, fault.ErrNotFound) {
		page.Lost, page.Number = true, ""
		return page, nil
	}
	page.Track = track
	return page, err
}

// parcelAsked is the number of a parcel as an address names it; empty for what
// can't be one.
func parcelAsked(typed string) string {
	w, err := shipment.Parse(clean(typed))
	if err != nil {
		return ""
	}
	return string(w)
}

// parcelOfAnswer looks a parcel up as its own page does: unlocked for who holds a
// grant, else as strangers see it, and an unknown number counts as a guess.
func (p *Portal) parcelOfAnswer(c echo.Context, w shipment.Waybill) (*pages.TrackPage, error) {
	v, ctx := visitOf(c), c.Request().Context()
	if token := cookie(c.Request(), cookieGrant); token != "" {
		parcel, private, err := p.Shipments.Private(ctx, w, token)
		if err == nil {
			page := p.trackPage(c, parcel, &private)
			return &page, nil
		} else if !errors.Is(err, fault.ErrNotFound) {
			return nil, err
		}
	}
	if wait := p.guesses.blocked(v.address); wait > 0 {
		return nil, fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	parcel, err := p.Shipments.Lookup(ctx, w)
	unknown := 0
	if errors.Is(err, fault.ErrNotFound) {
		unknown = 1
	} else if err != nil {
		return nil, err
	}
	if wait := p.guesses.settle(v.address, unknown); wait > 0 {
		return nil, fault.TooMany{Limit: "lookup", RetryAfter: wait}
	}
	if err != nil {
		return nil, err
	}
	page := p.trackPage(c, parcel, nil)
	return &page, nil
}

// voteOnAnswer keeps whether an answer helped.
func (p *Portal) voteOnAnswer(c echo.Context) error {
	form := pages.VoteForm{Useful: field(c, "useful"), Comment: field(c, "comment"), Parcel: parcelAsked(field(c, "parcel"))}
	v, id := visitOf(c), c.Param("q")
	if _, ok := faq.Load(v.language).Find(id); !ok {
		return fault.ErrNotFound
	}
	if form.Useful != "yes" && form.Useful != "no" {
		return p.voteAgain(c, form, fault.Invalid{{Field: "useful", Key: "faq.useful.missing"}})
	}
	if wait := p.votes.take(network(v.address)); wait > 0 {
		return fault.TooMany{Limit: "vote", RetryAfter: wait}
	}
	vote := faq.Vote{Question: id, Language: spoken(v.language), Useful: form.Useful == "yes", Comment: form.Comment}
	err := p.FAQ.Add(c.Request().Context(), vote)
	var invalid fault.Invalid
	if errors.As(err, &invalid) {
		return p.voteAgain(c, form, invalid)
	} else if err != nil {
		return err
	}
	kept := url.Values{"thanks": {"1"}}
	if form.Parcel != "" {
		kept.Set("parcel", form.Parcel)
	}
	return seeOther(c, "/faq/"+id+"?"+kept.Encode()+"#useful")
}

// voteAgain shows the answer with what was typed and what to mend.
func (p *Portal) voteAgain(c echo.Context, form pages.VoteForm, problems fault.Invalid) error {
	page, err := p.answerPage(c, form.Parcel)
	if err != nil {
		return err
	}
	page.Vote, page.Problems = form, problems
	return p.render(c, http.StatusUnprocessableEntity, pages.Answer(page))
}

// spoken is the language in which a visitor reads: English for testers' own.
func spoken(lang locale.Language) locale.Language {
	if lang == locale.Pseudo {
		return locale.English
	}
	return lang
}
