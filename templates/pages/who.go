package pages

import (
	"net/url"

	"ecms/portal/internal/contact"
	"ecms/portal/internal/locale"
)

// whoLink is one answer that can be given: its words and where it leads.
type whoLink struct{ Words, Path string }

// whoPath is the address of an inquiry as far as it has come.
func whoPath(q contact.Inquiry) string {
	values := url.Values{}
	for name, value := range map[string]string{"side": string(q.Side), "topic": string(q.Topic), "bought": string(q.Bought)} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return "/help/who"
	}
	return "/help/who?" + values.Encode()
}

// whoWays are the answers to the question that an inquiry has come to.
func whoWays(l *locale.Locale, q contact.Inquiry) (ways []whoLink) {
	add := func(words string, next contact.Inquiry) { ways = append(ways, whoLink{l.T(words), whoPath(next)}) }
	switch q.Next() {
	case contact.AskSide:
		for _, side := range []contact.Side{contact.Receives, contact.Sends} {
			add("who.side."+string(side), contact.Inquiry{Side: side})
		}
	case contact.AskTopic:
		for _, topic := range contact.Topics(q.Side) {
			add("who.topic."+string(topic), contact.Inquiry{Side: q.Side, Topic: topic})
		}
	case contact.AskBought:
		for _, bought := range []contact.Bought{contact.FromShop, contact.FromPerson} {
			add("who.bought."+string(bought), contact.Inquiry{Side: q.Side, Topic: q.Topic, Bought: bought})
		}
	case contact.Answered: // nothing is left to ask
	}
	return ways
}

// whoGiven are the answers given so far, each with the way back to its question.
func whoGiven(l *locale.Locale, q contact.Inquiry) (given []whoLink) {
	next := q.Next()
	if next == contact.AskSide {
		return nil
	}
	given = append(given, whoLink{l.T("who.side." + string(q.Side)), whoPath(contact.Inquiry{})})
	if next == contact.AskTopic {
		return given
	}
	given = append(given, whoLink{l.T("who.topic." + string(q.Topic)), whoPath(contact.Inquiry{Side: q.Side})})
	if next == contact.Answered && q.Party() != contact.Carrier {
		given = append(given, whoLink{l.T("who.bought." + string(q.Bought)), whoPath(contact.Inquiry{Side: q.Side, Topic: q.Topic})})
	}
	return given
}

// whoAnswers is the question of the carrier's FAQ that tells more about a topic.
func whoAnswers(t contact.Topic) string {
	return "/faq/" + map[contact.Topic]string{
		contact.Where: "4.1", contact.Cancel: "4.5", contact.Refund: "4.7", contact.Lost: "4.8", contact.Damaged: "4.8", contact.Part: "4.9",
		contact.Customs: "2.6", contact.Address: "1.3", contact.Claim: "4.13", contact.Price: "3.2", contact.Back: "4.6", contact.Papers: "2.1",
	}[t]
}
