package web

import (
	"github.com/labstack/echo/v4"

	"ecms/portal/internal/account"
	"ecms/portal/internal/customs"
)

// holderOf is whose saved people a visitor may use: those of the account, else those
// behind the address that a code has proved in this browser. Zero: nobody's.
func (p *Portal) holderOf(c echo.Context, signedIn account.ID) customs.Holder {
	if signedIn != 0 {
		return customs.Holder{Account: signedIn}
	}
	proved, ok := p.Accounts.ReadRecalled(cookie(c.Request(), cookieProof))
	switch {
	case !ok:
		return customs.Holder{}
	case proved.Account != 0: // who reads the address's mail could sign in by it as well
		return customs.Holder{Account: proved.Account}
	}
	return customs.Holder{EmailKey: proved.EmailKey}
}
