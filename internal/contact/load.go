package contact

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// File is the name of the card's file in the data folder.
const File = "contact.json"

// largest bounds what is read: a card is a few lines.
const largest = 64 << 10

// Load reads the card from the data folder. Without a file a portal that is only
// tried out has the Default, any other an empty card: what nobody has set is not
// shown. The error is one line that says what to mend.
func Load(folder string, embedded bool) (Card, error) {
	path := filepath.Join(folder, File)
	f, err := os.Open(path) //nolint:gosec // the operator's own folder
	switch {
	case errors.Is(err, fs.ErrNotExist) && embedded:
		return Default(), nil
	case errors.Is(err, fs.ErrNotExist):
		return Card{}, nil
	case err != nil:
		return Card{}, err
	}
	defer f.Close() //nolint:errcheck // read only
	c, err := Read(f)
	if err != nil {
		return Card{}, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// file is the card as its file has it.
type file struct {
	Hotline     string      `json:"hotline"`
	HotlineDial string      `json:"hotline_dial"`
	QQ          string      `json:"qq"`
	WeChat      string      `json:"wechat"`
	Email       string      `json:"email"`
	Local       []fileLocal `json:"local"`
	Hours       *fileHours  `json:"hours"`
}

type fileLocal struct {
	Country string `json:"country"`
	Phone   string `json:"phone"`
	Email   string `json:"email"`
}

type fileHours struct {
	Zone   string      `json:"zone"`
	Shifts []fileShift `json:"shifts"`
}

type fileShift struct {
	Days []string `json:"days"`
	From string   `json:"from"`
	To   string   `json:"to"`
}

// Read reads a card. It refuses fields that it does not know, since a misspelt
// channel would silently be missing from every page.
func Read(r io.Reader) (Card, error) {
	d := json.NewDecoder(io.LimitReader(r, largest))
	d.DisallowUnknownFields()
	var f file
	if err := d.Decode(&f); err != nil {
		return Card{}, oneLine(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Card{}, errors.New("something follows the object")
	}
	channels, err := f.channels()
	if err != nil {
		return Card{}, err
	}
	hours, err := f.Hours.hours()
	return Card{Channels: channels, Hours: hours}, err
}

// oneLine says in one line what the decoder could not read.
func oneLine(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%s is a %s, which does not fit", wrong.Field, wrong.Value)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("ends before its end: is a brace missing?")
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

var (
	phoneForm   = regexp.MustCompile(`^[+(]?[0-9][0-9 ()-]{3,28}[0-9]$`)
	qqForm      = regexp.MustCompile(`^[1-9][0-9]{4,14}$`)
	countryForm = regexp.MustCompile(`^[A-Z]{2}$`)
	clockForm   = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$`)
)

func (f file) channels() ([]Channel, error) {
	var set []Channel
	dial := f.Hotline
	if f.HotlineDial != "" {
		dial = f.HotlineDial
	}
	for _, c := range []struct {
		channel Channel
		fits    bool
		want    string
	}{
		{Channel{Kind: Hotline, Value: f.Hotline, Href: telephone(dial)}, phoneForm.MatchString(f.Hotline) && phoneForm.MatchString(dial), "a telephone number"},
		{Channel{Kind: QQ, Value: f.QQ}, qqForm.MatchString(f.QQ), "a QQ number"},
		{Channel{Kind: WeChat, Value: f.WeChat}, f.WeChat == strings.TrimSpace(f.WeChat) && utf8.RuneCountInString(f.WeChat) <= 40 && !strings.ContainsAny(f.WeChat, "\r\n\t"), "the name of a WeChat account"},
		{emailChannel(f.Email), isEmail(f.Email), "an e-mail address"},
	} {
		switch {
		case c.channel.Value == "": // not set
		case !c.fits:
			return nil, fmt.Errorf("%s is %q: give %s", c.channel.Kind, c.channel.Value, c.want)
		default:
			set = append(set, c.channel)
		}
	}
	if f.Hotline == "" && f.HotlineDial != "" {
		return nil, errors.New("hotline_dial is set without hotline")
	}
	for i, l := range f.Local {
		local, err := l.channels()
		if err != nil {
			return nil, fmt.Errorf("local[%d]: %w", i, err)
		}
		set = append(set, local...)
	}
	return set, nil
}

func (l fileLocal) channels() (set []Channel, err error) {
	switch {
	case !countryForm.MatchString(l.Country):
		return nil, fmt.Errorf("country is %q: give two capital letters, as KR", l.Country)
	case l.Phone == "" && l.Email == "":
		return nil, errors.New("neither phone nor email is set")
	case l.Phone != "" && !phoneForm.MatchString(l.Phone):
		return nil, fmt.Errorf("phone is %q: give a telephone number", l.Phone)
	case l.Email != "" && !isEmail(l.Email):
		return nil, fmt.Errorf("email is %q: give an e-mail address", l.Email)
	}
	if l.Phone != "" {
		set = append(set, Channel{Kind: Local, Value: l.Phone, Href: telephone(l.Phone), Country: l.Country})
	}
	if l.Email != "" {
		c := emailChannel(l.Email)
		c.Kind, c.Country = Local, l.Country
		set = append(set, c)
	}
	return set, nil
}

func emailChannel(address string) Channel {
	return Channel{Kind: Email, Value: address, Href: mailTo(address), Example: reserved(address)}
}

// reserved tells an address that can't reach anybody (RFC 2606).
func reserved(address string) bool {
	_, domain, _ := strings.Cut(strings.ToLower(address), "@")
	return slices.ContainsFunc([]string{"example.com", "example.org", "example.net", "example"}, func(name string) bool {
		return domain == name || strings.HasSuffix(domain, "."+name)
	})
}

func isEmail(typed string) bool {
	parsed, err := mail.ParseAddress(typed)
	return err == nil && parsed.Address == typed && len(typed) <= 254
}

func (f *fileHours) hours() (Hours, error) {
	if f == nil {
		return Hours{}, nil
	}
	if _, err := time.LoadLocation(f.Zone); err != nil || f.Zone == "" || f.Zone == "Local" {
		return Hours{}, fmt.Errorf("hours.zone is %q: give a time zone, as Asia/Shanghai", f.Zone)
	}
	h := Hours{Zone: f.Zone}
	if len(f.Shifts) == 0 {
		return Hours{}, errors.New("hours.shifts is empty: give days, from and to")
	}
	for i, s := range f.Shifts {
		shift, err := s.shift()
		if err != nil {
			return Hours{}, fmt.Errorf("hours.shifts[%d]: %w", i, err)
		}
		h.Shifts = append(h.Shifts, shift)
	}
	return h, nil
}

func (f fileShift) shift() (Shift, error) {
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	s := Shift{From: minutes(f.From), To: minutes(f.To)}
	switch {
	case len(f.Days) == 0:
		return s, errors.New("days is empty: give mon, tue, wed, thu, fri, sat or sun")
	case !clockForm.MatchString(f.From) || !clockForm.MatchString(f.To):
		return s, fmt.Errorf("from is %q and to is %q: give clock times, as 09:00 and 18:00", f.From, f.To)
	case s.To <= s.From:
		return s, fmt.Errorf("from %s to %s ends before it begins: split what goes over midnight", f.From, f.To)
	}
	for _, name := range f.Days {
		day := slices.Index(names, name)
		if day < 0 || slices.Contains(s.Days, time.Weekday(day)) {
			return s, fmt.Errorf("day %q is none, or comes twice: give mon, tue, wed, thu, fri, sat or sun", name)
		}
		s.Days = append(s.Days, time.Weekday(day))
	}
	return s, nil
}

// minutes reads "09:30" as minutes after midnight; the form was or will be checked.
func minutes(clock string) int {
	if len(clock) != 5 {
		return 0
	}
	digit := func(i int) int { return int(clock[i] - '0') }
	return (digit(0)*10+digit(1))*60 + digit(3)*10 + digit(4)
}
