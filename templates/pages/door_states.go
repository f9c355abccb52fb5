package pages

import (
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/templates/components"
)

// doorStates lists the pages for signing in, registering and looking after an
// account, with a sample customer who never changes.
func doorStates() []components.State {
	const email = "mina.park@example.com"
	asked := AskPage{Email: "mina.park", Next: "/account/parcels", Problems: wrong("email", "email.wrong")}
	both := fault.Invalid{{Field: "password", Key: "password.short", Args: []string{"n", "15"}}, {Field: "terms", Key: "register.terms.needed"}}
	return []components.State{
		state("login", Login(LoginPage{})),
		state("login error", Login(LoginPage{Email: email, Next: "/account/parcels", Problems: wrong("password", "login.wrong")})),
		state("login locked", Login(LoginPage{Email: email, Wait: 47 * time.Minute})),
		state("login busy", LoginBusy(LoginPage{Email: email})),
		state("login busy, to go on", LoginBusy(LoginPage{Email: email, Next: "/account/parcels"})),
		state("login link", LoginLink(AskPage{})),
		state("login link error", LoginLink(asked)),
		state("login link too many", LoginLink(AskPage{Email: email, Wait: 12 * time.Minute})),
		state("login code", LoginCode(CodePage{})),
		state("login code error", LoginCode(CodePage{Code: "1234 567", Problems: wrong("code", "login.code.wrong")})),
		state("login enter", LoginEnter(LinkPage{Email: email})),
		state("login spent", Spent(account.SignIn)),
		state("register", Register(AskPage{})),
		state("register error", Register(asked)),
		state("register sent", Sent(account.Register)),
		state("register confirm", RegisterConfirm(ConfirmPage{Email: email, Terms: "2026-11-22"})),
		state("register confirm error", RegisterConfirm(ConfirmPage{Email: email, Name: "박미나", Terms: "2026-11-22", Problems: both})),
		state("register spent", Spent(account.Register)),
		state("password forgot", PasswordForgot(AskPage{})),
		state("password sent", Sent(account.Reset)),
		state("password reset", PasswordReset(ResetPage{Email: email})),
		state("password reset error", PasswordReset(ResetPage{Email: email, Problems: wrong("password", "password.common")})),
		state("password spent", Spent(account.Reset)),
	}
}

// securityStates lists the pages about an account's own security.
func securityStates() []components.State {
	page := sampleSecurity()
	wrongOld := page
	wrongOld.Problems = wrong("old_password", "password.wrong")
	linkOnly := page
	linkOnly.Owner.Account.HasPassword = false
	linkOnly.Sessions, linkOnly.Events = page.Sessions[:1], nil
	stale := linkOnly
	stale.Now = page.Now.Add(time.Hour)
	change := ChangePage{Owner: page.Owner, Now: page.Now}
	old := ChangePage{Owner: page.Owner, Now: stale.Now, Email: "mina", Problems: wrong("email", "email.wrong")}
	return []components.State{
		state("security", Security(page)),
		state("security error", Security(wrongOld)),
		state("security without a password", Security(linkOnly)),
		state("security to prove", Security(stale)),
		state("security email", EmailChange(change)),
		state("security email error", EmailChange(old)),
		state("security email to prove", EmailChange(ChangePage{Owner: stale.Owner, Now: stale.Now})),
		state("security email confirm", EmailConfirm(LinkPage{Email: "mina@example.org"})),
		state("security email spent", Spent(account.ChangeEmail)),
	}
}

func sampleSecurity() SecurityPage {
	at := time.Date(2026, 3, 10, 3, 0, 0, 0, time.UTC)
	owner := account.Session{
		ID: 7, Agent: "Chrome · Windows", Network: "198.51.100.0/24", CreatedAt: at, SeenAt: at, ProvedAt: at,
		Account: account.Account{ID: 1, Email: "mina.park@example.com", Name: "박미나", Language: locale.Korean, HasPassword: true},
	}
	phone := owner
	phone.ID, phone.Agent, phone.Network, phone.CreatedAt = 6, "Safari · iPhone", "203.0.113.0/24", at.Add(-50*time.Hour)
	other := owner
	other.ID, other.Agent, other.Network, other.CreatedAt, other.SeenAt = 5, "", "2001:db8:1::/48", at.Add(-99*time.Hour), at.Add(-9*time.Hour)
	page := SecurityPage{
		Owner: owner, Sessions: []account.Session{owner, phone, other}, Zone: time.FixedZone("KST", 9*3600), Now: at.Add(5 * time.Minute),
		Profile: ProfileForm{Name: owner.Account.Name, Language: string(owner.Account.Language)},
	}
	for i, kind := range account.EventKinds() {
		page.Events = append(page.Events, account.Event{
			At: at.Add(-time.Duration(i) * 7 * time.Hour), Kind: kind, Agent: owner.Agent, Network: owner.Network, ByStaff: kind == account.EventRoleChanged,
		})
	}
	return page
}
