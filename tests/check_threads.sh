#!/bin/sh
# SPDX-License-Identifier: MIT
# check_threads.sh -- the same bytes with any number of threads; Ctrl-C leaves the last results,
# nothing else, and says so.
. "$(dirname "$0")/support/script.sh"
study=config/working-well

# Rows for several blocks of every large file. References have more than five digits there.
mkdir "$tmp/small" "$tmp/large" "$tmp/study"
cp -r $study/study.yaml $study/codes "$tmp/study"
sed -i 's/{5}/{5,}/' "$tmp/study/study.yaml"
"$bin/generate" --clients 6000 "$tmp/small"
for threads in 1 2 5; do
    for stage in clean dedupe; do
        "$bin/reckon-$stage" "$tmp/study" --data "$tmp/small" -o "$tmp/j$threads" -q -j $threads \
            2>/dev/null || fail "$stage -j $threads gives status $?"
    done
done
diff -r "$tmp/j1" "$tmp/j2" >/dev/null || fail "two threads write something else"
diff -r "$tmp/j1" "$tmp/j5" >/dev/null || fail "five threads write something else"

for wrong in 0 -1 two 1.5 1000; do
    status=0
    "$bin/reckon-clean" "$tmp/study" --data "$tmp/small" -o "$tmp/w" "-j$wrong" 2>"$tmp/said" || status=$?
    [ $status = 2 ] || fail "-j $wrong gives status $status"
    grep -q 'number of threads' "$tmp/said" || fail "-j $wrong: $(cat "$tmp/said")"
done

"$bin/generate" --clients 60000 "$tmp/large"
cp -r "$tmp/j1" "$tmp/out"
"$bin/reckon-clean" "$tmp/study" --data "$tmp/large" -o "$tmp/out" -q 2>"$tmp/said" &
work=$!
tries=0
until [ -s "$tmp/out/.10-clean.new/assessments.csv" ]; do # it is in the midst of it
    tries=$((tries + 1))
    [ $tries -lt 200 ] || fail "clean has not begun to write"
    sleep 0.02
done
kill -TERM $work # a shell's background jobs are born deaf to SIGINT
status=0
wait $work || status=$?
[ $status = 143 ] || fail "stopped, it gives status $status"
grep -q 'what was unfinished is removed' "$tmp/said" || fail "it does not say so: $(cat "$tmp/said")"
diff -r "$tmp/j1" "$tmp/out" >/dev/null || fail "the last results are not as they were"
[ -z "$(find "$tmp/out" -name '.*' -mindepth 1)" ] || fail "something is left: $(find "$tmp/out" -name '.*')"
if command -v timeout >/dev/null; then
    status=0
    timeout -s INT 0.25 "$bin/reckon-clean" "$tmp/study" --data "$tmp/large" -o "$tmp/out" -q \
        2>"$tmp/said" || status=$?
    if grep -q interrupted "$tmp/said"; then # else it was done before
        [ $status = 124 ] || [ $status = 130 ] || fail "interrupted, it gives status $status"
        diff -r "$tmp/j1" "$tmp/out" >/dev/null || fail "Ctrl-C has changed the last results"
        [ -z "$(find "$tmp/out" -name '.*' -mindepth 1)" ] || fail "Ctrl-C has left something"
    fi
fi
echo "threads: the same bytes with 1, 2 and 5; stopped in the midst, the last results stay"
