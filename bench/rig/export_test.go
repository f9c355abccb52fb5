package rig

import (
	"context"
	"syscall"
	"time"
)

// What the tests reach beside the package's own names.
var (
	PerSecond = perSecond
	Slowest   = percentile99
	Family    = family
	Environ   = environ
	NoServer  = errNoPostgres
)

// StopWithin is Stop with another patience.
func (p *Process) StopWithin(grace time.Duration) error { return p.stop(grace) }

// Write writes the files that wrk reads and gives the script's path.
func (l Load) Write(dir string) (string, error) { return l.write(dir) }

// Postmaster is the process that the data folder names.
func (b *Bed) Postmaster() (int, error) { return b.postmaster() }

// Signal reaches the postmaster and its children.
func (b *Bed) Signal(s syscall.Signal) error { return b.signal(s) }

// Try sends some requests of a load.
func (l Load) Try(ctx context.Context) error { return l.try(ctx) }
