package account

import "strings"

func common(password string) bool { return strings.Trim(password, password[:1]) == "" }

func fromEmail(password, email string) bool { return EmailKey(password) == EmailKey(email) }
