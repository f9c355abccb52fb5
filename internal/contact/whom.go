package contact

import "slices"

// Party is somebody to ask about a parcel.
type Party string

// The parties. Only the shipper has a contract with the carrier; a seller has one
// with the buyer.
const (
	Seller  Party = "seller"
	Shipper Party = "shipper"
	Carrier Party = "carrier"
)

// Side tells which end of the parcel a person stands at.
type Side string

// The sides.
const (
	Receives Side = "to"
	Sends    Side = "from"
)

// Topic is what a question is about.
type Topic string

// What people ask, first those who wait for a parcel, then those who sent one.
const (
	Where   Topic = "where"   // it stands still, or the day of delivery
	Cancel  Topic = "cancel"  // call off or change an order
	Refund  Topic = "refund"  // money for goods or duty back
	Lost    Topic = "lost"    // it never came
	Damaged Topic = "damaged" // broken, wrong, or something is missing
	Part    Topic = "part"    // only one of several boxes came
	Customs Topic = "customs" // ID, or duty to pay
	Address Topic = "address" // name, address or phone is wrong
	Claim   Topic = "claim"   // money for a lost or damaged parcel
	Price   Topic = "price"   // weight, size or price differ
	Back    Topic = "back"    // it is on its way back
	Papers  Topic = "papers"  // the invoice, or what may be sent
)

// Bought tells where a parcel that somebody waits for comes from.
type Bought string

// Where it comes from.
const (
	FromShop   Bought = "shop"
	FromPerson Bought = "person"
)

// Topics lists what a side asks about, the most usual first.
func Topics(s Side) []Topic {
	switch s {
	case Receives:
		return []Topic{Where, Customs, Cancel, Refund, Lost, Damaged, Part, Address}
	case Sends:
		return []Topic{Where, Claim, Back, Price, Papers, Address}
	}
	return nil
}

// Inquiry is what somebody has answered so far when they look for whom to ask.
type Inquiry struct {
	Side   Side
	Topic  Topic
	Bought Bought
}

// Step is what an inquiry needs next.
type Step string

// The steps, the last of which is the answer.
const (
	AskSide   Step = "side"
	AskTopic  Step = "topic"
	AskBought Step = "bought"
	Answered  Step = "answer"
)

// Next tells which question is still open. Answers that are none, or do not belong
// together, count as not given; where the parcel was bought is asked only when
// that decides.
func (q Inquiry) Next() Step {
	switch {
	case q.Side != Receives && q.Side != Sends:
		return AskSide
	case !slices.Contains(Topics(q.Side), q.Topic):
		return AskTopic
	case q.boughtDecides() && q.Bought != FromShop && q.Bought != FromPerson:
		return AskBought
	}
	return Answered
}

// Party is whom to ask; only for an inquiry that is Answered. What the carrier can
// do by itself, it is asked for. All that follows from an order is between those
// who made it: the seller, or whoever sent the parcel.
func (q Inquiry) Party() Party {
	switch {
	case !q.boughtDecides():
		return Carrier
	case q.Bought == FromShop:
		return Seller
	}
	return Shipper
}

func (q Inquiry) boughtDecides() bool {
	return q.Side == Receives && slices.Contains([]Topic{Cancel, Refund, Lost, Damaged, Part}, q.Topic)
}
