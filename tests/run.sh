#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh BUILD -- every fast test: the unit programs, then the scripts tests/check_*.sh.
# Ends with a line of counts; exit status 1 if anything failed.
cd "$(dirname "$0")/.." || exit 4
build=$(cd "$1" && pwd) || exit 4
export RECKON_BUILD="$build" RECKON_SHARE="$PWD/config"
log=$build/tests.log
passed=0
failed=0
: >"$log"

for test in "$build"/tests/test_*; do
    [ -x "$test" ] || continue
    if "$test" >"$log.one" 2>&1; then word=ok; else word=FAILED; fi
    n=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log.one" | tail -n 1)
    f=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log.one" | tail -n 1)
    [ "$word" = ok ] || [ -n "$f" ] || f=1
    passed=$((passed + ${n:-0}))
    failed=$((failed + ${f:-0}))
    if [ "$word" = FAILED ]; then
        echo "FAILED $test"
        grep -vE '^\[( RUN|       OK|==|--)' "$log.one"
    fi
    cat "$log.one" >>"$log"
done

for script in tests/check_*.sh; do
    if sh "$script" >"$log.one" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $script"
        cat "$log.one"
    fi
    cat "$log.one" >>"$log"
done
rm -f "$log.one"
echo "details in $log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
