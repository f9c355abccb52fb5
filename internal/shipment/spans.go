package shipment

import "time"

// Spans are how long what strangers leave behind is kept, for the texts that say so.
type Spans struct {
	// GrantIdle ends an unlocked view that is not used, GrantLife ends any.
	GrantIdle, GrantLife time.Duration
	// Tries is how long a wrong second fact counts.
	Tries time.Duration
	// Reports is how long reports on faulty files are kept.
	Reports time.Duration
}

// Kept gives the spans in force.
func Kept() Spans {
	return Spans{GrantIdle: grantIdle, GrantLife: grantLife, Tries: triesWindow, Reports: reportsKept}
}
