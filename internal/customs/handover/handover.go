// Package handover writes the archive by which accepted identities leave for the
// broker: a tar file, sealed by age for the broker's keys alone, with the pictures
// and a manifest of what was given for which parcel. In clear nothing of it ever
// touches a disk.
package handover

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"filippo.io/age"

	"ecms/portal/internal/customs"
	"ecms/portal/internal/shipment"
)

// ErrNobody says that no key was given that could open the archive.
var ErrNobody = errors.New("nobody could open the archive: there is no key of a broker")

// Manifest tells the broker what is in an archive. It is the file manifest.json,
// the last in it.
type Manifest struct {
	Format    string    `json:"format"` // "ecms-handover-1"
	Reference string    `json:"reference"`
	MadeAt    time.Time `json:"made_at"`
	Records   []Record  `json:"records"`
}

// Record is one parcel's consignee.
type Record struct {
	Waybill shipment.Waybill `json:"waybill"`
	// Identity is the reference that the consignee knows.
	Identity   string           `json:"identity"`
	Country    string           `json:"country"` // ISO 3166-1 alpha-2
	AcceptedAt time.Time        `json:"accepted_at"`
	Person     customs.Person   `json:"person"`
	Document   customs.Document `json:"document"`
	Pictures   []Picture        `json:"pictures,omitempty"`
}

// Picture is a file of the archive.
type Picture struct {
	Side   customs.Slot `json:"side"`
	File   string       `json:"file"`
	Bytes  int          `json:"bytes"`
	SHA256 string       `json:"sha256"`
}

// String hides what was given, so that no log can hold it.
func (m Manifest) String() string {
	return fmt.Sprintf("hand-over %s of %d records", m.Reference, len(m.Records))
}

// GoString hides it as well.
func (m Manifest) GoString() string { return m.String() }

const format = "ecms-handover-1"

// Packer makes archives.
type Packer struct {
	// To are the keys that open them.
	To []age.Recipient
	// Open gives what was handed in, having written down that it leaves.
	Open func(ctx context.Context, id customs.ID, reference string) (customs.Handed, error)
	// Now is the clock.
	Now func() time.Time
}

// Pack writes one archive. What is opened is on record even when the archive then fails.
func (p Packer) Pack(ctx context.Context, out io.Writer, reference string, list []customs.Identity) (m Manifest, err error) {
	if len(p.To) == 0 {
		return Manifest{}, ErrNobody
	}
	sealed, err := age.Encrypt(out, p.To...)
	if err != nil {
		return Manifest{}, fmt.Errorf("seal for the broker: %w", err)
	}
	files := &folder{tar: tar.NewWriter(sealed), at: p.Now().UTC().Truncate(time.Second)}
	m = Manifest{Format: format, Reference: reference, MadeAt: files.at}
	for _, i := range list {
		if err := ctx.Err(); err != nil {
			return Manifest{}, err
		}
		r, err := p.record(ctx, files, reference, i)
		if err != nil {
			return Manifest{}, fmt.Errorf("%s: %w", i.Waybill, err)
		}
		m.Records = append(m.Records, r)
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return Manifest{}, err
	}
	if err := files.add("manifest.json", append(text, '\n')); err != nil {
		return Manifest{}, err
	}
	return m, errors.Join(files.tar.Close(), sealed.Close())
}

// record puts one identity's pictures into the archive and tells of it.
func (p Packer) record(ctx context.Context, files *folder, reference string, i customs.Identity) (Record, error) {
	h, err := p.Open(ctx, i.ID, reference)
	if err != nil {
		return Record{}, err
	}
	r := Record{
		Waybill: h.Waybill, Identity: h.Reference, Country: h.Country, AcceptedAt: h.DecidedAt.UTC(), Person: h.Person, Document: h.Document,
	}
	for _, shot := range h.Pictures {
		sum := sha256.Sum256(shot.JPEG)
		name := "pictures/" + url.PathEscape(string(h.Waybill)) + "-" + string(shot.Slot) + ".jpg"
		if err := files.add(name, shot.JPEG); err != nil {
			return Record{}, err
		}
		r.Pictures = append(r.Pictures, Picture{Side: shot.Slot, File: name, Bytes: len(shot.JPEG), SHA256: hex.EncodeToString(sum[:])})
	}
	return r, nil
}

// folder is the inside of an archive.
type folder struct {
	tar *tar.Writer
	at  time.Time
}

func (f *folder) add(name string, content []byte) error {
	head := &tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(content)), Mode: 0o600, ModTime: f.at}
	if err := f.tar.WriteHeader(head); err != nil {
		return err
	}
	_, err := f.tar.Write(content)
	return err
}
