package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"ecms/portal/internal/postgres"
)

// health is what the probes read.
type health struct {
	Status     string `json:"status"`
	Database   string `json:"database,omitempty"`
	Migrations string `json:"migrations,omitempty"`
}

// showHealth says that the process answers.
func (p *Portal) showHealth(c echo.Context) error {
	return p.sendJSON(c, http.StatusOK, health{Status: "ok"})
}

// showReadiness says whether people should be sent here: the database answers
// and has the tables that this build needs.
func (p *Portal) showReadiness(c echo.Context) error {
	have, want, err := postgres.Current(c.Request().Context(), p.Web)
	switch {
	case err != nil:
		return p.sendJSON(c, http.StatusServiceUnavailable, health{Status: "unavailable", Database: "away"})
	case have < want:
		return p.sendJSON(c, http.StatusServiceUnavailable, health{Status: "unavailable", Database: "ok", Migrations: "pending"})
	}
	return p.sendJSON(c, http.StatusOK, health{Status: "ok", Database: "ok", Migrations: "current"})
}
