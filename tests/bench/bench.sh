#!/bin/sh
# SPDX-License-Identifier: MIT
# bench.sh [SIZE...]: measures reckon and whatever other programs are here on the same work, side by
# side, and prints medians with ratios, and how reckon's cost grows. `make bench` calls it. Sizes are
# clients (default 10000 30000 100000); RUNS, WORKS, BIN and WORKDIR may be given. What is compared is
# processor time, user and system, since others may be at work on the machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export BIN="${BIN:-$here/../../build/bin}" RECKON_SHARE="${RECKON_SHARE:-$here/../../config}"
work=${WORKDIR:-${TMPDIR:-/tmp}/reckon-bench}
runs=${RUNS:-5}
works=${WORKS:-w1 w2 w3 w4}
sizes=${*:-10000 30000 100000}
results=$work/runs.csv
[ -x "$BIN/bench-generate" ] || { echo "bench: $BIN/bench-generate is not there; \`make bench\` builds it" >&2; exit 2; }
rm -rf "$work/out"
mkdir -p "$work"
echo run,work,size,program,seconds,wall,kb >"$results"

# The other programs that are here, and how each is called.
python=
for try in python3 /usr/bin/python3; do
    "$try" -c 'import pandas' 2>/dev/null && python=$try && break
done
# node's modules from where npm keeps those for everybody, unless NODE_PATH says where.
[ -n "${NODE_PATH:-}" ] || NODE_PATH=$(npm root -g 2>/dev/null || true)
export NODE_PATH
has_module() { node -e "require('$1')" >/dev/null 2>&1; }
programs=reckon
[ -z "$python" ] || programs="$programs pandas"
! Rscript -e 'library(data.table)' >/dev/null 2>&1 || programs="$programs data.table"
! has_module @duckdb/node-api || programs="$programs duckdb"
! has_module nodejs-polars || programs="$programs polars"

command_of() {
    case $1 in
    reckon) echo "$here/reckon.sh" ;;
    pandas) echo "$python -W ignore $here/peers/in_pandas.py" ;;
    duckdb) echo "node $here/peers/in_duckdb.js" ;;
    polars) echo "node $here/peers/in_polars.js" ;;
    data.table) echo "Rscript $here/peers/in_data_table.R" ;;
    esac
}

# once PROGRAM WORK SIZE IN: a line of runs.csv, unless it is to warm up.
count=0
once() {
    out=$work/out/$1/$2-$3
    mkdir -p "$out"
    # shellcheck disable=SC2046
    if ! /usr/bin/time -o "$work/time" -f '%U %S %e %M' $(command_of "$1") "$2" "$4" "$out" >/dev/null 2>"$out/said"; then
        echo "bench: $1 fails at $2 with $3 clients: $(tail -n 1 "$out/said")" >&2
        return
    fi
    [ -z "$warm" ] || return 0
    count=$((count + 1))
    awk -v run=$count -v what="$2,$3,$1" '{printf "%d,%s,%.3f,%.2f,%d\n", run, what, $1 + $2, $3, $4}' \
        "$work/time" >>"$results"
}

for size in $sizes; do
    raw=$work/raw/$size
    if [ ! -f "$raw/services.csv" ]; then
        mkdir -p "$raw"
        "$BIN/bench-generate" "$size" "$here/study" "$raw"
    fi
    # The cleaned extracts that w2 to w4 begin with; and 20-people of them, which a study makes once.
    warm=yes
    export ADAPT=yes
    once reckon w1 "$size" "$raw"
    clean=$work/out/reckon/w1-$size
    for what in w2 w3 w4; do once reckon $what "$size" "$clean"; done
    warm=
    export ADAPT=no
    round=0
    while [ $round -lt "$runs" ]; do
        for what in $works; do
            for program in $programs; do
                if [ "$what" = w1 ]; then from=$raw; else from=$clean; fi
                once "$program" "$what" "$size" "$from"
            done
        done
        round=$((round + 1))
    done
done

sort -t, -k2,2 -k3,3n -k4,4 -k5,5n "$results" | awk -F, -v programs="$programs" '
    $1 == "run" {next}
    {key = $2 SUBSEP $3 SUBSEP $4; n[key]++; seconds[key, n[key]] = $5; if ($7 > kb[key]) kb[key] = $7
     if (!(($2, $3) in seen)) {seen[$2, $3] = 1; order[++rows] = $2 SUBSEP $3}}
    function median(key) {m = n[key]; return m ? (seconds[key, int((m + 1) / 2)] + seconds[key, int((m + 2) / 2)]) / 2 : 0}
    END {
        split(programs, name, " ")
        printf "%-5s %9s", "work", "clients"
        for (i = 1; i in name; i++) printf " %11s", name[i]
        printf "  %s\n", "reckon to the best other, memory"
        for (r = 1; r <= rows; r++) {
            split(order[r], at, SUBSEP); best = 0
            printf "%-5s %9d", at[1], at[2]
            for (i = 1; i in name; i++) {
                value = median(order[r] SUBSEP name[i]); printf " %9.3f s", value
                if (i > 1 && value && (!best || value < best)) best = value
            }
            own = median(order[r] SUBSEP "reckon")
            if (best) printf "  1/%.1f", best / own
            printf "  %.0f MB\n", kb[order[r] SUBSEP "reckon"] / 1024
            if (at[2] < 10000) continue # what a process takes to start is most of it
            x = log(at[2]); y = log(own > 0.001 ? own : 0.001)
            k[at[1]]++; sx[at[1]] += x; sy[at[1]] += y; sxx[at[1]] += x * x; sxy[at[1]] += x * y
        }
        for (w in k) if (k[w] > 1)
            fitted[w] = (k[w] * sxy[w] - sx[w] * sy[w]) / (k[w] * sxx[w] - sx[w] * sx[w])
        for (i = 1; i <= 4; i++) if (("w" i) in fitted)
            printf "w%d grows as clients to the power %.2f\n", i, fitted["w" i]
    }'
echo "each run: $results"
largest=${sizes##* }
awk -F, -v size="$largest" 'NR == 1 {print "run,work,size,program,milliseconds"}
    $3 == size {printf "%s,%s,%s,%s,%.0f\n", $1, $2, $3, $4, 1000 * $5}' "$results" >"$work/largest.csv"
if "$BIN/reckon" run "$here/report" --data "$work" -o "$work/report" -q; then
    echo "chart and table: $work/report/bench.pdf"
fi
