//go:build deps

package main

import (
	_ "github.com/emersion/go-smtp"
	_ "github.com/gorilla/sessions"
	_ "github.com/wneessen/go-mail"
	_ "golang.org/x/crypto/argon2"
)
