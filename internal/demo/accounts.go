package demo

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"

	"ecms/portal/internal/account"
	"ecms/portal/internal/fault"
	"ecms/portal/internal/locale"
)

// The addresses of those who can sign in to try the portal out.
const (
	ShipperEmail   = "shipper@example.com"
	ConsigneeEmail = "consignee@example.com"
	StaffEmail     = "staff@example.com"
)

// Person is somebody who can sign in to try the portal out.
type Person struct {
	account.Account
	// Part is what they play: shipper, consignee or staff.
	Part string
	// Password lets them in; it follows from the portal's master key, so that it
	// is no other portal's, and the same at every start.
	Password string
}

// People are the shipper, whose firm sends half of the parcels, the consignee,
// who gets one in eight to all destinations, and one of the carrier's people.
// They have agreed to this version of the terms.
func People(masterKey []byte, terms string) ([]Person, error) {
	people := []Person{
		{Part: "shipper", Account: account.Account{Email: ShipperEmail, Role: account.Customer, Name: shippers()[0].Name, Terms: terms}},
		{Part: "consignee", Account: account.Account{Email: ConsigneeEmail, Role: account.Customer, Name: "Zhou Yutong", Terms: terms}},
		{Part: "staff", Account: account.Account{Email: StaffEmail, Role: account.Staff, Name: "Robin"}},
	}
	if len(masterKey) == 0 {
		return nil, errors.New("demo accounts need the portal's master key")
	}
	for i := range people {
		p := &people[i]
		p.Language = locale.English
		secret, err := hkdf.Key(sha256.New, masterKey, nil, "demo account "+p.Part, 10)
		if err != nil {
			return nil, fmt.Errorf("demo password: %w", err)
		}
		p.Password = grouped(strings.ToLower(base32.StdEncoding.EncodeToString(secret)))
	}
	return people, nil
}

// grouped sets a secret in groups of four, as it is typed with fewer slips.
func grouped(secret string) string {
	var groups []string
	for ; len(secret) > 4; secret = secret[4:] {
		groups = append(groups, secret[:4])
	}
	return strings.Join(append(groups, secret), "-")
}

// Met tells whether all of them have an account.
func Met(ctx context.Context, accounts *account.Store, people []Person) (bool, error) {
	for _, p := range people {
		_, err := accounts.Find(ctx, p.Email)
		if errors.Is(err, fault.ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// Admit makes their accounts; who has one keeps it as it is.
func Admit(ctx context.Context, accounts *account.Store, people []Person) error {
	for _, p := range people {
		_, err := accounts.Make(ctx, p.Account, p.Password)
		if err != nil && !errors.Is(err, account.ErrTaken) {
			return fmt.Errorf("demo account of the %s: %w", p.Part, err)
		}
	}
	return nil
}
