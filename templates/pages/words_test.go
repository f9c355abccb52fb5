package pages_test

import (
	"strings"
	"testing"

	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
	"ecms/portal/internal/needs"
	"ecms/portal/internal/shipment"
	"ecms/portal/templates/golden"
	"ecms/portal/templates/pages"
)

// Keys that are put together from parts can't be found by reading the sources.
func TestKeysMadeOfPartsHaveTexts(t *testing.T) {
	var keys []string
	for _, kind := range []needs.Kind{needs.Invoice, needs.ID, needs.Duty} {
		for _, part := range []string{"task", "why", "missed", "where", "rule"} {
			keys = append(keys, "need."+string(kind)+"."+part)
		}
	}
	for _, kind := range []pages.UnknownKind{pages.NumberUnknown, pages.NumberMisfit, pages.NumberMalformed} {
		keys = append(keys, "unknown."+string(kind)+".title", "unknown."+string(kind)+".lead")
	}
	for _, end := range []string{"returning", "returned", "lost", "cancelled", "disposed", "refused", "waiting"} {
		keys = append(keys, "stamp."+end)
	}
	for _, status := range []string{"403", "404", "405", "413", "422", "429", "500", "503"} {
		keys = append(keys, "failure."+status+".title", "failure."+status+".what", "failure."+status+".next")
	}
	for _, field := range []string{"phone_last4", "postcode", "order_no"} {
		keys = append(keys, "unlock."+field, "unlock."+field+".hint")
	}
	keys = append(keys, "parcel.terms.ddp", "parcel.terms.dap", "expected.basis.promise", "expected.basis.passed")
	for _, lang := range locale.Languages() {
		for _, key := range keys {
			if !locale.For(lang).Has(key) {
				t.Errorf("%s has no text for %s", lang, key)
			}
		}
	}
}

func TestUnknownNumbersAreToldApart(t *testing.T) {
	l := locale.For(locale.English)
	show := func(p pages.UnknownPage) string { return golden.Render(t, pages.Unknown(p), locale.English) }
	unknown := show(pages.UnknownPage{Number: "RB123456785SG", Kind: pages.NumberUnknown})
	wants(t, unknown, `action="/en/track/RB123456785SG/unlock"`, l.T("unknown.local.title"))
	if n := strings.Count(unknown, "<h3>"); n != 4 {
		t.Errorf("an unknown number has %d reasons, want 4", n)
	}
	misfit := show(pages.UnknownPage{Number: "EC7K3M9QTR2XW8", Kind: pages.NumberMisfit})
	wants(t, misfit, "One character does not fit. Compare it with the label.", ">EC7K3M9QTR2XW8</textarea>")
	malformed := show(pages.UnknownPage{Number: `<i>?`, Kind: pages.NumberMalformed})
	wants(t, malformed, l.T("unknown.malformed.title"), "&lt;i&gt;?</textarea>")
	for name, html := range map[string]string{"misfit": misfit, "malformed": malformed} {
		if strings.Contains(html, "/unlock") {
			t.Errorf("%s: a second fact can't help here, yet its form stands", name)
		}
	}
}

func TestProblemsAreListedAndLinked(t *testing.T) {
	p := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	p.Problems = fault.Invalid{{Field: "phone_last4", Key: "unlock.phone_last4.form"}, {Field: "order_no", Key: "unlock.order_no.form"}}
	html := track(t, p)
	golden.Check(t, "two problems", html)
	wants(t, html, "<title>Error: ", `role="alert"`, `href="#phone_last4"`, `href="#order_no"`,
		`aria-describedby="phone_last4-hint phone_last4-error" maxlength="12" aria-invalid="true"`)
	if n := strings.Count(html, `aria-invalid="true"`); n != 2 {
		t.Errorf("%d fields are marked wrong, want 2", n)
	}
}

func TestPiecesNameOneAnotherOnlyWhenUnlocked(t *testing.T) {
	p := parcel("InTransit_003", event("InTransit_003", "", "CN"))
	p.Parcel.Piece, p.Parcel.Pieces = 1, 2
	wants(t, track(t, p), "Piece 1 of 2", "once you unlock this parcel")
	p.Private = &shipment.Private{Scope: "docs", Siblings: []shipment.Waybill{"EC00010001000E"}}
	wants(t, track(t, p), "Piece 1 of 2", `<a class="code" translate="no" href="/en/track/EC00010001000E">EC 0001 0001 000E</a>`)
	p.Parcel.Pieces = 1
	if html := track(t, p); strings.Contains(html, "Piece 1") {
		t.Error("a single parcel is counted")
	}
}

func TestUpdateWithoutATranslationIsStillShown(t *testing.T) {
	html := track(t, parcel("InTransit_003", event("", "", ""), event("InTransit_003", "", "CN")))
	wants(t, html, locale.For(locale.English).Status(""))
}

func TestTextTwinSaysWhatThePageSays(t *testing.T) {
	for _, lang := range locale.Languages() {
		l := locale.For(lang)
		p := parcel("Exception_006", event("Exception_006", shipment.AwaitingDuty, "CN"))
		p.Parcel.LastMileCarrier, p.Parcel.LastMileNumber = "SF Express", "SF1390024817745"
		html, text := golden.Render(t, pages.Track(p), lang), pages.TrackText(l, &p)
		for _, want := range []string{
			"EC 7K3M 9QTR 2XW5", l.CustomsSentence("awaiting_duty", "CN"), l.T("need.duty.task"), l.Day("2026-04-03"),
			l.Range("2026-03-09", "2026-03-12"), l.Customs("awaiting_duty"), "SF1390024817745",
		} {
			if !strings.Contains(text, want) || !strings.Contains(html, want) {
				t.Errorf("%s: %q is in text: %v, on the page: %v", lang, want, strings.Contains(text, want), strings.Contains(html, want))
			}
		}
	}
}
