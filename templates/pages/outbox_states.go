package pages

import (
	"time"

	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// outboxStates are the outbox's states for goldens and gallery; its mail leads to
// pages in the reader's language.
func outboxStates(l *locale.Locale) []components.State {
	row := OutboxRow{
		Ref: "mfzwizltoq2amfzwizltoq2a", To: "lin@example.com", Subject: "Your link to sign in",
		At: time.Date(2026, time.March, 10, 12, 0, 0, 0, time.UTC),
	}
	second := row
	second.Ref, second.To, second.Subject, second.At = "nrxw4zlsnrxw4zlsnrxw4zls", "somebody.with.a.very.long.name@mail.department.example.com", "请验证您的邮箱", row.At.Add(-time.Hour)
	text := "Somebody asked for a link to sign in to your account. If it was you, go on here.\n\n" +
		"Sign in\nhttps://localhost:8080/" + string(l.Language()) + "/login/link/mfzwizltoq2amfzwizltoq2amfzwizltoq2amfzwizltoq2amfzwizlt\n\n" +
		"The link works for 10 minutes, and only once.\n"
	return []components.State{
		state("outbox", OutboxList(Outbox{Mails: []OutboxRow{row, second}})),
		state("outbox empty", OutboxList(Outbox{})),
		state("outbox mail", OutboxShow(OutboxMail{OutboxRow: row, Text: text, Base: "https://localhost:8080"})),
	}
}
