#!/usr/bin/env bash
# Measures the portal against its yardsticks; everything stays on this machine
# and stops by itself. Arguments go to the program: see `go run ./cmd/bench -h`.
set -euo pipefail
cd "$(dirname "$0")"
exec go run ./cmd/bench "$@"
