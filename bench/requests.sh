#!/bin/sh
# Builds for release, fills an installation with requests (SIZE of them, a million unless told) and
# measures register, case, submission and a new calendar over loopback; prints one table.
# Needs wrk and python3 (Debian packages). Figures of a busy machine are worth nothing.
set -eu

cd "$(dirname "$0")/.."
. bench/program
SIZE="${SIZE:-1000000}"
[ -e "$FOLDER/requests-$SIZE" ] || "$PROGRAM" seed --data "$FOLDER/requests-$SIZE" --organs 50 --requests "$SIZE" >&2
exec python3 bench/requests.py "$PROGRAM" "$FOLDER" "$SIZE"
