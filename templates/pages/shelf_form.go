package pages

import (
	"net/url"
	"strconv"
	"strings"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/internal/shipment/shelf"
	"ecms/portal/templates/components"
)

func (p *ShelfPage) search(l *locale.Locale) components.Field {
	return components.Field{Name: "q", Label: l.T("shelf.search"), Hint: l.T("shelf.search.hint"), Value: p.Form.Text, Type: "search", Autocomplete: "off", Max: 100}
}

// choices are the lists to choose from: side, state, country and order.
func (p *ShelfPage) choices(l *locale.Locale) []components.Choice {
	choice := func(name, chosen, prefix string, values ...string) components.Choice {
		c := components.Choice{Name: name, Label: l.T("shelf." + name), Chosen: chosen}
		for _, v := range values {
			c.Options = append(c.Options, components.Option{Value: v, Words: l.T(prefix + v)})
		}
		return c
	}
	anything := func(c components.Choice) components.Choice {
		c.Options = append([]components.Option{{Words: l.T("shelf." + c.Name + ".any")}}, c.Options...)
		return c
	}
	countries := components.Choice{Name: "country", Label: l.T("shelf.country"), Chosen: p.Form.Country}
	for _, c := range shelfCountries(p.Form.Country) {
		countries.Options = append(countries.Options, components.Option{Value: c, Words: l.Country(c)})
	}
	return []components.Choice{
		anything(choice("side", p.Form.Side, "shelf.side.", string(shelf.ToMe), string(shelf.FromMe))),
		anything(choice("state", p.Form.State, "shelf.state.",
			string(shelf.Needed), string(shelf.Moving), string(shelf.Delivered), string(shelf.Stopped))),
		anything(countries),
		choice("sort", p.Form.Sort, "shelf.sort.", string(shelf.ByNews), string(shelf.ByNeed), string(shelf.ByExpected), string(shelf.ByAdded)),
	}
}

// shelfCountries are the ends of the carrier's lanes, and the one that was asked for.
func shelfCountries(asked string) []string {
	list := []string{"US"}
	for _, d := range shipment.Destinations() {
		list = append(list, d.Country)
	}
	for _, c := range list {
		if c == asked {
			return list
		}
	}
	if asked != "" {
		list = append(list, asked)
	}
	return list
}

func (p *ShelfPage) days(l *locale.Locale) []components.Field {
	list := []components.Field{{Name: "from", Value: p.Form.From}, {Name: "to", Value: p.Form.To}}
	for i := range list {
		f := &list[i]
		f.Type, f.Label, f.Short, f.Error = "date", l.T("shelf."+f.Name), true, problemText(l, p.Problems, f.Name)
		if _, day := shipment.Date(f.Value).Time(); !day {
			f.Value = "" // such a field can't show what is no day
		}
	}
	return list
}

// view is the address of this list among those put away, or among the others.
func (p *ShelfPage) view(archived bool) string {
	if archived {
		return "/account/parcels?archived=yes"
	}
	return "/account/parcels"
}

// with is a query joined to a path.
func with(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// next is the address of the page after this one.
func (p *ShelfPage) next() string {
	return with("/account/parcels", strings.TrimPrefix(p.Query+"&after="+url.QueryEscape(p.Next), "&"))
}

// ShelfAddPage asks for a parcel's number and a proof.
type ShelfAddPage struct {
	Form     ShelfAddForm
	Problems fault.Invalid
	// Wait is set while no more tries are allowed: words for how long.
	Wait string
}

// ShelfAddForm is what POST /account/parcels/add takes: the number and one of three proofs.
type ShelfAddForm struct {
	Number string `form:"number"`
	UnlockForm
}

func (p *ShelfAddPage) number(l *locale.Locale) components.Field {
	return components.Field{
		Name: "number", Label: l.T("home.numbers"), Hint: l.T("shelf.add.number.hint"), Value: p.Form.Number,
		Error: problemText(l, p.Problems, "number"), Autocomplete: "off", Max: 200,
	}
}

// ShelfParcelPage is one parcel of an account with all there is to know about it.
type ShelfParcelPage struct {
	TrackPage
	Kept shelf.Parcel
	// Nickname is what was typed into its field.
	Nickname string
}

func (p *ShelfParcelPage) nickname(l *locale.Locale) components.Field {
	return components.Field{
		Name: "nickname", Label: l.T("shelf.nickname"), Hint: l.T("shelf.nickname.hint", "max", strconv.Itoa(shelf.LongestNickname)), Value: p.Nickname,
		Error: problemText(l, p.Problems, "nickname"), Autocomplete: "off",
	}
}
