//go:build browser

package browsertest_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestRegisterFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email := newcomer()
		b.turn("/register")
		b.fill("email", "reader at example.net")
		b.submit("/register")
		b.refused("email", "reader at example.net")
		b.fill("email", email)
		b.submit("/register")
		b.at("/register/sent")
		b.seesNot(email)

		b.follow(email, "/register/confirm/")
		b.at("/register/confirm/")
		b.sees(email)
		b.fill("name", "박미나")
		b.fill("password", "too short")
		b.submit("")
		b.refused("password", "")
		if name := ask[string](b, "document.querySelector('#name').value"); name != "박미나" {
			t.Errorf("after an error the name is %q", name)
		}
		b.fill("password", secret)
		b.do(chromedp.Click(chromedp.CSS("#terms")))
		b.submit("")
		b.at("/account")
		b.told()
		b.sees(email)

		b.submit("/logout")
		b.at("/login")
		b.told()
		b.visit(site.url+"/"+b.language+"/account/parcels", 200)
		b.at("/login?next=%2Faccount%2Fparcels")
		b.fill("email", email)
		b.fill("password", secret+"!")
		b.submit("/login")
		b.refused("password", "")
		if typed := ask[string](b, "document.querySelector('#email').value"); typed != email {
			t.Errorf("after an error the address is %q", typed)
		}
		b.fill("password", secret)
		b.submit("/login")
		b.at("/account/parcels")
	})
}

func TestMailedSignInFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, _ := member(t)
		b.turn("/login")
		b.press(`main a[href*="/login/link"]`)
		b.fill("email", email)
		b.submit("/login/link")
		b.at("/login/code")
		first := mailedCodeTo(t, email)
		b.follow(email, "/login/link/")
		b.at("/login/link/")
		b.sees(email)
		spent := b.location()
		b.submit("")
		b.at("/account")
		b.submit("/logout")

		b.visit(site.url+spent, 404) // the link has done its work
		b.sound()
		b.press(`main a[href$="/login/link"]`)
		b.fill("email", email)
		b.submit("/login/link")
		b.at("/login/code")
		wrong := strings.Repeat("0", 8)
		b.fill("code", wrong)
		b.submit("/login/code")
		b.refused("code", wrong)
		b.fill("code", newerCode(t, email, first))
		b.submit("/login/code")
		b.at("/account")
	})
}

func TestForgottenPasswordFlow(t *testing.T) {
	everyWay(t, func(t *testing.T, b *tab) {
		email, token := member(t)
		b.turn("/login")
		b.press(`main a[href$="/password/forgot"]`)
		b.fill("email", email)
		b.submit("/password/forgot")
		b.at("/password/sent")
		b.follow(email, "/password/reset/")
		b.at("/password/reset/")
		b.fill("password", "passwordpassword")
		b.submit("")
		b.refused("password", "")
		b.fill("password", renewed)
		b.submit("")
		b.at("/account/security")
		b.told()

		other := openTab(t, look{width: 320, address: b.from})
		other.language = b.language
		other.enter(token) // signed in before: out by now
		other.visit(site.url+"/"+b.language+"/account", 200)
		other.at("/login?next=%2Faccount")
		other.fill("email", email)
		other.fill("password", renewed)
		other.submit("/login")
		other.at("/account")
	})
}
