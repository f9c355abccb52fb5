package command

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"ecms/portal/internal/account"
	"ecms/portal/internal/config"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

func staff() Command {
	return Command{Name: "staff", Usage: "add EMAIL [--name NAME] | end EMAIL | list",
		Short: "let the carrier's people in, or no longer", Run: runStaff}
}

// staffCall is what was asked of the staff command.
type staffCall struct{ act, email, name string }

func runStaff(ctx context.Context, e Env, args []string) (err error) {
	call, err := e.readStaff(args)
	if err != nil {
		return err
	}
	c, err := e.Config()
	if err != nil {
		return err
	}
	d, err := e.Open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	switch call.act {
	case "add":
		err = e.addStaff(ctx, d.Accounts, c, call)
	case "end":
		err = e.endStaff(ctx, d.Accounts, call.email)
	default:
		err = e.listStaff(ctx, d.Accounts)
	}
	return err
}

func (e Env) readStaff(args []string) (staffCall, error) {
	flags := e.Flags("staff")
	name := flags.String("name", "", "how mails greet the person")
	var words []string
	for rest := args; ; rest = flags.Args()[1:] { // flags may come behind the address
		if err := e.Parse(flags, rest, 0, len(rest)); err != nil {
			return staffCall{}, err
		}
		if flags.NArg() == 0 {
			break
		}
		words = append(words, flags.Arg(0))
	}
	switch n := len(words); {
	case n == 1 && words[0] == "list":
		return staffCall{act: "list"}, nil
	case n == 2 && (words[0] == "add" || words[0] == "end"):
		return staffCall{words[0], words[1], *name}, nil
	}
	return staffCall{}, Usagef("call it as: portal staff %s", staff().Usage)
}

// addStaff makes a staff account, or gives an account the rights of staff, and
// has a letter sent by which the person chooses a password.
func (e Env) addStaff(ctx context.Context, accounts *account.Store, c config.Config, call staffCall) error {
	found, err := accounts.Find(ctx, call.email)
	switch {
	case errors.Is(err, fault.ErrNotFound):
		made := account.Account{Email: call.email, Role: account.Staff, Name: call.name, Language: locale.English}
		if found, err = accounts.Make(ctx, made, ""); err != nil {
			return badStaff(err)
		}
		e.Printf("%s is staff\n", found.Email)
	case err != nil:
		return err
	default:
		changed, err := accounts.SetRole(ctx, found.ID, account.Staff)
		if err != nil {
			return err
		}
		if changed {
			e.Printf("%s is staff now, and signs in anew\n", found.Email)
		} else {
			e.Printf("%s was staff already\n", found.Email)
		}
	}
	if found.HasPassword {
		return nil
	}
	return e.inviteStaff(ctx, accounts, c, found)
}

// inviteStaff sends the link by which a password is chosen. Where mail goes
// nowhere, or is only read in the portal, the link is printed instead.
func (e Env) inviteStaff(ctx context.Context, accounts *account.Store, c config.Config, a account.Account) error {
	ref, err := accounts.Ask(ctx, account.Reset, a.Email, a.Language, "/staff", account.Visitor{Network: "console", Agent: "console"})
	if full := (fault.TooMany{}); errors.As(err, &full) {
		return fmt.Errorf("the address has had its letters for now: call this again in %s", full.RetryAfter.Round(time.Minute))
	}
	if err != nil {
		return err
	}
	if c.SMTPURL == "" && c.MailDir == "" {
		m, err := accounts.ToSend(ctx, ref)
		if err == nil {
			e.Printf("A password is chosen within the hour at %s%s\n", c.BaseURL, m.Link)
			return nil
		}
		if !errors.Is(err, fault.ErrNotFound) { // a portal that runs has sent it
			return err
		}
	}
	e.Printf("A letter is on its way: its link is good for an hour and leads to choosing a password\n")
	return nil
}

// endStaff takes the rights of staff away, at once.
func (e Env) endStaff(ctx context.Context, accounts *account.Store, email string) error {
	found, err := accounts.Find(ctx, email)
	if errors.Is(err, fault.ErrNotFound) {
		return errors.New("nobody has an account by this address")
	}
	if err != nil {
		return err
	}
	changed, err := accounts.SetRole(ctx, found.ID, account.Customer)
	if err != nil {
		return err
	}
	if !changed {
		return fmt.Errorf("%s is not staff", found.Email)
	}
	e.Printf("%s is not staff any more, and signed out everywhere\n", found.Email)
	return nil
}

func (e Env) listStaff(ctx context.Context, accounts *account.Store) error {
	list, err := accounts.StaffList(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
	for _, a := range list {
		entry := "link"
		if a.HasPassword {
			entry = "password"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.Email, entry, a.CreatedAt.Format(time.DateOnly), a.Name)
	}
	return w.Flush()
}

// badStaff says in words what is wrong with an address or a name.
func badStaff(err error) error {
	var bad fault.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	if _, wrong := bad.For("email"); wrong {
		return Usagef("this is no e-mail address")
	}
	return Usagef("this name cannot be kept: at most 100 characters, in one line")
}
