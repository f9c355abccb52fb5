# The portal's daily commands. Each target installs what it lacks and says so first.
SHELL      := bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS  += --no-print-directory

FUZZTIME ?= 60s
VULNDB   ?=
export VULNDB FUZZTIME

CSS_IN  := static/app.src.css
CSS_OUT := static/app.css
PORTAL  := tmp/portal
STEP    := .ci/step

.PHONY: help run dev build generate test check browser bench fuzz faults clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## build the portal into tmp/portal
	@mkdir -p tmp
	go build -o $(PORTAL) .

run: ## start the portal with its own PostgreSQL and demo data on :8080
	@.ci/need postgres
	mkdir -p tmp
	go build -o $(PORTAL) .
	exec $(PORTAL) serve

dev: ## like run, rebuilding pages and styles as you save them (open the address it prints)
	@.ci/need postgres modules
	exec .ci/dev $(CSS_IN) $(CSS_OUT)

generate: ## write the generated files: *_templ.go and the stylesheet
	@.ci/need modules
	go tool templ generate
	npx --no-install tailwindcss -i $(CSS_IN) -o $(CSS_OUT) --minify 2>&1 | { grep -vE '^(Rebuilding|Done|Browserslist|  npx|  Why)|^$$' || true; }

check: ## everything that can be checked without running the portal
	@.ci/need modules lint
	$(STEP) "generated files are fresh" .ci/fresh
	$(STEP) "gofmt, templ fmt" .ci/format
	$(STEP) "go vet" go vet -tags browser,matrix ./...
	$(STEP) "vet and lint, bench" sh -c 'cd bench && go vet ./... && ../tmp/bin/staticcheck ./... && ../tmp/bin/golangci-lint run ./...'
	$(STEP) "staticcheck" tmp/bin/staticcheck -tags browser,matrix ./...
	$(STEP) "golangci-lint" tmp/bin/golangci-lint run ./...
	$(STEP) "govulncheck" .ci/vulnerabilities
	$(STEP) "house rules in figures" go run ./.ci/measure

test: ## all Go tests with the race detector, then each flow in Chromium with and without script
	@.ci/need postgres gcc chromium fonts
	$(STEP) "go test -race" go test -race -timeout 8m ./... ./.ci/measure
	$(STEP) "go test -race, bench" go -C bench test -race -timeout 5m ./...
	$(STEP) "flows in Chromium" go test -tags browser -count 1 -timeout 5m ./web/browsertest

browser: ## the full matrix in Chromium: languages, widths, themes, axe-core, Nu checker, weights
	@.ci/need postgres chromium fonts modules java
	go test -tags browser,matrix -count 1 -v -timeout 40m ./web/browsertest $(ARGS)

bench: ## the portal against the yardstick, with a million shipments
	@.ci/need postgres wrk
	exec bash bench/run.sh $(ARGS)

faults: ## kill the portal and PostgreSQL in the middle of work and look for losses
	@.ci/need postgres wrk
	exec bash bench/faults.sh $(ARGS)

fuzz: ## run every fuzz test for FUZZTIME (default 60s)
	@.ci/need postgres
	exec .ci/fuzz

clean: ## remove what the other targets built (never the data folder)
	rm -rf tmp node_modules
