// Package command holds the portal's commands, one file each. What speaks HTTP
// is handed in by main, so that nothing in here knows it.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// Command is one thing that the portal does when called by hand.
type Command struct {
	// Name is what is typed.
	Name string
	// Usage shows the arguments, Short says in a line what it is for.
	Usage, Short string
	// Run does it. Problem lists that a person can mend end in Usage.
	Run func(ctx context.Context, e Env, args []string) error
}

// The statuses that a command ends with.
const (
	statusDone   = 0
	statusFailed = 1
	statusUsage  = 2
)

// Usage is a mistake in how the portal was called or configured: one clear line
// for each, and status 2.
type Usage struct{ Err error }

// Error gives the line.
func (u Usage) Error() string { return u.Err.Error() }

// Unwrap gives the cause.
func (u Usage) Unwrap() error { return u.Err }

// Usagef makes a Usage.
func Usagef(format string, args ...any) error { return Usage{fmt.Errorf(format, args...)} }

// Run finds the command and runs it. The result is the process's exit status.
func Run(ctx context.Context, e Env, args []string) int {
	name, rest := "help", args
	if len(args) > 0 {
		name, rest = strings.TrimLeft(args[0], "-"), args[1:]
	}
	if name == "h" {
		name = "help"
	}
	if c := named(name); c.Run != nil {
		return e.end(c, c.Run(ctx, e, rest))
	}
	e.say("portal: there is no command %q; portal help lists them", args[0])
	return statusUsage
}

// end tells what went wrong and chooses the status.
func (e Env) end(c Command, err error) int {
	var usage Usage
	var own ended
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return statusDone
	case errors.As(err, &usage):
		for line := range strings.SplitSeq(strings.TrimSpace(usage.Error()), "\n") {
			e.say("portal %s: %s", c.Name, line)
		}
		return statusUsage
	case errors.As(err, &own):
		e.say("portal %s: %v", c.Name, err)
		return own.status
	}
	e.say("portal %s: %v", c.Name, err)
	return statusFailed
}

// Flags makes the flag set of a command; its mistakes are Usage.
func (e Env) Flags(c string) *flag.FlagSet {
	f := flag.NewFlagSet(c, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	return f
}

// Parse reads the flags and checks how many arguments are left.
func (e Env) Parse(f *flag.FlagSet, args []string, least, most int) error {
	c := named(f.Name())
	call := strings.TrimSpace("portal " + c.Name + " " + c.Usage)
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		e.Printf("%s\n  %s\n", call, c.Short)
		f.SetOutput(e.Stdout)
		f.PrintDefaults()
		return err
	} else if err != nil {
		return Usage{err}
	}
	if n := f.NArg(); n < least || n > most {
		return Usagef("call it as: %s", call)
	}
	return nil
}

// named finds a command; one without a name when there is none.
func named(name string) Command {
	for _, c := range all() {
		if c.Name == name {
			return c
		}
	}
	return Command{}
}
