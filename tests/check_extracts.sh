#!/bin/sh
# SPDX-License-Identifier: MIT
# check_extracts.sh -- workbooks, .sav and CSV files flow through one path; rows set aside are mended
# by hand and read back.
. "$(dirname "$0")/support/script.sh"
study=$tmp/study
cp -r tests/studies/drop-in "$study"
clean=$tmp/out/10-clean

run() {
    "$bin/reckon-clean" "$study" -o "$tmp/out" >"$tmp/said" 2>&1
}

# ---- a workbook of two sheets, a file of SPSS ----

run || fail "clean: $(cat "$tmp/said")"
cat >"$tmp/clients" <<'END'
file_line,client,born,joined,centre,owes
clients.xlsx!2022 first:4,00001,1980-02-29,2022-01-10,ash_lane,120.5
clients.xlsx!2022 first:5,00002,1975-12-01,2022-02-01,ash_lane,0.3
clients.xlsx!2022 first:6,00003,1990-03-01,2022-03-15,ash_lane,
clients.xlsx!2022 second:4,00004,1999-09-09,2022-07-01,mill_road,
clients.xlsx!2022 second:5,00005,,2022-08-01,mill_road,1000
END
cmp "$tmp/clients" "$clean/clients.csv" || fail "the workbook: $(cat "$clean/clients.csv")"
has "$tmp/said" "clients.xlsx!2022 first:6:5: warning: owes \"#NOT_CALCULATED!\" is a spreadsheet's error"
has "$tmp/said" "formula that was never calculated"
has "$clean/answers.csv" "answers.sav:2,00001,2022-03-01,good,8,long long"
has "$clean/answers.csv" "answers.sav:3,00002,2022-04-30,bad,0,café"
has "$clean/answers.csv" "answers.sav:4,00003,,,,"
has "$tmp/out/run.json" '"clients.xlsx"'
has "$tmp/out/run.json" '"answers.sav"'

# Without "sheet" the run stops, for two sheets have the headings, and says what to write.
sed -i '/sheet:/d' "$study/study.yaml"
if run; then fail "two sheets will do"; fi
has "$tmp/said" 'sheet: ["Read me", "2022 first", "2022 second"]'
sed -i 's/    file: clients.xlsx/&\n    sheet: 2022 frist/' "$study/study.yaml"
if run; then fail "no such sheet"; fi
has "$tmp/said" 'no sheet "2022 frist"; did you mean "2022 first"?'
sed -i 's/2022 frist/"20*"/' "$study/study.yaml"

# ---- mended by hand ----

run
has "$tmp/said" "5 read, 3 kept, 2 set aside"
mkdir "$study/extracts/mended"
# One row is mended under its headings, as a spreadsheet might save it; one in its raw text.
awk -F, 'NR == 1 {print; next}
    $2 == 3 {print $1 ",3," $3 "," $4 ",00002,04/02/2022,\"advice, and a meal\",";  next}
    {sub(/""the ""old"" form""/, "\"\"the \"\"\"\"old\"\"\"\" form\"\""); print}' \
    "$clean/rejects/visits.csv" | sed 's/$/\r/' >"$study/extracts/mended/visits.csv"
cp "$tmp/out/run.json" "$tmp/before.json"
run || fail "mended: $(cat "$tmp/said")"
has "$tmp/said" "5 read, 5 kept, 0 set aside; 0 cells mended, 1 emptied; 2 rows mended by hand"
has "$clean/visits.csv" 'visits.csv:3,00002,2022-02-04,"advice, and a meal"'
has "$clean/visits.csv" 'visits.csv:5,00004,2022-02-05,"the ""old"" form"'
has "$clean/issues.csv" "visits.csv,3,,visits,mended,,,row mended by hand: mended/visits.csv:2"
has "$tmp/out/run.json" '"mended/visits.csv"'
[ ! -e "$clean/rejects" ] || fail "nothing is left to reject"

# Another delivery with another row on that line: the mended one stays out.
sed -i 's/^00002,04/00009,04/' "$study/extracts/visits.csv"
run || fail "changed: $(cat "$tmp/said")"
has "$tmp/said" "mended/visits.csv:2: warning: the row of the extract has changed since"
has "$tmp/said" "5 read, 4 kept, 1 set aside"
head -n 2 "$study/extracts/visits.csv" >"$tmp/short" && cp "$tmp/short" "$study/extracts/visits.csv"
run || fail "shorter: $(cat "$tmp/said")"
has "$tmp/said" "visits.csv:5: the extracts have no such row; is it of another delivery?"

# Rows copied over but not mended stay where they were.
cp tests/studies/drop-in/extracts/visits.csv "$study/extracts/visits.csv"
rm -r "$study/extracts/mended"
run
mkdir "$study/extracts/mended"
cp "$clean/rejects/visits.csv" "$study/extracts/mended/"
run || fail "not mended: $(cat "$tmp/said")"
has "$tmp/said" "not mended yet"
has "$tmp/said" "5 read, 3 kept, 2 set aside"
echo "a,b" >"$study/extracts/mended/visits.csv"
if run; then fail "a mended file without its headings"; fi
has "$tmp/said" "mended/visits.csv:1: expected the headings of a file of rejects"

# ---- headings that drift ----

rm -r "$study/extracts/mended"
sed -i '1s/Client,Day,What/What,Number,Seen,Note/; 2,$s/$/,/' "$study/extracts/visits.csv"
sed -i 's/    file: visits.*/&\n    ignored: [Remark]/; s/from: Client, type: id/&, pattern: "[0-9]{5}"/' \
    "$study/study.yaml"
cat >"$study/extracts/visits.csv" <<'END'
What,Number,Seen,Note
talk,00001,03/02/2022,x
meal,00002,04/02/2022,x
talk,00003,05/02/2022,x
talk,00004,06/02/2022,x
meal,00001,07/02/2022,x
END
if run; then fail "two headings are missing"; fi
has "$tmp/said" 'there is no column "Client" (client of the study); what stands under "Number" is what it should hold'
has "$tmp/said" '(column client): from: [Client, Number]'
has "$tmp/said" '(column day): from: [Day, Seen]'
sed -i 's/from: Client,/from: [Client, Number],/; s/from: Day,/from: [Day, Seen],/' "$study/study.yaml"
run || fail "confirmed: $(cat "$tmp/said")"
has "$clean/visits.csv" "visits.csv:2,00001,2022-02-03,talk"
has "$tmp/said" 'visits.csv:1:4: warning: headings that are new and not read: "Note"; declare them, or write under "visits": ignored: [Remark, Note]'
sed -i 's/ignored: \[Remark\]/ignored: ["No*"]/' "$study/study.yaml"
run || fail "ignored: $(cat "$tmp/said")"
if grep -q "new and not read" "$tmp/said"; then fail "ignored, but told"; fi

# ---- what a file is read as, and letters damaged on the way ----

printf 'What,Number,Seen,Note\ncaf\303\203\302\251,00001,03/02/2022,x\n\303\242\302\202\302\254 5,00002,04/02/2022,x\n' \
    >"$study/extracts/visits.csv"
run || fail "mojibake: $(cat "$tmp/said")"
has "$clean/visits.csv" "visits.csv:2,00001,2022-02-03,café"
has "$clean/issues.csv" "visits.csv,2,what,visits,mojibake,cafÃ©,café,"
has "$clean/extracts.csv" 'visits.csv,visits,"UTF-8 (characters beyond ASCII: 5, all of them UTF-8), separator ,",1,4,2'
has "$clean/extracts.csv" "clients.xlsx!2022 first,clients,sheet 2022 first of a workbook,3,5,3"
printf 'What;Number;Seen;Note\nc\275ur \244 5;00001;03/02/2022;x\n' >"$study/extracts/visits.csv"
run || fail "ISO 8859-15: $(cat "$tmp/said")"
has "$clean/visits.csv" "visits.csv:2,00001,2022-02-03,cœur € 5"
has "$clean/extracts.csv" "ISO 8859-15 (signs that only it has: 2; that only windows-1252 has: none), separator ;"

# ---- a text kept from a spreadsheet; its separator line ----

printf 'sep=|\nWhat|Number|Seen|Note\ntalk|="00001"|03/02/2022|x\n' >"$study/extracts/visits.csv"
run || fail "formula: $(cat "$tmp/said")"
has "$clean/visits.csv" "visits.csv:3,00001,2022-02-03,talk"
has "$clean/issues.csv" 'visits.csv,3,client,visits,formula_text,"=""00001""",00001,'
