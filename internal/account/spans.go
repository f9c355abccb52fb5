package account

import "time"

// Spans are how long what belongs to accounts is kept, for the texts that say so.
type Spans struct {
	// SessionIdle ends a customer's session that is not used, SessionLife ends any.
	SessionIdle, SessionLife time.Duration
	// Letters is how long mails and their links are kept, Events the list of sign-ins.
	Letters, Events time.Duration
	// Tries is how long a wrong password counts.
	Tries time.Duration
	// Recalled is for how long an address counts as proved by a code.
	Recalled time.Duration
}

// Kept gives the spans in force.
func Kept() Spans {
	return Spans{SessionIdle: customerIdle, SessionLife: customerLife, Letters: letterKept, Events: eventKept, Tries: window, Recalled: recalledLife}
}
