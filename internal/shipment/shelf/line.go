package shelf

import (
	"fmt"
	"strconv"
	"strings"

	"ecms/portal/internal/shipment"
)

// dashboardFew gives parcels as one text: each between record separators, with
// waybill and nickname between tabs on its first line, then its public view as
// the table of views keeps it. To read twenty rows of a dozen columns takes as
// long as all the rest of the page, so this is how the dashboard alone reads them.
// It reads the owner's rows and no others.
const dashboardFew = `
select coalesce(string_agg(line, e'\x1e'), '') from (
    select k.waybill || e'\t' || k.side || e'\t' || k.nickname || e'\n' || k.view_version || e'\n' || k.view as line
    from account_parcels k
    where ` + ofOwner + ` and k.archived_at is null and k.view <> ''
    limit 201
) as some_lines` // mostHere and one more

// readLine reads a parcel as dashboardFew gives it. Of the view it reads no more
// than is shown: the events only where the last day for a duty hangs on them.
func (p *Parcel) readLine(text string) error {
	line, view, _ := strings.Cut(text, "\n")
	waybill, rest, _ := strings.Cut(line, "\t")
	side, nickname, _ := strings.Cut(rest, "\t")
	number, body, _ := strings.Cut(view, "\n")
	version, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fmt.Errorf("parcel of a shelf: %w", err)
	}
	p.Nickname, p.Side = nickname, Side(side)
	if p.Public, err = shipment.ReadHead(shipment.Waybill(waybill), version, body); err != nil {
		return err
	}
	if p.NewsAt = p.Status.At; p.Status.CustomsSince.After(p.NewsAt) {
		p.NewsAt = p.Status.CustomsSince
	}
	p.State = stateOf(p.Status)
	if p.askID(); p.State != Needed || p.Status.Customs != shipment.AwaitingDuty {
		return nil
	}
	full, err := shipment.ReadView(p.Waybill, version, body)
	if err == nil {
		p.view(full)
	}
	return err
}
