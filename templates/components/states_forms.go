package components

import "ecms/portal/internal/locale"

// formStates lists the controls that came with accounts: passwords, fixed
// values, choices and boxes to tick.
func formStates(l *locale.Locale) []State {
	secret := Field{
		Name: "password", Label: l.T("door.password"), Hint: l.T("door.new_password.hint"),
		Type: "password", Value: "never shown", Autocomplete: "new-password",
	}
	given := Field{
		Name: "email", Label: l.T("door.email"), Type: "email", Value: "mina.park@example.com",
		Autocomplete: "username", ReadOnly: true,
	}
	pick := Choice{
		Name: "language", Label: l.T("door.language"), Chosen: "ko",
		Options: []Option{{"en", "English", "en"}, {"ko", "한국어", "ko"}},
	}
	unpicked := pick
	unpicked.Chosen, unpicked.Hint, unpicked.Error = "xx", l.T("door.name.hint"), l.T("language.wrong")
	return []State{
		{"input", "password", Question(secret)},
		{"input", "not to be changed", Question(given)},
		{"choice", "chosen", Select(pick)},
		{"choice", "in error", Select(unpicked)},
		{"tick", "empty", Box(Tick{Name: "terms", Label: l.T("confirm.terms")})},
		{"tick", "in error", Box(Tick{Name: "terms", Label: l.T("confirm.terms"), Error: l.T("register.terms.needed"), Ticked: true})},
	}
}
