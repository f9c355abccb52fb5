package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/lib/pq"
)

// ErrUnsure says that the connection broke while a commit was under way: it may
// have happened. Ask by key before trying again.
var ErrUnsure = errors.New("postgres: outcome of the commit is not known")

// Violates says that an error is the breach of the named constraint or unique index.
func Violates(err error, constraint string) bool {
	e := pq.As(err)
	return e != nil && e.Code.Class() == "23" && e.Constraint == constraint
}

// Away says that PostgreSQL is away, frozen, starting or too slow: try later.
func Away(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if e := pq.As(err); e != nil {
		return awayCode(string(e.Code))
	}
	for _, kind := range []error{
		errCut, errBusy, ErrUnsure, driver.ErrBadConn, sql.ErrConnDone,
		io.EOF, io.ErrUnexpectedEOF, context.DeadlineExceeded, net.ErrClosed,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	var n net.Error
	return errors.As(err, &n)
}

// awayCode tells the SQLSTATEs of a server that cannot work now.
func awayCode(code string) bool {
	switch code {
	case "57014", // statement timeout
		"57P01", "57P02", "57P03", // shutting down, crashed, starting
		"55P03",          // lock not available in time
		"25P03", "25006": // idle too long; read only after a failover
		return true
	}
	class := code[:min(2, len(code))]
	return class == "08" || class == "53" || class == "58" // connection; out of something; system error
}
