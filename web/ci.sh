#!/usr/bin/env bash
# The page's own checks: types, unit tests, and the built page in a browser.
# Needs `onrecord` on the path (or ONRECORD), installed with its page. Without npm or
# Chromium the checks that need them are skipped, and it says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

skip() { printf 'page: skipped, %s\n' "$*"; exit 0; }

command -v npm >/dev/null || skip "npm is not installed"
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error || skip "its packages cannot be had"

npm run --silent check
npm test --silent

find_chromium() {
  local name
  for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
    command -v "$name" && return 0
  done
  return 1
}

if ! find_chromium >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } \
    >/dev/null 2>&1 || true
fi
CHROMIUM="$(find_chromium)" || skip "there is no Chromium for the browser tests"
export CHROMIUM
npm run --silent e2e
