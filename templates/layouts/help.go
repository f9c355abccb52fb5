package layouts

import (
	"github.com/a-h/templ"

	"ecms/portal/internal/contact"
	"ecms/portal/templates/components"
)

// Help makes the help block of a portal with that card. It is the same on every
// page of a language, so that it is made once and put into each Shell.
func Help(c contact.Card) templ.Component { return components.Fixed(help(c.Short())) }

// publishedHelp stands where no portal has put its own: in the gallery and in tests.
var publishedHelp = Help(contact.Default())

// help is the help block of this shell.
func (s Shell) help() templ.Component {
	if s.Help == nil {
		return publishedHelp
	}
	return s.Help
}
