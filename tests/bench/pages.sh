#!/bin/sh
# SPDX-License-Identifier: MIT
# pages.sh: pages a second, from data to finished PDF: the sample's three reports by reckon, and reports of like content (the same
# tables, charts and words, of people who are clean already) by R Markdown with LaTeX and by PSPP where these are here.
# Medians of RUNS=5, of processor time, user and system, with that of programs called (gnuplot, pdftotext, LaTeX). `make bench` calls it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
bin=${BIN:-$root/build/bin}
export RECKON_SHARE="${RECKON_SHARE:-$root/config}"
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v pdfinfo >/dev/null || { echo "pages: pdfinfo is not here (apt-get install poppler-utils)"; exit 4; }

pages_of() {
    for pdf in "$@"; do pdfinfo "$pdf" | sed -n 's/^Pages: *//p'; done | awk '{n += $1} END {print n}'
}

# measured NAME COMMAND...: a line of processor and wall seconds.
measured() {
    name=$1
    shift
    if ! /usr/bin/time -o "$work/time" -f '%U %S %e %M' "$@" >/dev/null 2>"$work/said"; then
        echo "pages: $name fails: $(tail -n 1 "$work/said")" >&2
        exit 1
    fi
    awk -v name="$name" '{printf "%s;%.2f;%.2f;%d\n", name, $1 + $2, $3, $4}' "$work/time" >>"$work/runs.csv"
}

# told NAME PDF...: its median.
told() {
    name=$1
    shift
    grep "^$name;" "$work/runs.csv" | sort -t";" -k2,2n | awk -F";" -v name="$name" -v pages="$(pages_of "$@")" '
        {seconds[NR] = $2; wall[NR] = $3; if ($4 > kb) kb = $4}
        END {s = seconds[int((NR + 1) / 2)]; for (i in wall) if (!least || wall[i] < least) least = wall[i]
             printf "%-32s %3d pages %7.2f s %7.0f pages a second, %4.0f MB; by the clock %.2f s at best\n", name, pages, s, pages / s, kb / 1024, least}'
}

study=$root/config/working-well
i=0
while [ $i -lt "$runs" ]; do
    rm -rf "$work/out"
    measured "reckon, from extracts" "$bin/reckon" run "$study" -o "$work/out" -q
    measured "reckon, charts and pages" sh -c '"$0" chart "$1" -o "$2" -q && "$0" report "$1" -o "$2" -q' "$bin/reckon" "$study" "$work/out"
    if Rscript -e 'library(rmarkdown); library(data.table); library(ggplot2)' >/dev/null 2>&1 && command -v pdflatex >/dev/null; then
        cp "$here/peers/pages.Rmd" "$work/markdown.Rmd"
        measured "R Markdown and LaTeX" Rscript -e "rmarkdown::render('$work/markdown.Rmd', params = list(
            people = '$work/out/20-people', prose = '$study/interim-evaluation.md'), quiet = TRUE)"
    fi
    if command -v pspp >/dev/null; then
        measured "PSPP, without words" "$here/peers/pages_pspp.sh" "$work/out/20-people" "$work/pspp.pdf"
    fi
    i=$((i + 1))
done
told "reckon, from extracts" "$work"/out/*.pdf
told "reckon, charts and pages" "$work"/out/*.pdf
[ ! -f "$work/markdown.pdf" ] || told "R Markdown and LaTeX" "$work/markdown.pdf"
[ ! -f "$work/pspp.pdf" ] || told "PSPP, without words" "$work/pspp.pdf"
