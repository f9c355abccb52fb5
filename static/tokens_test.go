package static_test

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ecms/portal/static"
)

// tokens reads the colours of the design, each as [light, dark].
func tokens(t *testing.T) map[string][2]string {
	t.Helper()
	source, err := os.ReadFile("../tailwind.config.js")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][2]string{}
	line := regexp.MustCompile(`(?m)^  '?([a-z-]+)'?: \['(#[0-9A-F]{6})', '(#[0-9A-F]{6})'\],`)
	for _, m := range line.FindAllStringSubmatch(string(source), -1) {
		all[m[1]] = [2]string{m[2], m[3]}
	}
	if len(all) != 11 {
		t.Fatalf("read %d tokens, want 11: %v", len(all), all)
	}
	return all
}

// luminance is that of WCAG 2.2, from "#RRGGBB".
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	weights, sum := [3]float64{.2126, .7152, .0722}, 0.0
	for i, w := range weights {
		n, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= .04045 {
			sum += w * c / 12.92
		} else {
			sum += w * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return sum
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func TestContrastHoldsInBothThemes(t *testing.T) {
	t.Parallel()
	all := tokens(t)
	for _, tt := range []struct {
		front, back string
		least       float64
	}{
		{"ink", "sheet", 12},
		{"ink", "paper", 12},
		{"ink-soft", "sheet", 7},
		{"ink-soft", "paper", 7},
		{"brand", "sheet", 4.5},
		{"brand", "paper", 4.5},
		{"on-brand", "brand", 4.5},
		{"on-brand", "signal", 4.5},
		{"signal", "sheet", 4.5},
		{"signal", "paper", 4.5},
		{"done", "sheet", 4.5},
		{"done", "paper", 4.5},
		{"stop", "sheet", 4.5},
		{"stop", "paper", 4.5},
		{"edge", "sheet", 3},
		{"edge", "paper", 3},
	} {
		for i, theme := range []string{"light", "dark"} {
			if got := contrast(t, all[tt.front][i], all[tt.back][i]); got < tt.least {
				t.Errorf("%s: %s on %s has %.2f, want at least %.1f", theme, tt.front, tt.back, got, tt.least)
			}
		}
	}
}

// blocks cuts the sheet into what stands inside each media query and the rest.
func blocks(css string) map[string]string {
	parts := map[string]string{}
	for css != "" {
		at := strings.Index(css, "@media ")
		if at < 0 {
			parts[""] += css
			break
		}
		parts[""] += css[:at]
		css = css[at:]
		open := strings.IndexByte(css, '{')
		depth, end := 0, open
		for ; end < len(css); end++ {
			if css[end] == '{' {
				depth++
			} else if css[end] == '}' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		parts[css[:open]] += css[open+1 : end]
		css = css[min(end+1, len(css)):]
	}
	return parts
}

// Older events are put away on small screens alone, and only by a rule that
// browsers without :has() drop whole: wide screens and paper show every event.
func TestOlderEventsAreHiddenOnPhonesOnly(t *testing.T) {
	t.Parallel()
	parts := blocks(string(find(t, static.URL("app.css")).Body))
	hides := 0
	for query, rules := range parts {
		for rule := range strings.SplitSeq(rules, "}") {
			if !strings.Contains(rule, ".folded") {
				continue
			}
			hides++
			if !strings.Contains(query, "screen") || !strings.Contains(query, "max-width") {
				t.Errorf("%q folds events in %q", rule, query)
			}
			if !strings.Contains(rule, ":has(:target)") {
				t.Errorf("%q can't be opened without a script", rule)
			}
		}
	}
	if hides != 2 {
		t.Errorf("%d rules fold events, want one that hides and one that shows the link", hides)
	}
}

func TestPaperShowsTheContacts(t *testing.T) {
	t.Parallel()
	paper := blocks(string(find(t, static.URL("app.css")).Body))["@media print"]
	if paper == "" {
		t.Fatal("nothing is said about paper")
	}
	hidden, _, _ := strings.Cut(paper, "{display:none}")
	for selector := range strings.SplitSeq(hidden, ",") {
		switch selector {
		case ".bottom", ".help", ".history", ".needed", ".waybill", "main":
			t.Errorf("paper lacks %s", selector)
		}
	}
	for _, want := range []string{".copy", "form", ".skip"} {
		if !strings.Contains(","+hidden+",", ","+want+",") {
			t.Errorf("paper shows %s", want)
		}
	}
}

// Nothing is decided by a colour that the themes don't know.
func TestColoursAreTokens(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("app.src.css")
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(`).FindAllString(string(source), -1); len(found) > 0 {
		t.Errorf("colours beside the tokens: %v", found)
	}
	for _, never := range []string{"box-shadow", "gradient(", "url(", "@font-face", "@import"} {
		if strings.Contains(string(source), never) {
			t.Errorf("style sheet uses %s", never)
		}
	}
}
