#!/bin/sh
# SPDX-License-Identifier: MIT
# check_names.sh -- spellings of organisations are suggested, confirmed by a person, kept for the next extract, and taken back.
. "$(dirname "$0")/support/script.sh"

# How many organisations the services name.
organisations() {
    rm -rf "$tmp/out"
    "$bin/reckon" clean "$tmp/study" -q -o "$tmp/out" >"$tmp/said" 2>&1 || fail "clean: $(cat "$tmp/said")"
    awk -F, 'NR > 1 && $6 != "" {print $6}' "$tmp/out/10-clean/support_services.csv" | sort -u | wc -l
}

"$bin/reckon" init "$tmp/study" --from sample-data/working-well -q >/dev/null 2>&1
list=$tmp/study/codes/organisation.csv
pairs=$tmp/study/codes/organisation.suggestions.csv
listed=$(cksum <"$list")
before=$(organisations)
cp "$tmp/out/10-clean/support_services.csv" "$tmp/before"

# Against the code list that people made: are they one name there, too?
cat >"$tmp/truth.awk" <<'AWK'
function cut(line,   n, at, quoted, c) { # a line of CSV to part[]
    n = 1; split("", part); quoted = 0
    for (at = 1; at <= length(line); at++) {
        c = substr(line, at, 1)
        if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) n++
        else part[n] = part[n] c
    }
}
FNR == NR { cut($0); m = split(part[3], alias, "|"); real[tolower(part[2])] = part[1]
    for (i = 1; i <= m; i++) real[tolower(alias[i])] = part[1]; next }
FNR > 1 { cut($0); all++; right += real[tolower(part[1])] != "" && real[tolower(part[1])] == real[tolower(part[4])] }
END { print right " " all }
AWK
right=$(awk -f "$tmp/truth.awk" config/working-well/codes/organisation.csv "$pairs")
all=${right#* } right=${right% *}
[ "$all" -ge 15 ] && [ "$right" -eq "$all" ] || fail "only $right of $all suggestions are right"

sed -i '2,$s/,$/,yes/' "$pairs"
confirmed=$(organisations)
[ "$confirmed" -eq $((before - all)) ] || fail "$before names, $all confirmed, $confirmed left"
grep -q '"*Osterwik Homes"*,osterwick_homes,another spelling' "$tmp/out/10-clean/issues.csv" ||
    fail "a confirmed spelling is not written down"
"$bin/reckon" unclean "$tmp/study" -o "$tmp/out" >"$tmp/said" 2>&1 || fail "$(cat "$tmp/said")"
[ "$(cksum <"$list")" = "$listed" ] || fail "the list itself was changed"

# Another delivery: what is decided stays, what is new is asked.
gives 0 "$all decided" "$bin/reckon" names "$tmp/study" organisation --data sample-data/working-well-2015-09
[ "$(grep -c ',yes$' "$pairs")" -eq "$all" ] || fail "a decision was lost"
gives 0 " 0 to decide" "$bin/reckon" names "$tmp/study" organisation

# A yes that becomes a no: everything is as it was.
sed -i 's/,yes$/,no/' "$pairs"
[ "$(organisations)" -eq "$before" ] && cmp -s "$tmp/before" "$tmp/out/10-clean/support_services.csv" ||
    fail "taking back leaves traces"
gives 0 " 0 to decide" "$bin/reckon" names "$tmp/study" organisation

# Names that the list lacks: clean stops, names asks, a yes takes them.
grep -v '^jessop_quay_homes,' "$list" >"$tmp/list" && cp "$tmp/list" "$list" && rm "$pairs"
gives 3 'Jessop Quay Homes' "$bin/reckon" clean "$tmp/study" -o "$tmp/out"
gives 0 "to decide" "$bin/reckon" names "$tmp/study" organisation
grep -q '^Jessop Quay Homes,[0-9]*,jessop_quay_homes,Jessop Quay Homes,not in the list: a new name?,$' "$pairs" ||
    fail "a new name is not asked: $(grep Jessop "$pairs")"
sed -i '/^Jessop Quay/s/,$/,yes/' "$pairs"
[ "$(organisations)" -ge $((before - 1)) ] || fail "a confirmed name is not taken"

gives 2 'did you mean "organisation"?' "$bin/reckon" names "$tmp/study" organization
gives 2 "needs a study and the name of a code list" "$bin/reckon" names "$tmp/study"
sed -i '2s/,[a-z]*$/,perhaps/' "$pairs"
gives 3 "confirm: expected yes, no or nothing" "$bin/reckon" check "$tmp/study"
printf 'spelling,code\nA,b\n' >"$pairs"
gives 3 'there is no column "label"' "$bin/reckon" check "$tmp/study"
echo "$before names as drafted, $right of $all suggestions right, $confirmed when confirmed; people made 109"
