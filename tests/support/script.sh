# SPDX-License-Identifier: MIT
# script.sh -- how a check begins: `. "$(dirname "$0")/support/script.sh"`. It stands in the root of the project
# ($top), knows the programs ($bin), and has a folder of its own ($tmp) that goes when it ends.
set -eu
cd "$(dirname "$0")/.."
top=$(pwd)
build=${RECKON_BUILD:-$top/build}
bin=$build/bin
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail() {
    echo "FAIL: $*"
    exit 1
}

# has FILE TEXT
has() {
    grep -qF -- "$2" "$1" || fail "$1 has no \"$2\": $(cat "$1")"
}

# status WANTED COMMAND...: what it prints stays in $tmp/said.
status() {
    want=$1 got=0
    shift
    "$@" >"$tmp/said" 2>&1 || got=$?
    [ "$got" = "$want" ] || fail "$*: status $got, not $want: $(tail -n 5 "$tmp/said")"
}

# gives STATUS WORDS COMMAND...: the status, and words in what it prints.
gives() {
    want=$1 words=$2
    shift 2
    status "$want" "$@"
    grep -qF -- "$words" "$tmp/said" || fail "$* does not say \"$words\": $(tail -n 5 "$tmp/said")"
}
