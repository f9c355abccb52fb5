package main

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// letter is a mail with the path of the link in it.
type letter struct{ file, to, link string }

var confirmLink = regexp.MustCompile(`https?://[^\s/]+(/[^\s"<>]*register/confirm/[A-Za-z0-9]+)`)

// readMails reads the folder that the portal writes its mails to. A file that is
// not whole under its final name is an error: the portal promises none.
func readMails(dir string) ([]letter, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil {
		return nil, err
	}
	letters := make([]letter, 0, len(files))
	for _, file := range files {
		l, err := readMail(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		letters = append(letters, l)
	}
	return letters, nil
}

func readMail(file string) (letter, error) {
	f, err := os.Open(file) //nolint:gosec // the rig's own folder
	if err != nil {
		return letter{}, err
	}
	defer func() { _ = f.Close() }()
	m, err := mail.ReadMessage(f)
	if err != nil {
		return letter{}, err
	}
	to, err := mail.ParseAddress(m.Header.Get("To"))
	if err != nil {
		return letter{}, err
	}
	text, err := plainText(m)
	if err != nil {
		return letter{}, err
	}
	found := confirmLink.FindStringSubmatch(text)
	if found == nil {
		return letter{}, errors.New("no link to confirm in it")
	}
	return letter{file, to.Address, found[1]}, nil
}

// plainText is the mail's part for those who see no HTML.
func plainText(m *mail.Message) (string, error) {
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return decoded(m.Body, m.Header.Get("Content-Transfer-Encoding"))
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/plain") {
			return decoded(p, p.Header.Get("Content-Transfer-Encoding"))
		}
	}
}

func decoded(r io.Reader, encoding string) (string, error) {
	if strings.EqualFold(encoding, "quoted-printable") {
		r = quotedprintable.NewReader(r)
	}
	text, err := io.ReadAll(r)
	return string(text), err
}
