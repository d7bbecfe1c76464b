#!/bin/sh
# Builds for release, fills two installations (50 organs; 20,000 and 100,000 items) and measures the
# program over loopback with wrk, and with a client of its own for single acts; prints one table.
# Needs wrk and python3 (Debian packages). Figures of a busy machine are worth nothing.
set -eu

cd "$(dirname "$0")/.."
command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 2; }
TARGET="${CARGO_TARGET_DIR:-$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')}"
PROGRAM="${PROGRAM:-$TARGET/release/gongkai}"
FOLDER="${FOLDER:-$(mktemp -d)}"

[ -n "${PROGRAM_GIVEN:-}" ] || cargo build --quiet --release --package gongkai
for size in 20000 100000; do
    [ -e "$FOLDER/$size" ] || "$PROGRAM" seed --data "$FOLDER/$size" --organs 50 --items "$size" >&2
done
exec python3 bench/site.py "$PROGRAM" "$FOLDER"
