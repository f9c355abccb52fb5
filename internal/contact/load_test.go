package contact_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ecms/portal/internal/contact"
)

const whole = `{
  "email": "care@carrier.test", "wechat": "YIKEMAN", "qq": "4000861756",
  "hotline": "400-086-1756", "hotline_dial": "+86 400 086 1756",
  "local": [{"country": "KR", "phone": "+82 2-123-4567", "email": "seoul@carrier.test"}, {"country": "US", "phone": "(213) 555-0100"}],
  "hours": {"zone": "Asia/Shanghai", "shifts": [{"days": ["mon", "sat"], "from": "09:30", "to": "24:00"}]}
}`

func TestChannelsComeInTheirOrderWhateverTheFilesOrder(t *testing.T) {
	t.Parallel()
	got, err := contact.Read(strings.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	want := contact.Card{
		Channels: []contact.Channel{
			{Kind: contact.Hotline, Value: "400-086-1756", Href: "tel:+864000861756"},
			{Kind: contact.QQ, Value: "4000861756"},
			{Kind: contact.WeChat, Value: "YIKEMAN"},
			{Kind: contact.Email, Value: "care@carrier.test", Href: "mailto:care@carrier.test"},
			{Kind: contact.Local, Value: "+82 2-123-4567", Href: "tel:+8221234567", Country: "KR"},
			{Kind: contact.Local, Value: "seoul@carrier.test", Href: "mailto:seoul@carrier.test", Country: "KR"},
			{Kind: contact.Local, Value: "(213) 555-0100", Href: "tel:2135550100", Country: "US"},
		},
		Hours: contact.Hours{Zone: "Asia/Shanghai", Shifts: []contact.Shift{{Days: []time.Weekday{time.Monday, time.Saturday}, From: 570, To: 1440}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("card (-want +got):\n%s", diff)
	}
	if short := got.Short(); len(short) != 4 || short[3].Kind != contact.Email {
		t.Errorf("the foot of a page shows %+v, want the four that reach somebody from anywhere", short)
	}
}

func TestWhatIsNotSetIsNotThere(t *testing.T) {
	t.Parallel()
	for text, n := range map[string]int{`{}`: 0, `{"qq": "4000861756"}`: 1, `{"hotline": "", "email": "a@b.test"}`: 1} {
		got, err := contact.Read(strings.NewReader(text))
		if err != nil || len(got.Channels) != n || got.Hours.Known() {
			t.Errorf("%s: %+v, %v; want %d channels", text, got, err, n)
		}
	}
}

func TestAFileThatCannotBeMeantIsRefusedInOneLine(t *testing.T) {
	t.Parallel()
	hours := func(text string) string { return `{"hours": ` + text + `}` }
	shift := func(text string) string { return hours(`{"zone": "Asia/Seoul", "shifts": [` + text + `]}`) }
	for text, says := range map[string]string{
		`{"hotlin": "400-086-1756"}`:         `unknown field "hotlin"`,
		`{"hours": {"zones": "Asia/Seoul"}}`: `unknown field "zones"`,
		`{"hotline": 4000861756}`:            "hotline is a number, which does not fit",
		`["hotline"]`:                        "does not fit",
		``:                                   "ends before its end",
		`{"qq": "4000861756"`:                "ends before its end",
		`{"qq": "4000861756"} {}`:            "something follows the object",
		`{"hotline": "call us"}`:             `hotline is "call us": give a telephone number`,
		`{"hotline": "400-086-1756", "hotline_dial": "x"}`:                "give a telephone number",
		`{"hotline_dial": "+864000861756"}`:                               "hotline_dial is set without hotline",
		`{"qq": "QQ 4000861756"}`:                                         "give a QQ number",
		`{"wechat": " YIKEMAN"}`:                                          "give the name of a WeChat account",
		`{"email": "care at carrier"}`:                                    "give an e-mail address",
		`{"email": "Care <care@carrier.test>"}`:                           "give an e-mail address",
		`{"local": [{"country": "Korea", "phone": "12345"}]}`:             `local[0]: country is "Korea"`,
		`{"local": [{"country": "KR"}]}`:                                  "neither phone nor email is set",
		`{"local": [{"country": "KR", "phone": "?"}]}`:                    "local[0]: phone is",
		`{"local": [{"country": "KR", "email": "?"}]}`:                    "local[0]: email is",
		hours(`{"zone": "Asia/Peking1", "shifts": []}`):                   `hours.zone is "Asia/Peking1": give a time zone`,
		hours(`{"shifts": []}`):                                           "give a time zone",
		hours(`{"zone": "Local", "shifts": []}`):                          "give a time zone",
		hours(`{"zone": "Asia/Seoul"}`):                                   "hours.shifts is empty",
		shift(`{"days": [], "from": "09:00", "to": "18:00"}`):             "hours.shifts[0]: days is empty",
		shift(`{"days": ["monday"], "from": "09:00", "to": "18:00"}`):     `day "monday" is none`,
		shift(`{"days": ["mon", "mon"], "from": "09:00", "to": "18:00"}`): "comes twice",
		shift(`{"days": ["mon"], "from": "9", "to": "18:00"}`):            "give clock times",
		shift(`{"days": ["mon"], "from": "09:00", "to": "24:01"}`):        "give clock times",
		shift(`{"days": ["mon"], "from": "18:00", "to": "09:00"}`):        "ends before it begins",
		shift(`{"days": ["mon"], "from": "09:00", "to": "09:00"}`):        "ends before it begins",
		`{"qq": "` + strings.Repeat("1", 80<<10) + `"}`:                   "ends before its end",
	} {
		_, err := contact.Read(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.80s: %v, want one line with %q", text, err, says)
		}
	}
}

func TestLoadFromTheDataFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if got, err := contact.Load(folder, true); err != nil || !cmp.Equal(got, contact.Default()) {
		t.Errorf("tried out without a file: %+v, %v", got, err)
	}
	if got, err := contact.Load(folder, false); err != nil || len(got.Channels) != 0 || got.Hours.Known() {
		t.Errorf("in earnest without a file: %+v, %v; want nothing", got, err)
	}
	path := filepath.Join(folder, contact.File)
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"qq": "4000861756"}`)
	for _, embedded := range []bool{true, false} {
		if got, err := contact.Load(folder, embedded); err != nil || len(got.Channels) != 1 {
			t.Errorf("the file counts in both: %+v, %v", got, err)
		}
	}
	write(`{"twitter": "x"}`)
	if _, err := contact.Load(folder, true); err == nil || !strings.HasPrefix(err.Error(), path+": ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("an unknown field: %v, want one line that begins with %s", err, path)
	}
}

func TestDefaultSaysWhatIsAnExample(t *testing.T) {
	t.Parallel()
	published := map[contact.Kind]string{contact.Hotline: "400-086-1756", contact.QQ: "4000861756", contact.WeChat: "YIKEMAN"}
	card := contact.Default()
	for _, c := range card.Channels {
		if want, ok := published[c.Kind]; ok && (c.Value != want || c.Example) {
			t.Errorf("%s is %q, example %v; the carrier has published %q", c.Kind, c.Value, c.Example, want)
		} else if !ok && !c.Example {
			t.Errorf("%s %q was not published and is not marked as an example", c.Kind, c.Value)
		}
	}
	if len(card.Channels) != 4 || !card.Hours.Example {
		t.Errorf("%d channels, hours marked %v; want 4 and hours that nobody promised marked", len(card.Channels), card.Hours.Example)
	}
	got, err := contact.Read(strings.NewReader(`{"email": "you@Mail.Example.com", "local": [{"country": "KR", "email": "a@b.example"}]}`))
	if err != nil || !got.Channels[0].Example || !got.Channels[1].Example || len(got.Short()) != 0 {
		t.Errorf("addresses that reach nobody: %+v, %v; want them marked", got, err)
	}
}

// TestTheReadmesExampleIsACard keeps the one example that operators copy whole.
func TestTheReadmesExampleIsACard(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, found := strings.Cut(string(text), "```json\n{\"hotline\"")
	example, _, closed := strings.Cut(after, "```")
	if !found || !closed {
		t.Fatal("the README shows no contact.json")
	}
	card, err := contact.Read(strings.NewReader(`{"hotline"` + example))
	if err != nil || len(card.Channels) != 6 || !card.Hours.Known() {
		t.Errorf("%+v, %v; want six channels and hours", card, err)
	}
}
