package pages

import (
	"time"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// unlockView is what the form for a second fact shows.
type unlockView struct {
	Number, Title, Why string
	// Then is what the form's address ends in, to lead on to another page.
	Then      string
	Form      UnlockForm
	Problems  fault.Invalid
	LockedFor time.Duration
}

// blankFacts are the three ways as most visitors see them: with nothing typed.
var blankFacts = components.Fixed(facts(unlockView{}))

func (v unlockView) fields(l *locale.Locale) []components.Field {
	list := []components.Field{
		{Name: "phone_last4", Value: v.Form.PhoneLast4, InputMode: "numeric", Autocomplete: "off", Max: 12, Short: true},
		{Name: "postcode", Value: v.Form.Postcode, Autocomplete: "postal-code", Max: 20, Short: true},
		{Name: "order_no", Value: v.Form.OrderNo, Autocomplete: "off", Max: 100},
	}
	for i := range list {
		f := &list[i]
		f.Label, f.Hint = l.T("unlock."+f.Name), l.T("unlock."+f.Name+".hint")
		f.Error = problemText(l, v.Problems, f.Name)
	}
	return list
}
