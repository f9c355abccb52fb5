#!/usr/bin/env bash
# Kills the portal and its PostgreSQL on purpose and shows that nothing
# acknowledged is lost; everything stays on this machine and stops by itself.
set -euo pipefail
cd "$(dirname "$0")"
exec go run ./cmd/faults "$@"
