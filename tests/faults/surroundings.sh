#!/bin/sh
# SPDX-License-Identifier: MIT
# surroundings.sh BUILD -- the same bytes in any locale, zone, folder, environment, number of processors and
# order of descriptors; where something needed is taken away, the same bytes or a refusal in words.
. "$(dirname "$0")/faults.sh"
whole_set "$study" whole
top=$(pwd)
mkdir "$tmp/a b"

# in NAME COMMAND...: how to run what follows.
in_() {
    name=$1
    shift
    "$@" "$bin" run "$top/$study" -o "$tmp/out" -q >"$tmp/said" 2>&1
    judge "$name" $?
}

# closed NAME REDIRECTION
closed() {
    eval '"$bin" run "$study" -o "$tmp/out" -q '"$2"
    status=$?
    echo "$1" >"$tmp/said" # nobody can have heard it
    judge "$1" "$status"
}

for locale in C POSIX C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 xx_YY.BOGUS ""; do
    in_ "LC_ALL=$locale" env LC_ALL="$locale"
done
in_ "decimal commas" env -u LC_ALL LC_NUMERIC=de_DE.UTF-8
for zone in UTC Pacific/Kiritimati America/St_Johns Asia/Kathmandu Etc/GMT+12 :bogus ""; do
    in_ "TZ=$zone" env TZ="$zone"
done
in_ "no environment" env -i PATH="$PATH" RECKON_SHARE="$RECKON_SHARE"
in_ "no HOME" env -u HOME
in_ "TMPDIR nowhere" env TMPDIR=/nonexistent
in_ "TMPDIR with blanks" env TMPDIR="$tmp/a b"
in_ "no fonts are configured" env FONTCONFIG_FILE=/nonexistent FONTCONFIG_PATH=/nonexistent
in_ "10 columns" env COLUMNS=10 TERM=dumb
in_ "memory is not empty" env MALLOC_PERTURB_=165
in_ "one processor" taskset -c 0
in_ "addresses as they come" setarch -R
in_ "another folder" env -C /
for mask in 000 077 027; do
    in_ "umask $mask" sh -c "umask $mask; exec \"\$@\"" sh
done
in_ "16 descriptors" sh -c 'ulimit -n 16; exec "$@"' sh
in_ "a small stack" sh -c 'ulimit -s 512; exec "$@"' sh
in_ "children are ignored" sh -c 'trap "" CHLD PIPE HUP; exec "$@"' sh
in_ "a folder that is gone" sh -c 'd=$(mktemp -d); cd "$d"; rmdir "$d"; exec "$@"' sh
if command -v faketime >/dev/null; then
    in_ "1969" faketime "1969-12-31 23:59:58"
    in_ "2038" faketime "2038-01-19 03:14:09"
fi
closed "no standard input" '<&- >"$tmp/said" 2>&1'
closed "no standard output" '>&- 2>"$tmp/said"'
closed "no standard error" '>"$tmp/said" 2>&-'
closed "none of the three" '<&- >&- 2>&-'
finish surroundings
