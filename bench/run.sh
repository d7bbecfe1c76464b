#!/bin/sh
# Builds for release, measures one core, then checks 10,000 files in one run; prints one table.
# Further files (DOCX, XLSX, PDF) may be given: bench/run.sh FILE…
set -eu

cd "$(dirname "$0")/.."
COUNT="${COUNT:-10000}"
TARGET="$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')"
FOLDER="$(mktemp -d)"
trap 'rm -rf "$FOLDER"' EXIT

cargo build --quiet --release --package gongkai --package gongkai-bench
"$TARGET/release/gongkai-bench" speed "$@"
"$TARGET/release/gongkai-bench" papers
"$TARGET/release/gongkai-bench" annual
"$TARGET/release/gongkai-bench" generate "$FOLDER/reports" "$COUNT"

python3 - "$TARGET/release/gongkai" "$FOLDER/reports" "$COUNT" <<'PYTHON'
import os, resource, subprocess, sys, time

program, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
start = time.monotonic()
ending = subprocess.run(
    [program, "report", "check", "--jsonl", folder], stdout=subprocess.DEVNULL
).returncode
seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if ending not in (0, 1):
    sys.exit(f"gongkai ended with {ending}")

def row(name, result, target):
    print(f"{name:<38} | {result:<12} | {target}")

cores = os.cpu_count() or 1
row(f"{count} files in one run, peak memory", f"{used.ru_maxrss / 1024:.1f} MB", "< 60 MB")
row(f"{count} files in one run, {cores} cores", f"{seconds:.1f} s", "")
row("reports/s/core over that run", f"{count / (used.ru_utime + used.ru_stime):.0f}", ">= 2000")
PYTHON
