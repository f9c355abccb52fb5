package rig

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Shot is one answer of a burst.
type Shot struct {
	Status int
	Took   time.Duration // from the burst's start
}

// Burst sends many requests at the same moment, each on a connection that is open
// already, and gives all answers. It spends little itself, so that what it
// measures is the portal.
func Burst(ctx context.Context, url string, n int, request func(i int) string) ([]Shot, error) {
	address := strings.TrimPrefix(url, "http://")
	conns := make([]net.Conn, n)
	defer func() {
		for _, c := range conns {
			if c != nil {
				_ = c.Close()
			}
		}
	}()
	dialer := net.Dialer{Timeout: 10 * time.Second}
	for i := range conns {
		c, err := dialer.DialContext(ctx, "tcp", address)
		if err != nil {
			return nil, fmt.Errorf("connection %d: %w", i, err)
		}
		_ = c.SetDeadline(time.Now().Add(time.Minute))
		conns[i] = c
		if err := greet(c); err != nil { // the portal has accepted it
			return nil, fmt.Errorf("connection %d: %w", i, err)
		}
	}
	shots, errs := make([]Shot, n), make([]error, n)
	texts, answers := make([][]byte, n), make([][64]byte, n)
	for i := range texts {
		texts[i] = []byte(request(i))
	}
	var all sync.WaitGroup
	var began time.Time
	start := make(chan struct{})
	for i, c := range conns {
		all.Go(func() {
			<-start
			shots[i], errs[i] = shoot(c, texts[i], answers[i][:], &began)
		})
	}
	began = time.Now()
	close(start)
	all.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("request %d: %w", i, err)
		}
	}
	return shots, nil
}

// greet asks for the portal's health, so that the connection is in its hands.
func greet(c net.Conn) error {
	if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// shoot sends one request and reads no more of its answer than the status: what
// follows has been written by then, and is of no interest.
func shoot(c net.Conn, text, answer []byte, began *time.Time) (Shot, error) {
	if _, err := c.Write(text); err != nil {
		return Shot{}, err
	}
	n, err := io.ReadAtLeast(c, answer, len("HTTP/1.1 503"))
	took := time.Since(*began)
	if err != nil {
		return Shot{}, err
	}
	status, err := strconv.Atoi(string(answer[9:min(n, 12)]))
	return Shot{status, took}, err
}

// FormRequest is the text of a POST as a browser on a page of the portal sends it.
func FormRequest(path, from, form string) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\nX-Forwarded-For: %s\r\nSec-Fetch-Site: same-origin\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", path, from, len(form), form)
}
