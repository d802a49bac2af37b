#!/bin/sh
# SPDX-License-Identifier: MIT
# The committed extracts are what the generator writes, and it writes nothing that the code lists do not know.
generate=${RECKON_BUILD:-$(pwd)/build}/bin/generate
temp=$(mktemp -d) || exit 4
trap 'rm -rf "$temp"' EXIT
failed=0

fail() {
    echo "check_sample: $1"
    failed=1
}

for run in "working-well" "working-well-2015-09 --second"; do
    set -- $run
    LC_ALL=C TZ=Asia/Tokyo "$generate" $2 "$temp/$1" || fail "generate $2 failed"
    diff -r "sample-data/$1" "$temp/$1" >/dev/null || fail "sample-data/$1 is not what generate $2 writes"
done

"$generate" --clients 1 "$temp/one" || fail "one client is too few"
"$generate" --clients 2500 "$temp/large" || fail "generate --clients failed"
"$generate" --clients 2500 "$temp/again" && diff -r "$temp/large" "$temp/again" >/dev/null ||
    fail "two runs of generate --clients differ"
# 2,500 clients and their 3 blocks of doubled and unusable rows (58 for every 830)
tail -n 1 "$temp/large/initial_assessments.csv" | grep -qx 'Total records,2674' ||
    fail "2500 clients do not give 2674 rows"

"$generate" 2>/dev/null
[ $? -eq 2 ] || fail "no folder should be status 2"
"$generate" --clients none "$temp/none" 2>/dev/null
[ $? -eq 2 ] || fail "a wrong number should be status 2"
"$generate" "$temp/missing/folder" 2>/dev/null
[ $? -eq 4 ] || fail "a folder that cannot be made should be status 4"

# Every spelling in the generator's lists is in config/working-well/codes, in capitals or not.
awk '/^static const struct code / { sub(/\[.*/, "", $5); list = $5 }
     /^};/ { list = "" }
     list && /"/ { line = $0; sub(/^[^"]*"/, "", line); sub(/"[^"]*$/, "", line)
         gsub(/", "/, "|", line); n = split(line, words, "|")
         for (i = 1; i <= n; i++) if (words[i] != "") print list "|" words[i] }' \
    sample-data/generate_codes.c >"$temp/spellings"
awk -F'|' 'FNR == NR { file = "config/working-well/codes/" $1 ".csv"
         if (!(file in text)) { while ((getline line < file) > 0) text[file] = text[file] "\n" line }
         if (!index(tolower(text[file]), tolower($2))) print $1 ": " $2 }' "$temp/spellings" "$temp/spellings" >"$temp/unknown"
[ "$(wc -l <"$temp/spellings")" -gt 400 ] || fail "the generator's lists could not be read"
[ -s "$temp/unknown" ] && fail "not in the code lists: $(head -n 5 "$temp/unknown")"

[ "$failed" -eq 0 ] && echo "the sample extracts are as generated"
exit "$failed"
