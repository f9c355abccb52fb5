package contact_test

import (
	"testing"

	"ecms/portal/internal/contact"
)

func TestWhomToAsk(t *testing.T) {
	t.Parallel()
	const to, from, shop, person = contact.Receives, contact.Sends, contact.FromShop, contact.FromPerson
	for _, c := range []struct {
		inquiry contact.Inquiry
		next    contact.Step
		party   contact.Party
	}{
		{contact.Inquiry{}, contact.AskSide, ""},
		{contact.Inquiry{Side: "both"}, contact.AskSide, ""},
		{contact.Inquiry{Topic: contact.Lost, Bought: shop}, contact.AskSide, ""},
		{contact.Inquiry{Side: to}, contact.AskTopic, ""},
		{contact.Inquiry{Side: to, Topic: "weather"}, contact.AskTopic, ""},
		{contact.Inquiry{Side: to, Topic: contact.Price}, contact.AskTopic, ""}, // only who sends asks that
		{contact.Inquiry{Side: from, Topic: contact.Refund}, contact.AskTopic, ""},
		{contact.Inquiry{Side: to, Topic: contact.Lost}, contact.AskBought, ""},
		{contact.Inquiry{Side: to, Topic: contact.Lost, Bought: "found"}, contact.AskBought, ""},
		// The carrier's FAQ, 4.5, 4.7, 4.8 and 4.9: all of these go to the seller.
		{contact.Inquiry{Side: to, Topic: contact.Cancel, Bought: shop}, contact.Answered, contact.Seller},
		{contact.Inquiry{Side: to, Topic: contact.Refund, Bought: shop}, contact.Answered, contact.Seller},
		{contact.Inquiry{Side: to, Topic: contact.Lost, Bought: shop}, contact.Answered, contact.Seller},
		{contact.Inquiry{Side: to, Topic: contact.Damaged, Bought: shop}, contact.Answered, contact.Seller},
		{contact.Inquiry{Side: to, Topic: contact.Part, Bought: shop}, contact.Answered, contact.Seller},
		{contact.Inquiry{Side: to, Topic: contact.Lost, Bought: person}, contact.Answered, contact.Shipper},
		{contact.Inquiry{Side: to, Topic: contact.Cancel, Bought: person}, contact.Answered, contact.Shipper},
		{contact.Inquiry{Side: to, Topic: contact.Where}, contact.Answered, contact.Carrier},
		{contact.Inquiry{Side: to, Topic: contact.Customs, Bought: shop}, contact.Answered, contact.Carrier},
		{contact.Inquiry{Side: to, Topic: contact.Address}, contact.Answered, contact.Carrier},
		{contact.Inquiry{Side: from, Topic: contact.Claim}, contact.Answered, contact.Carrier}, // 4.13: the claimant is the shipper
		{contact.Inquiry{Side: from, Topic: contact.Address}, contact.Answered, contact.Carrier},
	} {
		if got := c.inquiry.Next(); got != c.next {
			t.Errorf("%+v: next %s, want %s", c.inquiry, got, c.next)
		}
		if c.next != contact.Answered {
			continue
		}
		if got := c.inquiry.Party(); got != c.party {
			t.Errorf("%+v: ask the %s, want the %s", c.inquiry, got, c.party)
		}
	}
}

// TestEveryWayEnds follows each answer that can be given: at most three questions.
func TestEveryWayEnds(t *testing.T) {
	t.Parallel()
	ends := map[contact.Party]int{}
	var walk func(q contact.Inquiry, asked int)
	walk = func(q contact.Inquiry, asked int) {
		if asked > 3 {
			t.Fatalf("%+v: a fourth question", q)
		}
		switch q.Next() {
		case contact.AskSide:
			for _, s := range []contact.Side{contact.Receives, contact.Sends} {
				walk(contact.Inquiry{Side: s}, asked+1)
			}
		case contact.AskTopic:
			for _, topic := range contact.Topics(q.Side) {
				walk(contact.Inquiry{Side: q.Side, Topic: topic}, asked+1)
			}
		case contact.AskBought:
			for _, b := range []contact.Bought{contact.FromShop, contact.FromPerson} {
				walk(contact.Inquiry{Side: q.Side, Topic: q.Topic, Bought: b}, asked+1)
			}
		case contact.Answered:
			ends[q.Party()]++
		}
	}
	walk(contact.Inquiry{}, 0)
	if ends[contact.Seller] != 5 || ends[contact.Shipper] != 5 || ends[contact.Carrier] != 9 {
		t.Errorf("the ways end at %v, want 5 at the seller, 5 at the shipper, 9 at the carrier", ends)
	}
	if contact.Topics("nobody") != nil {
		t.Error("who is on neither side asks about something")
	}
}
