// Command portal is the customer portal of a parcel carrier: lookup of parcels
// for everybody, and the carrier's data behind it.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones of parcels and visitors, on machines that have none

	"ecms/portal/internal/command"
	"ecms/portal/internal/faq"
	"ecms/portal/internal/shipment/feed"
	"ecms/portal/templates/mails"
	"ecms/portal/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends at once
	self, _ := os.Executable()   // without it the portal does alone what it would leave to others
	os.Exit(run(ctx, os.Args[1:], os.Getenv, streams{os.Stdin, os.Stdout, os.Stderr, self}))
}

type streams struct {
	in       io.Reader
	out, err io.Writer
	self     string // the program's own file, to start processes beside this one
}

// run does what the arguments say and gives the exit status.
func run(ctx context.Context, args []string, getenv func(string) string, s streams) int {
	return command.Run(ctx, command.Env{
		Getenv: getenv, Stdin: s.in, Stdout: s.out, Stderr: s.err, Now: time.Now, Build: command.Build(), Edge: edge, Self: s.self,
	}, args)
}

// edge wires the HTTP edge for the commands that need it.
func edge(s command.Site) command.Edge {
	p := &web.Portal{Config: s.Config, Contact: s.Contact, Log: s.Log, Now: s.Now, Build: s.Build, Metrics: web.NewMetrics()}
	e := command.Edge{Routes: p.Routes(), Serve: p.Serve, JobDone: p.Metrics.Job}
	if d := s.Database; d != nil {
		p.Shipments, p.Accounts, p.Shelf, p.Mail, p.Web = d.Shipments, d.Accounts, d.Shelf, d.Outbox, d.Web
		p.FAQ, p.Customs = faq.NewStore(d.Web, s.Now), d.Customs
		p.Feed = feed.Importer{Store: d.Shipments, Now: s.Now}
		p.Metrics.Pool("web", d.Web)
		p.Metrics.Pool("work", d.Work)
		e.Jobs = jobs(d, func() mails.House {
			return mails.House{From: s.Config.MailFrom, Base: s.Config.BaseURL, Now: s.Now()}
		})
	}
	return e
}
