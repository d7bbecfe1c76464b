#!/bin/sh
# Builds for release, fills two installations (50 organs; 20,000 and 100,000 items) and measures the
# program over loopback with wrk, and with a client of its own for single acts; prints one table.
# Needs wrk and python3 (Debian packages). Figures of a busy machine are worth nothing.
set -eu

cd "$(dirname "$0")/.."
. bench/program
for size in 20000 100000; do
    [ -e "$FOLDER/$size" ] || "$PROGRAM" seed --data "$FOLDER/$size" --organs 50 --items "$size" >&2
done
exec python3 bench/site.py "$PROGRAM" "$FOLDER"
