#!/bin/sh
# SPDX-License-Identifier: MIT
# folders.sh BUILD ROUNDS -- hostile output folders, full disks, and runs that meet in one folder. What is not
# ours is never written, the folder holds one whole set at the end, and nothing hangs.
. "$(dirname "$0")/faults.sh"
disk=
trap '[ -z "$disk" ] || umount -l "$disk"; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
whole_set "$study" whole

run() {
    timeout -s KILL 60 "$bin" run "$study" -o "$tmp/out" -q >"$tmp/said" 2>&1
}

# ---- names that are taken ----

# placed NAME: what was put in the way has been met; the victim is as it was.
placed() {
    run
    status=$?
    points=$((points + 1))
    case $status in
    0) ;;
    4) [ -s "$tmp/said" ] || complain "$1" "no word" ;;
    *) complain "$1" "status $status" ;;
    esac
    [ "$(cat "$tmp/victim")" = precious ] && [ ! -L "$tmp/victim" ] || complain "$1" "a file outside was changed"
    rm -rf "$tmp/out"
    mkdir "$tmp/out"
}

echo precious >"$tmp/victim"
mkdir "$tmp/out"
for name in 10-clean/clients.csv 40-release/cells.csv findings.pdf run.json .run.json .lock .10-clean.new \
    .30-results .findings.pdf.new; do
    for way in symbolic hard pipe nowhere folder; do
        mkdir -p "$(dirname "$tmp/out/$name")"
        case $way in
        symbolic) ln -s "$tmp/victim" "$tmp/out/$name" ;;
        hard) ln "$tmp/victim" "$tmp/out/$name" ;;
        pipe) mkfifo "$tmp/out/$name" ;;
        nowhere) ln -s /nonexistent/x "$tmp/out/$name" ;;
        folder) mkdir "$tmp/out/$name" ;;
        esac
        placed "$name: $way"
        [ "$rounds" -gt 1 ] || [ "$way" != symbolic ] || break
    done
done
rm -rf "$tmp/out"
echo x >"$tmp/out"
run
[ $? = 4 ] && [ "$(cat "$tmp/out")" = x ] || complain "the folder is a file" "it is not refused"
rm -f "$tmp/out"

# ---- full disks ----

sizes="40 300 900"
[ "$rounds" -gt 1 ] || sizes=300
for size in $sizes; do
    (ulimit -f "$size" && trap '' XFSZ && run)
    judge "no file above $size blocks" $?
    mkdir -p "$tmp/out"
    if mount -t tmpfs -o "size=${size}k" reckon-faults "$tmp/out" 2>/dev/null; then
        disk=$tmp/out
        run
        status=$?
        points=$((points + 1))
        [ "$status" = 4 ] && [ -s "$tmp/said" ] || complain "a disk of $size KiB" "status $status"
        sums "$tmp/out" >"$tmp/after"
        [ -z "$(LC_ALL=C comm -13 "$tmp/whole" "$tmp/after")" ] || complain "a disk of $size KiB" "half-made"
        umount -l "$disk"
        disk=
    fi
    rm -rf "$tmp/out"
done

# ---- several at once ----

another_study "$tmp/another"
whole_set "$tmp/another" old
k=1
while [ "$k" -le "$rounds" ]; do
    pids=
    for which in "$study" "$tmp/another" "$study"; do
        "$bin" run "$which" -o "$tmp/out" -q >>"$tmp/said" 2>&1 &
        pids="$pids $!"
        sleep "0.0$((k * 37 % 10))"
    done
    ended=
    for pid in $pids; do
        wait "$pid"
        ended="$ended $?"
    done
    points=$((points + 1))
    sums "$tmp/out" >"$tmp/after"
    cmp -s "$tmp/whole" "$tmp/after" || cmp -s "$tmp/old" "$tmp/after" || complain "at once, round $k:$ended" "mixed"
    case $ended in *[!\ 04]*) complain "at once, round $k" "statuses$ended" ;; esac
    case $ended in *0*) ;; *) complain "at once, round $k" "nobody was through" ;; esac
    rm -rf "$tmp/out"
    k=$((k + 1))
done
finish folders
