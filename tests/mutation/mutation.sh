#!/bin/sh
# SPDX-License-Identifier: MIT
# mutation.sh BUILD [EACH] -- the mutation proof: EACH (default 4) records are changed for every line of
# mutations.csv, one at a time, and the sample runs again. Held against each other, every time:
#
#   cells      those that moved against those whose results depend on the changed column, by the study's text
#   sentences  every printed number against its new cell (reckon verify: numbers that stay are frozen)
#   pages      a page changes only where a cell that it prints, or a chart on it, has moved
#   bars       a chart changes when cells that it draws move, and only then
#   alt texts  a chart's description changes with the numbers that it draws, and only then
#
# Ends with counts; exit status 1 when a number is frozen or moved alone.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.." || exit 4
reckon=$(cd "$1" && pwd)/bin/reckon
each=${2:-4}
only=${3:-}
study=config/working-well
data=sample-data/working-well
tmp=$(mktemp -d) || exit 4
trap 'rm -rf "$tmp"' EXIT
export RECKON_SHARE=${RECKON_SHARE:-$PWD/config}
tried=0 moved=0 idle=0 wrong=0 cells=0 texts=0 charts=0

bad() {
    echo "WRONG: $*"
    wrong=$((wrong + 1))
}

# results COLUMN: the results whose definition, or that of anything they are made of, names the column.
results() {
    awk -v names="$1" '
        function words(text, word) { # is one of the tainted names a word of the text?
            for (word in tainted)
                if (match(text, "(^|[^a-z0-9_])" word "([^a-z0-9_]|$)")) return 1
            return 0
        }
        BEGIN { n = split(names, list, " "); for (i = 1; i <= n; i++) tainted[list[i]] = 1 }
        /^[a-z]/ { section = $1 }
        /^ +effect: \[/ && section == "dedupe:" { effect = $0; sub(/.*\[/, "", effect) }
        section ~ /^(derive|points|results):/ && /^ +[a-z0-9_]+:/ {
            match($0, /^ +/); indent = RLENGTH
            deep = section == "derive:" ? 4 : 2
            if (indent == deep) { name = $1; sub(/:$/, "", name); count++; key[count] = name; in_section[count] = section }
        }
        section ~ /^(derive|points|results):/ && count { text[count] = text[count] " " $0 }
        END {
            for (again = 1; again;) {
                again = 0
                for (i = 1; i <= count; i++) {
                    body = text[i]; sub("^ *" key[i] ":", "", body)
                    if (!(i in hit) && words(body)) { hit[i] = 1; again = 1; tainted[key[i]] = 1 }
                }
            }
            for (i = 1; i <= count; i++) if (i in hit && in_section[i] == "results:") print key[i]
            for (i = 1; i <= count; i++) if (i in hit && in_section[i] == "points:") made = 1
            print "answered" # the results made by themselves
            if (made) print "points"
            if (effect != "" && words(effect)) print "effect"
        }' "$study/study.yaml" | sort -u
}

# mutate FILE HEADING FROM TO NTH: that cell of the NTH record that has FROM becomes TO.
mutate() {
    awk -v heading="$2" -v from="$3" -v to="$4" -v nth="$5" '
        !at && index($0, heading) {
            separator = index($0, ";") ? ";" : ","
            n = split($0, heads, separator)
            for (i = 1; i <= n; i++) { sub(/^\357\273\277/, "", heads[i]); sub(/\r$/, "", heads[i]); if (heads[i] == heading) at = i }
            print; next
        }
        at && !done && split($0, cells, separator) >= at && cells[at] == from {
            before = ""
            for (i = 1; i < at; i++) before = before cells[i] separator
            if (!index(before, "\"") && ++seen == nth) {
                $0 = before to substr($0, length(before from) + 1)
                done = 1
            }
        }
        { print }
        END { exit !done }' "$data/$1" >"$tmp/data/$1"
}

run() { # OUT
    "$reckon" run "$study" --data "$tmp/data" -o "$1" --trace -q 2>"$tmp/said"
}

# sealed OUT: what the reports print, a line "REPORT CELL TEXT" each time a cell is printed.
sealed() {
    for pdf in "$1"/*.pdf; do
        pdfdetach -savefile seal.csv -o "$tmp/seal" "$pdf"
        sed -n "s|^cell,|$(basename "$pdf" .pdf),|p" "$tmp/seal"
    done
}

# drawn OUT FIGURE: the words of a chart; described OUT FIGURE: its alt text.
drawn() { sed -n 's/^text .* \("[^"]*"\)$/\1/p' "$1/50-charts/$2.draw"; }
described() { sed -n 's/.*<desc[^>]*>\(.*\)<\/desc>.*/\1/p' "$1/50-charts/$2.svg"; }

# figures: "FIGURE RESULT..." of every chart that is made of cells.
figures() {
    for file in "$study"/*.md; do
        report=$(basename "$file" .md)
        sed -n 's/^::: *{.figure #\(fig-[a-z-]*\) \(.*\)/\1 \2/p' "$file" | while read -r label rest; do
            case $rest in *chart=diagram* | *chart=flow*) continue ;; esac
            list=$(echo " $rest" | sed -n 's/.* result="\([^"]*\)".*/\1/p')
            [ -n "$list" ] || list=$(echo " $rest" | sed -n 's/.* result=\([a-z0-9_]*\).*/\1/p')
            echo "$report.$label $list"
        done
    done
}

compare_cells() { # FILE COLUMN
    results "$2" >"$tmp/depend"
    comm -3 "$tmp/base/30-results/cells.sorted" "$tmp/out/30-results/cells.sorted" | tr -d '\t' |
        cut -d, -f1 | sort -u >"$tmp/moved"
    cells=$((cells + $(wc -l <"$tmp/moved")))
    cut -d. -f1 "$tmp/moved" | sort -u >"$tmp/moved_results"
    alone=$(comm -13 "$tmp/depend" "$tmp/moved_results" | tr '\n' ' ')
    [ -z "$alone" ] || bad "$1 $2: moved without depending on it: $alone"
}

compare_print() { # NAME
    for pdf in "$tmp"/out/*.pdf; do
        "$reckon" verify "$pdf" -q >"$tmp/verdict" 2>&1 || bad "$1: frozen: $(head -n 2 "$tmp/verdict")"
    done
    sealed "$tmp/out" >"$tmp/printed"
    diff "$tmp/base.printed" "$tmp/printed" | sed -n 's/^[<>] [a-z-]*,\([^,]*\),.*/\1/p' | sort -u >"$tmp/retold"
    texts=$((texts + $(wc -l <"$tmp/retold")))
    comm -3 "$tmp/base/40-release/cells.sorted" "$tmp/out/40-release/cells.sorted" | tr -d '\t' |
        cut -d, -f1 | cut -d. -f1 | sort -u >"$tmp/released"
    alone=$(cut -d. -f1 "$tmp/retold" | sort -u | comm -23 - "$tmp/released" | tr '\n' ' ')
    [ -z "$alone" ] || bad "$1: printed anew without a cell that moved: $alone"
}

compare_charts() { # NAME
    while read -r figure list; do
        touched=no
        for result in $list; do grep -qx "$result" "$tmp/released" && touched=yes; done
        drawn "$tmp/base" "$figure" >"$tmp/a"
        drawn "$tmp/out" "$figure" >"$tmp/b"
        numbers=same
        cmp -s "$tmp/a" "$tmp/b" || numbers=moved
        if cmp -s "$tmp/base/50-charts/$figure.draw" "$tmp/out/50-charts/$figure.draw"; then
            [ $numbers = same ] || bad "$1: $figure: bars are frozen"
        else
            charts=$((charts + 1))
            [ $touched = yes ] || bad "$1: $figure: bars moved without a cell"
        fi
        described "$tmp/base" "$figure" >"$tmp/c"
        described "$tmp/out" "$figure" >"$tmp/d"
        if ! cmp -s "$tmp/c" "$tmp/d"; then
            [ $touched = yes ] || bad "$1: $figure: its description moved without a cell"
        elif [ $numbers = moved ]; then
            bad "$1: $figure: its description is frozen"
        fi
    done <"$tmp/figures"
}

sort_cells() {
    for folder in 30-results 40-release; do sort "$1/$folder/cells.csv" >"$1/$folder/cells.sorted"; done
}

mkdir "$tmp/data"
cp "$data"/*.csv "$tmp/data"
run "$tmp/base" || { cat "$tmp/said"; exit 1; }
sort_cells "$tmp/base"
sealed "$tmp/base" >"$tmp/base.printed"
figures >"$tmp/figures"
[ "$(wc -l <"$tmp/figures")" -gt 5 ] || bad "no charts are found"

tail -n +2 tests/mutation/mutations.csv >"$tmp/list"
while IFS=, read -r file heading column from to; do
    [ -z "$only" ] || [ "$only" = "$column" ] || continue
    nth=1
    for i in $(seq 1 "$each"); do
        name="$file $heading $from -> $to, record $nth"
        mutate "$file" "$heading" "$from" "$to" "$nth" || {
            [ "$nth" -gt 1 ] || bad "$name: no such record"
            break
        }
        tried=$((tried + 1))
        rm -rf "$tmp/out"
        if run "$tmp/out"; then
            sort_cells "$tmp/out"
            compare_cells "$file" "$column"
            compare_print "$name"
            compare_charts "$name"
            if [ -s "$tmp/moved" ]; then moved=$((moved + 1)); else idle=$((idle + 1)); fi
        elif grep -q '\[claim\]\|do not support the claim' "$tmp/said"; then
            moved=$((moved + 1)) # the words no longer hold, and the report is not made
        else
            bad "$name: $(grep -v warning "$tmp/said" | head -n 2)"
        fi
        cp "$data/$file" "$tmp/data/$file"
        nth=$((nth + 2 + i))
    done
done <"$tmp/list"

echo "$tried mutations: $moved moved cells ($cells cells in all), $idle of records that no result uses;" \
    "$texts printed cells, $charts charts moved with them; frozen numbers or numbers that moved alone: $wrong"
[ "$wrong" -eq 0 ] && [ "$moved" -gt 0 ]
