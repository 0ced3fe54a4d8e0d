#!/usr/bin/env bash
# Install what the browser tests need: Chromium, npm (for axe-core, fetched at test time) and Playwright's client.
# PYTHON names the interpreter of the tests' virtual environment (default: .venv/bin/python of the checkout).
set -euo pipefail
cd "$(dirname "$0")/../.."
missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v npm >/dev/null || missing+=(npm)
if [ ${#missing[@]} -gt 0 ]; then
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -q
  $sudo apt-get install -y -q --no-install-recommends "${missing[@]}"
fi
"${PYTHON:-.venv/bin/python}" -m pip install -q -e '.[test,browser]'
