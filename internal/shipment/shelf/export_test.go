package shelf

// DashboardQuery is the query of the dashboard, to look at its plan.
func (s *Store) DashboardQuery() string { return s.few }
