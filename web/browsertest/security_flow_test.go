//go:build browser

package browsertest_test

import (
	"testing"
)

func TestPasswordChangeFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		_, token := member(t)
		b.enter(token)
		b.turn("/account/security")
		b.fill("old_password", renewed)
		b.fill("password", renewed)
		b.submit("/account/security/password")
		b.refused("old_password", "")
		b.fill("old_password", secret)
		b.fill("password", renewed)
		b.submit("/account/security/password")
		b.at("/account/security")
		b.told()
		b.turn("/account/security") // the session is a new one, and goes on
		b.at("/account/security")
	})
}

func TestEmailChangeFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		old, token := member(t)
		fresh := newcomer()
		b.enter(token)
		b.turn("/account/security")
		b.press(`main a[href$="/account/security/email"]`)
		b.fill("email", "nowhere")
		b.submit("/account/security/email")
		b.refused("email", "nowhere")
		b.fill("email", fresh)
		b.submit("/account/security/email")
		b.told()
		b.follow(fresh, "/account/email/")
		b.at("/account/email/")
		b.sees(fresh)
		b.submit("")
		b.told()
		b.turn("/account/security")
		b.sees(fresh)
		b.seesNot(old)
	})
}

func TestSessionsFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, token := member(t)
		b.enter(token)
		signIn := func() *tab {
			other := openTab(t, look{width: 320, address: address(), noScript: b.mute})
			other.language, other.mute = b.language, b.mute
			other.turn("/login")
			other.fill("email", email)
			other.fill("password", secret)
			other.submit("/login")
			other.at("/account")
			return other
		}
		shut := func(other *tab) {
			t.Helper()
			other.visit(site.url+"/"+b.language+"/account", 200)
			other.at("/login?next=%2Faccount")
		}
		second := signIn()
		b.turn("/account/security")
		b.press(".sessions form button")
		b.sound()
		b.at("/account/security")
		b.told()
		shut(second)

		third, fourth := signIn(), signIn()
		b.turn("/account/security")
		b.submit("/account/security/sessions/end")
		b.told()
		shut(third)
		shut(fourth)
		if n := ask[int](b, `document.querySelectorAll(".sessions li").length`); n != 1 {
			t.Errorf("%d browsers are signed in, want this one alone", n)
		}
		b.submit("/logout")
		b.at("/login")
		shut(b)
	})
}
