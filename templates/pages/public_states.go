package pages

import (
	"strings"
	"time"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/legal"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// publicStates are the pages on contact, law and help in all their states.
func publicStates(l *locale.Locale) []components.State {
	morning := time.Date(2026, 3, 10, 3, 0, 0, 0, time.UTC) // Tuesday, 11:00 in Shanghai
	whole := contact.Default()
	whole.Channels = append(whole.Channels,
		contact.Channel{Kind: contact.Local, Value: "+82 2-123-4567", Href: "tel:+8221234567", Country: "KR"},
		contact.Channel{Kind: contact.Local, Value: "la@example.com", Href: "mailto:la@example.com", Country: "US", Example: true})
	losAngeles, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		losAngeles = time.UTC
	}
	list := []components.State{
		state("contact open", Contact(ContactPage{Card: whole, Now: morning})),
		state("contact closed, second clock", Contact(ContactPage{Card: whole, Now: morning.Add(12 * time.Hour), Zone: losAngeles})),
		state("contact nothing set", Contact(ContactPage{Now: morning})),
		state("packing", Packing(PackingPage{Limits: shipment.ParcelLimits(), Batteries: shipment.Batteries()})),
	}
	for _, q := range []contact.Inquiry{
		{}, {Side: contact.Receives}, {Side: contact.Receives, Topic: contact.Lost},
		{Side: contact.Receives, Topic: contact.Lost, Bought: contact.FromShop}, {Side: contact.Receives, Topic: contact.Part, Bought: contact.FromPerson},
		{Side: contact.Sends, Topic: contact.Claim},
	} {
		list = append(list, state(strings.Join(strings.Fields("who "+string(q.Side)+" "+string(q.Topic)+" "+string(q.Bought)+" "+string(q.Next())), " "), Who(q)))
	}
	for _, n := range legal.Names() {
		for i, v := range legal.Versions(n) {
			name := "legal " + string(n)
			if i > 0 {
				name += " before " + legal.Versions(n)[i-1]
			}
			list = append(list, state(name, Legal(sampleLegal(l, n, v))))
		}
	}
	return append(list, state("accessibility", Accessibility(sampleLegal(l, legal.Accessibility, "").Document)))
}

// sampleLegal is a version with a figure that stands for all of them.
func sampleLegal(l *locale.Locale, n legal.Name, version string) LegalPage {
	d, err := legal.Find(n, version, l.Language())
	page := LegalPage{Document: d, Versions: legal.Versions(n), Before: legal.Before(n, version)}
	if before, missing := legal.Find(n, page.Before, l.Language()); err == nil && missing == nil && page.Before != "" {
		page.Lines = legal.Difference(anyFigure(before.Blocks), anyFigure(d.Blocks))
	}
	page.Document.Blocks = anyFigure(d.Blocks)
	return page
}

func anyFigure(blocks []prose.Block) []prose.Block {
	return prose.Fill(blocks, func(string) (string, bool) { return "12", true })
}
