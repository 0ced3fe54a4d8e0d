#!/usr/bin/env bash
# Install what the tests of the cookbook, Ray and Spark need: Java, the extras, and Label Studio's own package.
# PYTHON names the interpreter of the tests' virtual environment (default: .venv/bin/python of the checkout).
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v java >/dev/null; then
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  $sudo apt-get update -q
  $sudo apt-get install -y -q --no-install-recommends default-jre-headless
fi
"${PYTHON:-.venv/bin/python}" -m pip install -q -e '.[test,ray,spark,cookbook]' label-studio-sdk
