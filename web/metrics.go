package web

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"ecms/portal/internal/postgres"
)

// Metrics counts what the portal does, for Prometheus. Requests are told apart
// by route pattern, never by path, so that the series stay few and no waybill
// ends up in a label.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
	routes   map[string]*routeMetrics // by pattern; "" is "no route"; fixed once served
}

// routeMetrics holds one route's series, looked up by label only once each.
type routeMetrics struct {
	label    string
	latency  prometheus.Observer
	statuses [500]atomic.Pointer[prometheus.Counter] // by status - 100
}

// NewMetrics makes a registry of its own with the Go runtime's figures in it.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "portal_requests_total", Help: "Requests answered, by route pattern, and status."}, []string{"route", "status"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "portal_request_seconds", Help: "Time to the whole answer, by route pattern.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5}}, []string{"route"}),
		jobs: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "portal_job_seconds", Help: "Time of background jobs, by kind and outcome.",
			Buckets: []float64{.001, .01, .1, 1, 10, 60, 600}}, []string{"kind", "outcome"}),
		routes: map[string]*routeMetrics{},
	}
	m.registry.MustRegister(m.requests, m.latency, m.jobs,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// running adds the count of requests being answered.
func (m *Metrics) running(count func() int64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "portal_requests_in_flight", Help: "Requests being answered now."}, func() float64 { return float64(count()) }))
}

// Pool adds the figures of a pool of database connections.
func (m *Metrics) Pool(name string, db *postgres.DB) {
	m.registry.MustRegister(collectors.NewDBStatsCollector(db.DB.DB, name))
}

// Job records one run of a background job.
func (m *Metrics) Job(kind string, took time.Duration, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
}

// Handler serves the figures.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// know prepares the series of a route's pattern; before serving only.
func (m *Metrics) know(pattern, label string) {
	m.routes[pattern] = &routeMetrics{label: label, latency: m.latency.WithLabelValues(label)}
}

// count records one answer and gives the name of its route.
func (m *Metrics) count(pattern string, status int, took time.Duration) string {
	r := m.routes[pattern]
	if r == nil {
		r = m.routes[""]
	}
	r.latency.Observe(took.Seconds())
	slot := &r.statuses[min(max(status-100, 0), len(r.statuses)-1)]
	counter := slot.Load()
	if counter == nil {
		made := m.requests.WithLabelValues(r.label, strconv.Itoa(status))
		slot.Store(&made)
		counter = &made
	}
	(*counter).Inc()
	return r.label
}
