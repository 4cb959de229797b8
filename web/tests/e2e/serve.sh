#!/usr/bin/env bash
# Makes the demo record and answers on port $1. ONRECORD names the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
record="$(mktemp -d)/demo"
program="${ONRECORD:-onrecord}"
"$program" run "$record" src/onrecord/data/demo/reports.jsonl --quiet >/dev/null
exec "$program" serve "$record" --port "$1"
