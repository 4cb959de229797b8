#!/usr/bin/env bash
# Makes the demo record in $2, and a site of it beside, unless they are there; answers on
# port $1, with what else is given. ONRECORD names the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
port="$1" record="$2"
shift 2
program="${ONRECORD:-onrecord}"
rm -rf "$record" "$record-site"
mkdir -p "$(dirname "$record")"
"$program" run "$record" src/onrecord/data/demo/reports.jsonl --quiet >/dev/null
case " $* " in
  *' --review '*) ;;
  *) "$program" site "$record" -o "$record-site" --texts ;;
esac
exec "$program" serve "$record" --port "$port" "$@"
