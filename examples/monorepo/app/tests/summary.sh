#!/bin/sh
# summary.sh ISOBAR ARCHIVE: the summary of ARCHIVE is what summary.expected says.
set -eu
"$1" summary "$2" | diff -u "$(dirname "$0")/summary.expected" -
