package pages

import (
	"regexp"
	"strings"
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// Outbox is the mails that have landed in the embedded default.
type Outbox struct {
	Mails []OutboxRow
	// Zone is the clock of their times; nil takes UTC.
	Zone *time.Location
}

// OutboxRow is one mail in the list.
type OutboxRow struct {
	Ref, To, Subject string
	At               time.Time
}

// OutboxMail is one mail, whole.
type OutboxMail struct {
	OutboxRow
	Text string
	// Base is the portal's own address, so that links lead to the portal that is
	// being looked at, whatever it is called.
	Base string
	Zone *time.Location
}

func writtenAt(l *locale.Locale, at time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	at = at.In(zone)
	_, offset := at.Zone()
	return l.DateTime(at) + " " + l.Offset(offset/60)
}

func (m OutboxMail) facts(l *locale.Locale) []components.Fact {
	return []components.Fact{
		{Name: l.T("outbox.to"), Value: m.To, Code: true},
		{Name: l.T("outbox.at"), Value: writtenAt(l, m.At, m.Zone)},
	}
}

var webAddress = regexp.MustCompile(`https?://\S+`)

// links are the addresses in the mail, those of the portal as paths.
func (m OutboxMail) links() []string {
	all := webAddress.FindAllString(m.Text, -1)
	for i, link := range all {
		if path, own := strings.CutPrefix(link, m.Base); own && strings.HasPrefix(path, "/") {
			all[i] = path
		}
	}
	return all
}

// paragraphs are the mail's text, each of its lines apart.
func (m OutboxMail) paragraphs() [][]string {
	var all [][]string
	for part := range strings.SplitSeq(strings.TrimSpace(m.Text), "\n\n") {
		all = append(all, strings.Split(part, "\n"))
	}
	return all
}
