package main

import (
	"context"
	"encoding/base64"
	"errors"
	"path/filepath"
	"time"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/document"
	"ecms/portal/internal/postgres"
	"ecms/portal/internal/seal"
	"ecms/portal/internal/shipment"
)

// vault is the portal's store of identities opened from outside, with the master
// keys that are given to it.
type vault struct {
	*customs.Store
	db    *postgres.DB
	files *document.Files
	ring  *seal.Ring
	dir   string // of the sealed documents
}

// openVault opens the store on a database and a portal's data folder; keys are in
// base64, the one in force first.
func openVault(ctx context.Context, url, data string, keys ...string) (*vault, error) {
	raw := make([][]byte, len(keys))
	for i, key := range keys {
		var err error
		if raw[i], err = base64.StdEncoding.DecodeString(key); err != nil {
			return nil, err
		}
	}
	v := &vault{dir: filepath.Join(data, "documents")}
	var err error
	if v.ring, err = seal.NewRing(raw[0], raw[1:]...); err != nil {
		return nil, err
	}
	if v.db, err = postgres.Open(ctx, postgres.Options{URL: url, Pool: postgres.Work}); err != nil {
		return nil, err
	}
	if v.files, err = document.OpenFiles(v.dir); err != nil {
		return nil, errors.Join(err, v.db.Close())
	}
	v.Store = customs.NewStore(v.db, v.db, shipment.NewStore(v.db, v.db, time.Now), v.files, v.ring, time.Now)
	return v, nil
}

// close lets the database and the folder go.
func (v *vault) close() { _ = errors.Join(v.db.Close(), v.files.Close()) }

// reader is how the rig looks into what is sealed.
func reader() customs.By { return customs.By{Role: customs.Portal, Channel: "rig"} }
