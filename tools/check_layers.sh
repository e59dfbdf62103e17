#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The direction check: every #include under src/ must follow the table of rooms in tools/layers.txt.
#   tools/check_layers.sh [ROOT]    ROOT holds src/ and tools/layers.txt; default: the folder above this script
# Prints one line per include that breaks the table, as file:line. Exit code 0 when all follow it, 1 when not.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

find src -type f \( -name '*.h' -o -name '*.cc' -o -name '*.def' \) | LC_ALL=C sort | awk '
  function complain(what) { printf "%s:%d: %s\n", file, number + !number, what; broken++ }

  function check(line,    target, other) {
    if (line !~ /^[ \t]*#[ \t]*include[ \t]*["<]/) return
    target = line
    sub(/^[^"<]*["<]/, "", target)
    sub(/[">].*/, "", target)
    other = target
    sub(/\/.*/, "", other)
    if (line ~ /</ && !(other in row && target ~ /\//)) return  # a header of the system or of another project
    includes++
    if (target !~ /\//) complain("\"" target "\" must be written from src/: \"" room "/" target "\"")
    else if (!(other in row)) complain("\"" target "\": no room \"" other "\" in tools/layers.txt")
    else if (other != room && !((room, other) in may))
      complain("room " room " may not include room " other " (\"" target "\"); see tools/layers.txt")
  }

  # The table. Rooms come in order, so the rooms named in a row already have theirs.
  FILENAME == "tools/layers.txt" {
    if ($0 !~ /^[a-z]/) next
    row[$1] = 1
    for (i = 2; i <= NF; i++) {
      if (!($i in row) || $i == $1) {
        print FILENAME ":" FNR ": room " $i " must come before room " $1
        broken++
      }
      may[$1, $i] = 1
      for (pair in may) {
        split(pair, p, SUBSEP)
        if (p[1] == $i) reached[p[2]] = 1
      }
      for (name in reached) may[$1, name] = 1
      split("", reached)
    }
    next
  }

  {
    file = $0
    number = 0
    split(file, part, "/")
    room = part[2]
    files++
    if (!(room in row)) complain("no room \"" room "\" in tools/layers.txt")
    else while ((getline line < file) > 0) { number++; check(line) }
    close(file)
  }

  END {
    printf "%d includes in %d files checked against the table of rooms, %d faults\n", includes, files, broken
    exit broken > 0
  }
' tools/layers.txt -
