package pages

import (
	"ecms/portal/internal/locale"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/components"
)

// The stages of a parcel's way, in order.
const (
	stageNone = iota - 1
	stageAccepted
	stageLeft
	stageArrived
	stageCustoms
	stageDelivery
	stageDelivered
)

// way tells how far a parcel has come: the furthest stage seen in its events,
// and whether that stage is behind it.
func way(p *shipment.Public) (stage int, done bool) {
	if p.Status.Tag == shipment.Delivered {
		return stageDelivered, true
	}
	stage = stageNone
	if p.AcceptedOn != "" {
		stage, done = stageAccepted, true
	}
	for _, c := range p.Checkpoints {
		s, d := stageOf(p, c)
		if s > stage || s == stage && d {
			stage, done = s, d
		}
	}
	if waits(p.Status.Customs) && stage < stageCustoms {
		stage, done = stageCustoms, false
	}
	return stage, done
}

// stageOf tells the stage that one event proves, and whether it completes it.
// Leaving is proved by being elsewhere; a departure scan alone only begins it.
func stageOf(p *shipment.Public, c shipment.PublicCheckpoint) (stage int, done bool) {
	switch c.Tag() {
	case shipment.OutForDelivery, shipment.AttemptFail, shipment.AvailableForPickup, shipment.Delivered:
		return stageDelivery, false
	}
	if c.Customs != "" && c.Country != p.OriginCountry {
		return stageCustoms, c.Customs == shipment.Released
	}
	switch c.Subtag {
	case "InTransit_005":
		return stageCustoms, true
	case "InTransit_006", "Exception_004":
		return stageCustoms, false
	case "InTransit_004":
		return stageArrived, true
	}
	switch {
	case c.Tag() != shipment.InTransit:
		return stageNone, false
	case c.Country != "" && c.Country == p.DestCountry:
		return stageArrived, true
	case c.Country != "" && c.Country != p.OriginCountry:
		return stageLeft, true
	case c.Subtag == "InTransit_007":
		return stageLeft, false
	}
	return stageAccepted, true
}

// steps names the stages with their states, and gives the place of the mark on
// the route line.
func steps(l *locale.Locale, p *shipment.Public) (list []components.Step, mark int) {
	stage, done := way(p)
	list = []components.Step{
		{Name: l.T("progress.accepted")},
		{Name: l.T("progress.left", "country", l.InCountry(p.OriginCountry))},
		{Name: l.T("progress.arrived", "country", l.InCountry(p.DestCountry))},
		{Name: l.T("progress.customs")},
		{Name: l.T("progress.delivery")},
		{Name: l.T("progress.delivered")},
	}
	for i := range list {
		switch {
		case i < stage || i == stage && done:
			list[i].State = components.StepDone
		case i == stage:
			list[i].State = components.StepNow
		default:
			list[i].State = components.StepNext
		}
	}
	mark = stage
	if end := ending(p.Status); end != "" {
		if !done && stage >= 0 {
			stage--
		}
		list = append(list[:stage+1], components.Step{Name: l.T("stamp." + end), State: components.StepStop})
	}
	return list, mark
}
