package layouts_test

import (
	"testing"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/layouts"
)

func TestHelpShowsWhatIsSet(t *testing.T) {
	t.Parallel()
	card := contact.Card{Channels: []contact.Channel{
		{Kind: contact.WeChat, Value: "A&B"},
		{Kind: contact.Email, Value: "care@carrier.test", Href: "mailto:care@carrier.test"},
		{Kind: contact.Local, Value: "+82 2-123-4567", Href: "tel:+8221234567", Country: "KR"},
	}}
	for _, lang := range locale.Languages() {
		s := shell(lang)
		s.Help = layouts.Help(card)
		doc := read(t, page(t, s, layouts.Head{}))
		if n := doc.Find(".help dt").Length(); n != 2 {
			t.Errorf("%s: %d channels at the foot, want the two that reach somebody from anywhere", lang, n)
		}
		if got := words(doc.Find(".help dd").Eq(0)); got != "A&B" {
			t.Errorf("%s: first is %q", lang, got)
		}
		if got := doc.Find(".help dd a").AttrOr("href", ""); got != "mailto:care@carrier.test" {
			t.Errorf("%s: e-mail leads to %q", lang, got)
		}
		s.Help = layouts.Help(contact.Card{})
		if bare := read(t, page(t, s, layouts.Head{})); bare.Find(".help dl").Length() != 0 || words(bare.Find(".help h2")) == "" {
			t.Errorf("%s: without channels there is an empty list, or no help at all", lang)
		}
	}
}
