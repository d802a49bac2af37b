#!/bin/sh
# SPDX-License-Identifier: MIT
# touches.sh BUILD -- what a run touches, by strace: nothing is made outside the output folder, no network, no
# shell, no program but gnuplot and pdftotext; what is private is 0700 and 0600 whatever the umask.
. "$(dirname "$0")/faults.sh"
! has_sanitizer || { echo "skipped: strace and LeakSanitizer do not go together"; exit 0; }
command -v strace >/dev/null || { echo "skipped: no strace"; exit 0; }
: >"$tmp/said"
(umask 0 && strace -f -y -s 300 -o "$tmp/calls" -e trace=open,openat,creat,mkdir,mkdirat,socket,execve,rename,renameat2,link,symlink \
    "$bin" run "$study" -o "$tmp/out" -q 2>"$tmp/said") || complain run "fails"
grep -v ' = -1 ' "$tmp/calls" >"$tmp/done"

# none NAME PATTERN [BUT]: no such call, other than those that match BUT.
none() {
    points=$((points + 1))
    found=$(grep -E "$2" "$tmp/done" | grep -vE "${3:-^$}" | head -n 1)
    [ -z "$found" ] || complain "$1" "$found"
}

none "a file outside is opened for writing" '(O_WRONLY|O_RDWR|O_CREAT|creat\()' "\"$tmp/out|/dev/null|/proc/self"
none "something is made or moved outside" '(mkdir|rename|link)[a-z0-9]*\(' "\"$tmp/out"
none "a temporary file that may be there" 'O_CREAT' 'O_EXCL|/\.lock|/dev/null'
none "network" 'socket\(AF_INET'
none "another program" 'execve\(' '"[^"]*/(reckon|gnuplot[a-z0-9-]*|pdftotext)"'
for folder in 10-clean 20-people 30-results 35-masking 60-attack; do
    points=$((points + 1))
    loose=$(find "$tmp/out/$folder" -perm /077 | head -n 1)
    [ -z "$loose" ] || complain "open to others" "$loose"
done
points=$((points + 1))
loose=$(find "$tmp/out" -perm /022 ! -type l | head -n 1)
[ -z "$loose" ] || complain "others may write" "$loose"
finish touches
