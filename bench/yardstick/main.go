// Yardstick is the lookup page written by hand: net/http, pgx, two prepared
// queries on the normalised tables, escaping into a pooled buffer; no
// middleware and no gzip. The portal is measured against it and never imports
// it. Its visible text equals the portal's, which a test holds.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "yardstick:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	conns, err := strconv.Atoi(os.Getenv("CONNS"))
	if err != nil {
		return fmt.Errorf("CONNS: %w", err)
	}
	pool, err := open(ctx, os.Getenv("DATABASE_URL"), conns)
	if err != nil {
		return err
	}
	defer pool.Close()
	server := &http.Server{Addr: os.Getenv("ADDR"), Handler: handler(pool, time.Now), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func open(ctx context.Context, url string, conns int) (*pgxpool.Pool, error) {
	c, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	c.MaxConns, c.MinConns = int32(conns), int32(conns) //nolint:gosec // a handful
	c.AfterConnect = func(ctx context.Context, conn *pgx.Conn) error {
		for name, sql := range map[string]string{"parcel": parcelSQL, "events": eventsSQL} {
			if _, err := conn.Prepare(ctx, name, sql); err != nil {
				return err
			}
		}
		return nil
	}
	return pgxpool.NewWithConfig(ctx, c)
}

func handler(pool *pgxpool.Pool, now func() time.Time) http.Handler {
	t := newTexts(now)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /track/{waybill}", func(w http.ResponseWriter, r *http.Request) {
		p, err := load(r.Context(), pool, strings.ToUpper(r.PathValue("waybill")))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		b := buffers.Get().(*[]byte)
		page := t.page((*b)[:0], &p)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		_, _ = w.Write(page)
		*b = page
		buffers.Put(b)
	})
	return mux
}
