package web

import (
	"github.com/labstack/echo/v4"
)

func (p *Portal) importShipments(c echo.Context) error   { return echo.ErrNotImplemented }
func (p *Portal) importCheckpoints(c echo.Context) error { return echo.ErrNotImplemented }
