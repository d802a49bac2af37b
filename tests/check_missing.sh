#!/bin/sh
# SPDX-License-Identifier: MIT
# check_missing.sh -- kinds of missing are kept apart from the extract to the bases.
. "$(dirname "$0")/support/script.sh"
mkdir "$tmp/study"

cat >"$tmp/study/study.yaml" <<'END'
reckon: 1
study: kinds
title: Kinds of missing
data: data
period_start: 2022-01-01
cut_off: 2022-12-31
missing:
  not_answered: ["", "-"]
  not_asked: Not asked
  declined: [Prefer not to say, Refused]
people: clients
rules: {suppress_below: 0, min_percent_base: 0, small_base: 0}
sources:
  clients:
    file: clients.csv
    key: client
    columns:
      client: {from: Client, type: id}
      seen:   {from: Seen, type: date, formats: [dd/mm/yyyy], private: yes}
      smokes: {from: Smokes, type: code, codes: [Yes, No], label: Do you smoke?, missing: {not_due: [Later]}}
      score:  {from: Score, type: integer, range: [0, 8], label: Score}
      more:   {from: More, type: number, optional: yes}
    duplicates:
      - {code: exact, match: all, keep: first}
      - {code: same, match: [client], keep: first}
results:
  smoking: {table: smokes, show_missing: yes}
  smokers: {table: smokes}
  scores:  {mean: score}
  refused: {count: records, where: smokes_missing is declined, unit: clients}
END
mkdir "$tmp/study/data"
cat >"$tmp/study/data/clients.csv" <<'END'
Client,Seen,Smokes,Score
A1,01/02/2022,Yes,3
A2,01/02/2022,No,Not asked
A3,01/02/2022,Not asked,-
A4,01/02/2022,prefer not to say,Refused
A5,01/02/2022,later,99
A6,01/02/2022,,4
A6,01/02/2022,No,-
END
"$bin/reckon-clean" "$tmp/study" -o "$tmp/out" >"$tmp/said" 2>&1 || fail "clean: $(cat "$tmp/said")"
cat >"$tmp/clients" <<'END'
file_line,client,seen,smokes,score,more,smokes_missing,score_missing,more_missing
clients.csv:2,A1,2022-02-01,yes,3,,,,not_asked
clients.csv:3,A2,2022-02-01,no,,,,not_asked,not_asked
clients.csv:4,A3,2022-02-01,,,,not_asked,not_answered,not_asked
clients.csv:5,A4,2022-02-01,,,,declined,declined,not_asked
clients.csv:6,A5,2022-02-01,,,,not_due,unreadable,not_asked
clients.csv:7,A6,2022-02-01,,4,,not_answered,,not_asked
clients.csv:8,A6,2022-02-01,no,,,,not_answered,not_asked
END
cmp "$tmp/clients" "$tmp/out/10-clean/clients.csv" || fail "$(cat "$tmp/out/10-clean/clients.csv")"

for stage in dedupe tabulate; do
    "$bin/reckon-$stage" "$tmp/study" -o "$tmp/out" >"$tmp/said" 2>&1 || fail "$stage: $(cat "$tmp/said")"
done
# What a duplicate fills in is missing no more.
has "$tmp/out/20-people/people.csv" "clients.csv:7,A6,no,4,,,,not_asked"
cells=$tmp/out/30-results/cells.csv
# Of six people four were asked about smoking and due to be: three answered, one declined.
awk -F, '$1 == "smokers.yes.all.percent" && $9 > 33.3 && $9 < 33.4 && $14 == 3 {found = 1}
    END {exit !found}' "$cells" || fail "smokers: $(grep ^smokers "$cells")"
has "$cells" "smoking.missing.all.count,smoking,missing,all,count,Not answered,All,clients,1,,,,1,4,"
has "$cells" "refused.all.all.count"
awk -F, '$1 == "answered.clients/smokes.all.percent" && $9 == 75 && $14 == 4 {found = 1}
    END {exit !found}' "$cells" || fail "answered: $(grep ^answered "$cells")"
for kind in not_asked declined not_due; do
    awk -F, -v cell="answered.clients/smokes.$kind.count" '$1 == cell && $9 == 1 {found = 1}
        END {exit !found}' "$cells" || fail "$kind: $(grep ^answered "$cells")"
done
bases=$tmp/out/30-results/bases.csv
has "$bases" "clients,4,clients who were asked “Do you smoke?”"
has "$bases" '"smokes asked, and due"'

# A kind that is none, and a name that is taken.
sed -i 's/not_asked: Not/not_aksed: Not/' "$tmp/study/study.yaml"
if "$bin/reckon" check "$tmp/study" >"$tmp/said" 2>&1; then fail "no such kind"; fi
has "$tmp/said" 'study.yaml:9:3: missing: "not_aksed" is none of'
has "$tmp/said" 'did you mean "not_asked"?'
sed -i 's/not_aksed/not_asked/; s/      more:   /      score_missing: /' "$tmp/study/study.yaml"
if "$bin/reckon" check "$tmp/study" >"$tmp/said" 2>&1; then fail "a name that is taken"; fi
has "$tmp/said" 'the column "score_missing" stands for why "score" is missing'

# A change is of those asked at both points: of eight one was not asked at first (A4), one is not yet due at the review (A5).
mkdir -p "$tmp/twice/data"
cat >"$tmp/twice/study.yaml" <<'END'
reckon: 1
study: twice
title: Asked twice
data: data
period_start: 2022-01-01
cut_off: 2022-12-31
rules: {suppress_below: 0, min_percent_base: 0, small_base: 0}
sources:
  clients:
    file: clients.csv
    key: client
    columns:
      client: {from: Client, type: id}
      smokes: {from: Smokes, type: code, codes: [Yes, No], label: Do you smoke?}
      score:  {from: Score, type: integer, range: [0, 8], label: Score}
  reviews:
    file: reviews.csv
    link: client
    columns:
      client: {from: Client, type: id}
      day: {from: Day, type: date, formats: [yyyy-mm-dd]}
      smokes: {from: Smokes, type: code, codes: [Yes, No], label: Do you smoke?}
      score:  {from: Score, type: integer, range: [0, 8], label: Score}
people: clients
missing: {not_answered: [""], not_asked: Not asked, declined: Refused, not_due: Later}
points:
  initial: {source: clients, label: Assessment}
  latest: {source: reviews, take: latest day, label: Review}
results:
  stopped: {change: smokes, from: initial, to: latest, of_interest: yes}
  scored: {change: score, from: initial, to: latest}
  moved: {transitions: smokes, from: initial, to: latest}
END
printf 'Client,Smokes,Score\nA1,Yes,3\nA2,Yes,4\nA3,No,Not asked\nA4,Not asked,5\nA5,Yes,2\nA6,Refused,1\nA7,No,6\nA8,,2\n' \
    >"$tmp/twice/data/clients.csv"
printf 'Client,Day,Smokes,Score\nA1,2022-05-01,No,5\nA2,2022-05-01,Yes,Later\nA3,2022-05-01,No,4\nA4,2022-05-01,No,6\n' \
    >"$tmp/twice/data/reviews.csv"
printf 'A5,2022-05-01,Later,3\nA6,2022-05-01,No,\nA7,2022-05-01,,7\nA8,2022-05-01,Refused,2\n' >>"$tmp/twice/data/reviews.csv"
for stage in clean dedupe tabulate change; do
    "$bin/reckon-$stage" "$tmp/twice" -o "$tmp/twice-out" >"$tmp/said" 2>&1 || fail "$stage: $(cat "$tmp/said")"
done
cells=$tmp/twice-out/30-results/cells.csv bases=$tmp/twice-out/30-results/bases.csv
base() { # CELL N: its base is of so many
    grep -q "^$1,.*,$2,people|" "$cells" || fail "the base of $1 is not $2: $(grep "^$1," "$cells")"
}
base stopped.all.linked_change.points 6
base stopped.all.change.points 3
base stopped.all.each_initial.percent 4
base scored.all.each_initial.mean 6
base scored.all.change.mean 5
has "$bases" 'clients,6,clients who were asked “Do you smoke?” at the assessment and at the review,people||,'
has "$bases" 'clients who answered “Do you smoke?” at the assessment and at the review,people|latest.smokes=asked&smokes=asked|,'
