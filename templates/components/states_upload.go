package components

import (
	"ecms/portal/internal/locale"
)

// uploadStates lists the controls that came with identities: pictures and days.
func uploadStates(l *locale.Locale) []State {
	ask := Upload{Name: "front", Label: l.T("id.picture.cn_id.front"), Hint: l.T("id.picture.hint"), Replace: l.T("id.picture.replace")}
	failed, kept := ask, ask
	failed.Error = l.T("id.front.empty")
	kept.Hint, kept.Kept = "", Picture{
		URL: "/favicon.ico", Words: l.T("id.picture.cn_id.front"), Note: l.T("id.picture.kept"), Width: 180, Height: 180,
	}
	again := kept
	again.Error = l.T("id.front.small")
	day := Group{Name: "expiry", Legend: l.T("id.expiry"), Hint: l.T("id.expiry.hint"), Parts: []Field{
		{Name: "expiry_year", Label: l.T("id.expiry.year"), InputMode: "numeric", Max: 4, Value: "2031"},
		{Name: "expiry_month", Label: l.T("id.expiry.month"), InputMode: "numeric", Max: 2},
		{Name: "expiry_day", Label: l.T("id.expiry.day"), InputMode: "numeric", Max: 2},
	}}
	wrong := day
	wrong.Error = l.T("id.expiry.empty")
	return []State{
		{"upload", "empty", PictureField(ask)},
		{"upload", "in error", PictureField(failed)},
		{"upload", "kept", PictureField(kept)},
		{"upload", "kept, in error", PictureField(again)},
		{"group", "a day", Grouped(day)},
		{"group", "in error", Grouped(wrong)},
	}
}
