package web

import (
	"net/http"
	"net/http/pprof"
)

// admin serves what is nobody's business but the operator's, on an address of
// its own: metrics and profiles. Probes are answered here as well.
func (p *Portal) admin(public http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", public)
	mux.Handle("GET /readyz", public)
	mux.Handle("GET /metrics", p.Metrics.Handler())
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}
