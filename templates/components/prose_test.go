package components_test

import (
	"testing"

	"ecms/portal/internal/locale"
	"ecms/portal/internal/prose"
	"ecms/portal/templates/components"
	"ecms/portal/templates/golden"
)

func TestProseKeepsTheTextAsWritten(t *testing.T) {
	to := func(path string) string { return "/ko" + path }
	for text, want := range map[string]string{
		"See [this](/x), **now**.\n\nThen":  `<p>See <a href="/ko/x">this</a>, <strong>now</strong>.</p><p>Then</p>`,
		"**[a](/b)**[c](#d)":                `<p><strong><a href="/ko/b">a</a></strong><a href="#d">c</a></p>`,
		"- a\n- b **c**d\n1. e":             `<ul><li>a</li><li>b <strong>c</strong>d</li></ul><ol><li>e</li></ol>`,
		"## a\n### b":                       `<h2>a</h2><h3>b</h3>`,
		"[t](tel:+1) [m](mailto:a@b.c)":     `<p><a href="tel:+1">t</a> <a href="mailto:a@b.c">m</a></p>`,
		"<script>alert(1)</script> & \"q\"": `<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;q&#34;</p>`,
	} {
		blocks, err := prose.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got := golden.Render(t, components.Prose(blocks, to), locale.English)
		if want = `<div class="prose">` + want + `</div>`; got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}
