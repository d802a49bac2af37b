#!/bin/sh
# SPDX-License-Identifier: MIT
# labels.sh BUILD -- labels, titles, names and cells that try to be code: in a shell, gnuplot, a spreadsheet, a
# PDF, XML, a format, a terminal. None runs, and each is printed as it stands.
. "$(dirname "$0")/faults.sh"
mkdir -p "$tmp/evil/data" "$tmp/evil/codes"
cat >"$tmp/evil/study.yaml" <<'END'
reckon: 1
study: evil
title: "`touch owned` $(touch owned) <b>&amp; %s%n"
data: data
period_start: 2022-01-01
cut_off: 2022-12-31
people: clients
rules: {suppress_below: 0, min_percent_base: 0, small_base: 0}
sources:
  clients:
    file: clients.csv
    key: client
    columns:
      client: {from: Client, type: id}
      seen:   {from: Seen, type: date, formats: [dd/mm/yyyy]}
      kind:
        from: Kind
        type: code
        label: "'; system('touch owned')"
        codes: kind
results:
  kinds: {table: kind, title: "\" . system(\"touch owned\") . \""}
END
cat >"$tmp/evil/codes/kind.csv" <<'END'
code,label,aliases
a,=cmd|' /C calc'!A0,A
b,`touch owned`,B
c,(\051 Tj ET endstream,C
d,{/Symbol a}@_^ \n %d%s,D
e,+1+1</text><script>x()</script>,E
END
awk 'BEGIN { print "Client,Seen,Kind"; for (i = 1; i <= 100; i++) printf "=HYPERLINK(\"\"x\"\")%d,01/02/2022,%c\n", i, 65 + i % 5 }' |
    sed 's/^=HYPERLINK(""x"")/C/' >"$tmp/evil/data/clients.csv"
printf '"\033]0;owned\007",99/99/2022,A\n' >>"$tmp/evil/data/clients.csv"
printf '%s\n' '---' 'title: "set output \"owned\"; system(\"touch owned\")"' '---' '' '# `touch owned`' '' \
    '::: {.table #tbl-k result=kinds}' ':::' '' '::: {.figure #fig-k result=kinds chart=bars title="; touch owned"}' ':::' '' 'See @tbl-k and @fig-k.' \
    >"$tmp/evil/report.md"
cd "$tmp" || exit 4
"$bin" run evil -o out >"$tmp/said" 2>&1 || { cat "$tmp/said"; complain run fails; }
points=$((points + 5))
[ -z "$(find "$tmp" -name 'owned*')" ] || complain "code" "it ran"
! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$tmp/said" || complain "terminal" "control characters"
! LC_ALL=C grep -rqE '(^|,)"?[=+@-][^0-9,]' out/40-release/tables || complain "spreadsheet" "$(LC_ALL=C grep -rhE '(^|,)"?[=+@-][^0-9,]' out/40-release/tables | head -n 1)"
! command -v qpdf >/dev/null || qpdf --check out/report.pdf >"$tmp/said" 2>&1 || complain "PDF" "qpdf is not content"
pdftotext -layout out/report.pdf - >"$tmp/text" 2>/dev/null
for label in "=cmd|' /C calc'!A0" '`touch owned`' '(\051 Tj ET endstream' '{/Symbol a}@_^ \n %d%s' \
    '+1+1</text><script>x()</script>'; do
    points=$((points + 1))
    grep -qF -- "$label" "$tmp/text" || complain "$label" "is not printed"
done
for svg in out/50-charts/*.svg; do
    ! grep -q '<script>' "$svg" || complain "$svg" "a label is markup"
done
finish labels
