package web

// identityRoutes are the pages on which a consignee gives what customs asks.
func (p *Portal) identityRoutes() []Route {
	return []Route{
		{get, "/p/{key}", Public, Page, p.showLink},
		{post, "/p/{key}", Public, Unlock, p.openLink},
		{get, "/parcels/{n}/needs", Grant, Page, p.forConsignee(p.showNeeds)},
		{get, "/parcels/{n}/id", Grant, Page, p.forConsignee(p.showIdentity)},
		{get, "/parcels/{n}/id/person", Grant, Page, p.forConsignee(p.showPerson)},
		{post, "/parcels/{n}/id/person", Grant, Form, p.forConsignee(p.savePerson)},
		{get, "/parcels/{n}/id/document", Grant, Page, p.forConsignee(p.showDocument)},
		{post, "/parcels/{n}/id/document", Grant, Upload, p.forConsignee(p.saveDocument)},
		{get, "/parcels/{n}/id/picture/{slot}", Grant, Page, p.forConsignee(p.showPicture)},
		{get, "/parcels/{n}/id/check", Grant, Page, p.forConsignee(p.showCheck)},
		{post, "/parcels/{n}/id/submit", Grant, Form, p.forConsignee(p.submit)},
		{post, "/parcels/{n}/id/withdraw", Grant, Form, p.forConsignee(p.withdraw)},
		{get, "/parcels/{n}/id/receipt", Grant, Page, p.forConsignee(p.showReceipt)},
		{get, "/parcels/{n}/id/receipt.pdf", Grant, Page, p.forConsignee(p.saveReceipt)},
	}
}
