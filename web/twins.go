package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/pages"
)

// The parcel as its JSON twin tells it: the public view, no more. What is not
// known is null; lists are never null.
type (
	parcelJSON struct {
		Waybill     shipment.Waybill `json:"waybill"`
		Status      statusJSON       `json:"status"`
		Origin      *string          `json:"origin"`
		Destination *string          `json:"destination"`
		AcceptedOn  *shipment.Date   `json:"accepted_on"`
		DeliveredOn *shipment.Date   `json:"delivered_on"`
		Expected    *expectedJSON    `json:"expected"`
		Needs       []needJSON       `json:"needs"`
		LastMile    *lastMileJSON    `json:"last_mile"`
		Pieces      piecesJSON       `json:"pieces"`
		Checkpoints []checkpointJSON `json:"checkpoints"`
	}
	statusJSON struct {
		Tag    shipment.Tag     `json:"tag"`
		Subtag *shipment.Subtag `json:"subtag"`
		Text   string           `json:"text"`
	}
	expectedJSON struct {
		From   shipment.Date  `json:"from"`
		To     shipment.Date  `json:"to"`
		Likely *shipment.Date `json:"likely"`
		Basis  string         `json:"basis"`
	}
	needJSON struct {
		Kind needs.Kind     `json:"kind"`
		Due  *shipment.Date `json:"due"`
	}
	lastMileJSON struct {
		Carrier *string `json:"carrier"`
		Number  *string `json:"number"`
	}
	piecesJSON struct {
		N  int `json:"n"`
		Of int `json:"of"`
	}
	checkpointJSON struct {
		At      string           `json:"at"`
		Country *string          `json:"country"`
		Place   *string          `json:"place"`
		Tag     *shipment.Tag    `json:"tag"`
		Subtag  *shipment.Subtag `json:"subtag"`
		Text    string           `json:"text"`
	}
)

// writeJSON answers with the parcel as JSON, its words in the visitor's language.
func (p *Portal) writeJSON(c echo.Context, page pages.TrackPage) error {
	l, parcel := locale.For(visitOf(c).language), &page.Parcel
	out := parcelJSON{
		Waybill: parcel.Waybill,
		Status:  statusJSON{Tag: parcel.Status.Tag, Subtag: known(parcel.Status.Subtag), Text: pages.Sentence(l, parcel)},
		Origin:  known(parcel.OriginCountry), Destination: known(parcel.DestCountry),
		AcceptedOn: known(parcel.AcceptedOn), DeliveredOn: known(parcel.DeliveredOn),
		Needs:  make([]needJSON, len(page.Needs)),
		Pieces: piecesJSON{N: parcel.Piece, Of: parcel.Pieces}, Checkpoints: make([]checkpointJSON, len(parcel.Checkpoints)),
	}
	if e, ok := pages.Expected(parcel); ok {
		out.Expected = &expectedJSON{From: e.From, To: e.To, Likely: known(e.Likely), Basis: e.Basis}
	}
	for i, n := range page.Needs {
		out.Needs[i] = needJSON{Kind: n.Kind, Due: known(n.Due)}
	}
	if parcel.LastMileCarrier != "" || parcel.LastMileNumber != "" {
		out.LastMile = &lastMileJSON{Carrier: known(parcel.LastMileCarrier), Number: known(parcel.LastMileNumber)}
	}
	for i, cp := range parcel.Checkpoints {
		out.Checkpoints[i] = checkpointOf(l, cp)
	}
	return p.sendJSON(c, http.StatusOK, out)
}

func checkpointOf(l *locale.Locale, c shipment.PublicCheckpoint) checkpointJSON {
	place := time.FixedZone("", c.OffsetMinutes*60)
	out := checkpointJSON{At: c.At.In(place).Format(time.RFC3339), Country: known(c.Country), Place: known(c.Place),
		Tag: known(c.Tag()), Subtag: known(c.Subtag), Text: l.Status(string(c.Subtag))}
	if c.Customs != "" {
		out.Text = l.Customs(string(c.Customs))
	}
	return out
}

// known is nil for what we don't know.
func known[T ~string](value T) *T {
	if value == "" {
		return nil
	}
	return &value
}

// writeText answers with the parcel as plain text, for terminals and slow lines.
func (p *Portal) writeText(c echo.Context, page pages.TrackPage) error {
	text := pages.TrackText(locale.For(visitOf(c).language), &page)
	return p.send(c, http.StatusOK, headerText, []byte(text))
}

// writeUnknownTwin says in text or JSON why a number leads nowhere.
func (p *Portal) writeUnknownTwin(c echo.Context, kind pages.UnknownKind) error {
	v := visitOf(c)
	title := locale.For(v.language).T("unknown." + string(kind) + ".title")
	if v.form == twinText {
		return p.send(c, http.StatusNotFound, headerText, []byte(title+"\n"))
	}
	return p.sendJSON(c, http.StatusNotFound, failureJSON{Status: http.StatusNotFound, Error: string(kind), Text: title, Request: v.id})
}

// failureJSON is every failure as machines read it.
type failureJSON struct {
	Status  int    `json:"status"`
	Error   string `json:"error"`
	Text    string `json:"text,omitempty"`
	Request string `json:"request_id"`
}

func seconds(wait time.Duration) string {
	return strconv.FormatInt(int64((wait+time.Second-1)/time.Second), 10)
}
