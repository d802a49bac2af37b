#!/bin/sh
# SPDX-License-Identifier: MIT
# check_hardened.sh -- the programs are built as README says: at no fixed address, relocations read-only, no
# stack that runs, stack protector, checked copies, and (x86-64) branch targets marked.
. "$(dirname "$0")/support/script.sh"
program=$bin/reckon
! grep -q __asan_init "$program" && ! grep -q __tsan_init "$program" && ! grep -q __gcov_init "$program" ||
    { echo "skipped: sanitizers and counters are built otherwise"; exit 0; }
command -v readelf >/dev/null || { echo "skipped: no readelf"; exit 0; }
for program in "$bin"/reckon*; do
    readelf -hW "$program" | grep -q 'Type: *DYN' || fail "$program: has a fixed address"
    readelf -lW "$program" >"$tmp/segments"
    has "$tmp/segments" GNU_RELRO
    grep 'GNU_STACK' "$tmp/segments" | grep -q 'RW ' || fail "$program: a stack that runs"
    readelf -dW "$program" | grep -qE 'BIND_NOW|FLAGS.*NOW' || fail "$program: relocations stay writable"
    readelf --dyn-syms -W "$program" >"$tmp/symbols"
    has "$tmp/symbols" __stack_chk_fail
    has "$tmp/symbols" _chk@
done
[ "$(uname -m)" != x86_64 ] || readelf -SW "$bin/reckon" | grep -q '.note.gnu.property' || fail "no branch targets"
echo "hardened: $(ls "$bin"/reckon* | wc -l) programs"
