#!/bin/sh
# SPDX-License-Identifier: MIT
# check_bad_input.sh -- what users and machines get wrong: each time the exit status, a message that
# says what to do, and the last good outputs as they were.
. "$(dirname "$0")/support/script.sh"
disk=
trap '[ -z "$disk" ] || umount "$disk"; chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
cases=0

sums() {
    (cd "$1" && find . ! -name .lock -type f -exec sha256sum {} + | LC_ALL=C sort)
}

cp -r tests/studies/debt-advice "$tmp/good"
"$bin/reckon" run "$tmp/good" -o "$tmp/out" -q 2>"$tmp/said" || fail "the good study: $(cat "$tmp/said")"
sums "$tmp/out" >"$tmp/before"

# fresh: a copy of the study to spoil, in $s.
fresh() {
    rm -rf "$tmp/study"
    cp -r "$tmp/good" "$tmp/study"
    s=$tmp/study
}

# refuses NAME STATUS TEXT [COMMAND...]: the command (reckon run on the spoilt study) ends so,
# says TEXT on stderr, and leaves the good outputs alone.
refuses() {
    name=$1 want=$2 text=$3
    shift 3
    [ $# -gt 0 ] || set -- "$bin/reckon" run "$s" -o "$tmp/out"
    got=0
    "$@" >"$tmp/printed" 2>"$tmp/said" || got=$?
    [ "$got" = "$want" ] || fail "$name: status $got, not $want: $(cat "$tmp/said")"
    grep -qF -- "$text" "$tmp/said" || fail "$name: no \"$text\" in: $(cat "$tmp/said")"
    sums "$tmp/out" >"$tmp/after"
    diff "$tmp/before" "$tmp/after" >"$tmp/diff" || fail "$name: outputs changed: $(cat "$tmp/diff")"
    [ -z "$(find "$tmp/out" -name '.*.new' -o -name .lock)" ] || fail "$name: left something behind"
    cases=$((cases + 1))
}

# ---- extracts ----

fresh
rm "$s/extracts/followups.csv"
refuses "a missing extract" 4 'no file fits "followups*.csv"'
fresh
sed -i '2s/Opened/Begun/' "$s/extracts/clients.csv"
refuses "a missing column" 3 'clients.csv:2: there is no column "Opened"'
fresh
sed -i '2s/Household/Houshold/' "$s/extracts/clients.csv"
refuses "a renamed column" 3 '(column household): from: [Household, Houshold]'
fresh
sed -i '3s/North Street/Far Away/' "$s/extracts/clients.csv"
refuses "an unknown code" 3 'add the line: far_away,Far Away,'
fresh
sed -i '3s/;Single;/;Commune;/' "$s/extracts/clients.csv"
refuses "an unknown code of a list in study.yaml" 3 'write the list as codes/household.csv with aliases'
fresh
: >"$s/extracts/clients.csv"
refuses "an empty file" 1 'clients.csv:1: the file is empty'
fresh
printf '\211PNG\r\n\032\n\0\0\0\rIHDR' >"$s/extracts/clients.csv"
refuses "a picture" 1 'this is a picture, not a CSV file'
fresh
printf 'PK\003\004\024\0\006\0\010\0' >"$s/extracts/clients.csv"
refuses "a workbook" 1 'save the sheet as CSV UTF-8'
refuses "no folder of extracts" 4 'there is no folder of extracts' \
    "$bin/reckon" run "$tmp/good" --data "$tmp/nowhere" -o "$tmp/out"

# ---- study and narrative ----

fresh
sed -i 's/^cut_off:/cutoff:/' "$s/study.yaml"
refuses "an unknown key" 3 'unknown key "cutoff"; did you mean "cut_off"?'
fresh
sed -i 's/when: opened is missing/when: openned is missing/' "$s/study.yaml"
refuses "an unknown column" 3 'there is no column "openned"; did you mean "opened"?'
fresh
sed -i 's/codes: centre/codes: center/' "$s/study.yaml"
refuses "no such code list" 3 'expected the file'
fresh
sed -i 's/^  clients:/\tclients:/' "$s/study.yaml"
refuses "a tab" 3 'YAML is indented with blanks only'
fresh
sed -i 's/behind.all.latest.percent/behind.all.lates.percent/' "$s/findings.md"
refuses "an unknown cell" 3 'did you mean "behind.all.latest.percent"?'
fresh
sed -i 's/^theme: .*/theme: counsil/' "$s/findings.md"
refuses "an unknown theme" 3 'findings.md:7:8: there is no theme "counsil"; did you mean "council"?'
refuses "no study" 4 'cannot read' "$bin/reckon" run "$tmp/nowhere" -o "$tmp/out"

# ---- command line ----

refuses "no -o" 2 'Add -o OUT' "$bin/reckon" run "$tmp/good"
refuses "an unknown option" 2 'did you mean' "$bin/reckon" run "$tmp/good" -o "$tmp/out" --intern
refuses "an unknown verb" 2 'did you mean "run"?' "$bin/reckon" rnu "$tmp/good" -o "$tmp/out"
refuses "OUT is a file" 4 'is a file' "$bin/reckon" run "$tmp/good" -o "$tmp/before"
refuses "a stage before its turn" 4 '`reckon tabulate` writes it' \
    "$bin/reckon" mask "$tmp/good" -o "$tmp/empty"

# ---- the world ----

fresh
sed -i 's/title="Money confidence in bands"/title="Confidence in bands"/' "$s/findings.md"
mkdir "$tmp/path"
refuses "no gnuplot" 4 'gnuplot is not installed' env PATH="$tmp/path" "$bin/reckon" run "$s" -o "$tmp/out"
printf '#!/bin/sh\nkill -SEGV $$\n' >"$tmp/path/gnuplot"
chmod +x "$tmp/path/gnuplot"
refuses "a gnuplot that crashes" 4 'gnuplot was ended by signal 11' \
    env RECKON_GNUPLOT="$tmp/path/gnuplot" "$bin/reckon" run "$s" -o "$tmp/out"
printf '#!/bin/sh\nexec sleep 60\n' >"$tmp/path/gnuplot"
refuses "a gnuplot that hangs" 4 'gnuplot took too long and was stopped' \
    env RECKON_GNUPLOT="$tmp/path/gnuplot" RECKON_GNUPLOT_SECONDS=1 "$bin/reckon" run "$s" -o "$tmp/out"

if command -v flock >/dev/null; then
    refuses "two runs at once" 4 'another run is working in this folder' \
        flock "$tmp/out/.lock" sh -c '"$1" run "$2" -o "$3"; status=$?; rm -f "$3/.lock"; exit $status' \
        sh "$bin/reckon" "$s" "$tmp/out"
else
    echo "skipped: two runs at once (no flock)"
fi

if [ "$(id -u)" != 0 ]; then
    chmod a-w "$tmp/out"
    refuses "a read-only OUT" 4 'cannot write into this folder'
    chmod u+w "$tmp/out"
elif chmod -R go+rX "$tmp" && setpriv --reuid=65534 --regid=65534 --clear-groups \
    "$bin/reckon" check "$s" >/dev/null 2>&1; then
    refuses "a read-only OUT" 4 'cannot write into this folder' \
        setpriv --reuid=65534 --regid=65534 --clear-groups "$bin/reckon" run "$s" -o "$tmp/out"
else
    echo "skipped: a read-only OUT (nobody else can run it here)"
fi

mkdir "$tmp/disk"
if mount -t tmpfs -o size=64k tmpfs "$tmp/disk" 2>/dev/null; then
    disk=$tmp/disk
    refuses "a full disk" 4 'No space left on device' "$bin/reckon" run "$s" -o "$disk/out"
    [ -z "$(find "$disk/out" -mindepth 1)" ] || fail "a full disk: something half-made is left"
    umount "$disk"
    disk=
else
    echo "skipped: a full disk (no mount here)"
fi

# ---- what is mended by itself ----

# Killed in the middle: the next run does what is left.
"$bin/reckon" run "$s" -o "$tmp/killed" -q 2>/dev/null &
sleep 0.1
kill -9 $! 2>/dev/null || :
wait $! 2>/dev/null || :
"$bin/reckon" run "$s" -o "$tmp/killed" -q 2>/dev/null || fail "after a kill: status $?"
[ -s "$tmp/killed/findings.pdf" ] || fail "after a kill: no PDF"

# Stopped halfway: run.json tells of whole runs alone, and the next run goes on where this one ended.
printf '#!/bin/sh\nexit 1\n' >"$tmp/path/gnuplot"
! RECKON_GNUPLOT="$tmp/path/gnuplot" "$bin/reckon" run "$tmp/good" -o "$tmp/halfway" 2>/dev/null ||
    fail "stopped halfway: status 0"
[ ! -e "$tmp/halfway/run.json" ] || fail "stopped halfway: there is a run.json"
"$bin/reckon" run "$tmp/good" -o "$tmp/halfway" 2>"$tmp/said" || fail "gone on: status $?"
grep -q 'mask *nothing to do' "$tmp/said" || fail "gone on: not where it ended: $(cat "$tmp/said")"
[ ! -e "$tmp/halfway/.run.json" ] || fail "gone on: .run.json is left"
cmp "$tmp/out/run.json" "$tmp/halfway/run.json" || fail "gone on: another run.json"

# Headings without rows are data; a follow-up extract of nobody stops at the narrative's cells.
fresh
printf 'Case,Date,How,Behind,Managing,MC1,MC2,MC3,MC4,Outcome,Repaid\n' >"$s/extracts/followups.csv"
got=0
"$bin/reckon" clean "$s" -o "$tmp/header" >/dev/null 2>"$tmp/said" || got=$?
[ "$got" = 0 ] || fail "headings without rows: status $got"
grep -qF 'there are headings, but no rows' "$tmp/said" || fail "headings without rows: $(cat "$tmp/said")"

echo "$cases kinds of bad input, each refused with the last good outputs left as they were"
