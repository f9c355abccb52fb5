// Package contact holds the ways to reach the carrier's people and the hours in
// which they answer: data that each carrier's house sets, never words of a page.
package contact

import (
	"net/url"
	"strings"
)

// Kind is a way to reach somebody. Each also names its words in the catalogues.
type Kind string

// The ways, in the order in which every page shows them.
const (
	Hotline Kind = "hotline"
	QQ      Kind = "qq"
	WeChat  Kind = "wechat"
	Email   Kind = "email"
	Local   Kind = "local" // the carrier's own people in one country
)

// Channel is one way that is set.
type Channel struct {
	Kind Kind
	// Value is what people read, dial or type.
	Value string
	// Href opens it on a device that can: "tel:" or "mailto:"; else empty.
	Href string
	// Country is where local staff are, ISO 3166-1 alpha-2; else empty.
	Country string
	// Example marks an address that reaches nobody: it only shows how the page looks.
	Example bool
}

// Card is all that is set, the channels in their fixed order.
type Card struct {
	Channels []Channel
	Hours    Hours
}

// Default is the card of a portal that is only tried out: the channels that the
// carrier has published, and an e-mail address and hours that are marked as examples.
func Default() Card {
	return Card{
		Channels: []Channel{
			{Kind: Hotline, Value: "400-086-1756", Href: "tel:+864000861756"},
			{Kind: QQ, Value: "4000861756"},
			{Kind: WeChat, Value: "YIKEMAN"},
			{Kind: Email, Value: "help@example.com", Href: "mailto:help@example.com", Example: true},
		},
		Hours: Hours{
			Zone:    "Asia/Shanghai",
			Shifts:  []Shift{{Days: workdays(), From: 9 * 60, To: 18 * 60}},
			Example: true,
		},
	}
}

// Short is the card for the foot of every page: the channels that reach somebody
// from anywhere, without hours.
func (c Card) Short() []Channel {
	var short []Channel
	for _, ch := range c.Channels {
		if ch.Kind != Local && !ch.Example {
			short = append(short, ch)
		}
	}
	return short
}

// telephone is the link that dials a number as it is printed: its digits, and the
// plus of one that is written for calls from abroad.
func telephone(number string) string {
	var b strings.Builder
	b.WriteString("tel:")
	for i, r := range number {
		if '0' <= r && r <= '9' || r == '+' && i == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func mailTo(address string) string { return (&url.URL{Scheme: "mailto", Opaque: address}).String() }
