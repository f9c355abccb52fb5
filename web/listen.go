package web

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// How long visitors may take. Whoever is slower is shut out, so that nobody
// holds a connection by dripping bytes; operators' uploads get more.
const (
	headerPatience = 10 * time.Second
	bodyPatience   = 20 * time.Second
	answerPatience = 28 * time.Second
	idlePatience   = 60 * time.Second
	largestHeader  = 32 << 10
	// stopPatience is how long running requests may go on after the end is asked for.
	stopPatience = 15 * time.Second
)

// Serve answers people until ctx ends; then it takes no new request, lets the
// running ones finish, and returns. It calls ready once it listens.
func (p *Portal) Serve(ctx context.Context, ready func(net.Addr)) error {
	handler, err := p.Handler()
	if err != nil {
		return err
	}
	main, err := net.Listen("tcp", p.Config.Addr)
	if err != nil {
		return fmt.Errorf("PORTAL_ADDR: %w", err)
	}
	back, err := net.Listen("tcp", p.Config.AdminAddr)
	if err != nil {
		return errors.Join(fmt.Errorf("PORTAL_ADMIN_ADDR: %w", err), main.Close())
	}
	public, admin := NewServer(handler), NewServer(p.admin(handler))
	admin.WriteTimeout = 2 * time.Minute // profiles take their time
	ended := make(chan error, 2)
	go func() { ended <- p.answer(public, main) }()
	go func() { ended <- admin.Serve(back) }()
	if ready != nil {
		ready(main.Addr())
	}
	select {
	case err = <-ended:
	case <-ctx.Done():
		err = nil
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopPatience)
	defer cancel()
	return errors.Join(err, stop(last, public), stop(last, admin))
}

// answer serves over TLS when there is a certificate.
func (p *Portal) answer(s *http.Server, l net.Listener) error {
	if p.Config.TLSCert == "" {
		return s.Serve(l)
	}
	return s.ServeTLS(l, p.Config.TLSCert, p.Config.TLSKey)
}

// stop lets running requests finish; those that take too long are cut off.
func stop(ctx context.Context, s *http.Server) error {
	err := s.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.Close()
	}
	return err
}

// NewServer is a server that is patient with people and not with attackers.
func NewServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerPatience, ReadTimeout: bodyPatience,
		WriteTimeout: answerPatience, IdleTimeout: idlePatience,
		MaxHeaderBytes: largestHeader, DisableGeneralOptionsHandler: true,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
		// What net/http has to say holds visitors' addresses and nothing of ours.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}
