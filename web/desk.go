package web

import "ecms/portal/web/staff"

// desk is the back office, with what this site lends it.
func (p *Portal) desk() staff.Desk {
	return staff.Desk{
		Shipments: p.Shipments, DB: p.Web, Now: p.Now,
		Render: p.render, Lead: seeOther, Clean: clean, Who: p.sessionOf,
	}
}
