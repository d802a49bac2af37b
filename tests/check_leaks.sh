#!/bin/sh
# SPDX-License-Identifier: MIT
# check_leaks.sh -- nothing that tells of one person leaves 20-people: no reference, date of birth,
# postcode or free text of the extracts stands in a later folder, a message, or a byte of a PDF, its
# streams unpacked and its attachments taken out. Of the sample and of a second programme.
. "$(dirname "$0")/support/script.sh"

# plain FILE: an extract as UTF-8, whatever it was.
plain() {
    case $(od -An -tx1 -N2 "$1" | tr -d ' ') in
    fffe | feff) iconv -f UTF-16 -t UTF-8 "$1" ;;
    *) if iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1; then cat "$1"; else iconv -f WINDOWS-1252 -t UTF-8 "$1"; fi ;;
    esac | tr -d '\r'
}

# needles: from an extract on stdin, the names, references, postcodes, dates of birth (in every way
# they are written) and the beginnings of long notes.
needles() {
    LC_ALL=C awk '
        # Digits alone (a date as a spreadsheet counts it) are found anywhere.
        function add(text) {
            if (length(text) >= 5 && text !~ /^[0-9]*$/ && !(text in seen)) { seen[text]; print text }
        }
        function birth(text,   d) {
            add(text)
            if (split(text, d, /[-\/.]/) == 3) {
                if (length(d[1]) == 2) { add(d[3] "-" d[2] "-" d[1]); add(d[1] "." d[2] "." d[3]) }
                else if (length(d[1]) == 4) { add(d[3] "/" d[2] "/" d[1]) }
            }
        }
        # Cells of a record whose quotes are closed; the separator is that of the headings.
        function cells(line, out,   n, i, c, inside, cell) {
            n = 0; cell = ""; inside = 0
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (c == "\"") inside = !inside
                else if (c == separator && !inside) { out[++n] = cell; cell = "" }
                else cell = cell c
            }
            out[++n] = cell
            return n
        }
        function quotes(line,   copy) { copy = line; return gsub(/"/, "", copy) }
        !headed {
            separator = /\t/ ? "\t" : /;/ ? ";" : ","
            n = cells($0, head)
            if (n < 5) next
            headed = 1
            for (i = 1; i <= n; i++) {
                name = tolower(head[i])
                kind[i] = name ~ /dob|birth/ ? "birth" : \
                          name ~ /note|comment/ ? "text" : \
                          name ~ /forename|surname/ ? "name" : \
                          name ~ /postcode|client|case no|ref/ && name !~ /date|office|feels/ ? "id" : ""
            }
            next
        }
        { record = open == "" ? $0 : open " " $0
          if (quotes(record) % 2) { open = record; next }
          open = ""
          n = cells(record, cell)
          for (i = 1; i <= n; i++) {
              text = cell[i]
              gsub(/^ +| +$/, "", text)
              if (kind[i] == "birth") birth(text)
              else if (kind[i] == "name" || (kind[i] == "id" && text ~ /[0-9]/)) add(text)
              else if (kind[i] == "text" && length(text) > 15) add(substr(text, 1, 40))
          } }'
}

# unpack PDF FOLDER: its text, its objects with streams unpacked, its attachments.
unpack() {
    mkdir -p "$2"
    qpdf --qdf --object-streams=disable "$1" "$2/objects" 2>/dev/null || [ $? -eq 3 ] || fail "qpdf: $1"
    pdftotext "$1" "$2/text"
    pdfinfo "$1" >"$2/info"
    pdfdetach -saveall -o "$2" "$1" >/dev/null
}

# look NAME STUDY EXTRACTS LEAST ARGUMENTS...
look() {
    name=$1
    study=$2
    extracts=$3
    least=$4
    shift 4
    out=$tmp/$name
    "$bin/reckon" run "$study" -o "$out" -v "$@" >"$out.log" 2>&1 || fail "$name: $(tail -n 3 "$out.log")"
    for extract in "$extracts"/*.csv; do
        plain "$extract" | needles
    done | LC_ALL=C sort -u >"$out.all"
    # What the study itself says, such as the date of its report, is no leak.
    cat "$study"/study.yaml "$study"/codes/*.csv "$study"/*.md >"$out.study" 2>/dev/null || true
    LC_ALL=C grep -oFf "$out.all" "$out.study" | LC_ALL=C sort -u >"$out.said"
    LC_ALL=C comm -23 "$out.all" "$out.said" >"$out.needles"
    count=$(wc -l <"$out.needles")
    [ "$count" -gt "$least" ] || fail "$name: only $count things to look for"
    # The search finds what is there.
    found=$(cat "$out"/10-clean/*.csv | LC_ALL=C grep -oFf "$out.needles" | LC_ALL=C sort -u | wc -l)
    [ "$found" -gt 100 ] || fail "$name: the search is blind"
    for pdf in "$out"/*.pdf; do
        unpack "$pdf" "$out.pdf/$(basename "$pdf")"
    done
    if LC_ALL=C grep -arohFf "$out.needles" "$out"/30-results "$out"/35-masking "$out"/40-release \
        "$out"/50-charts "$out"/60-attack "$out"/run.json "$out".log "$out".pdf >"$out.hits"; then
        LC_ALL=C sort "$out.hits" | uniq -c | sort -rn | head -n 5
        fail "$name: something of one person has left 20-people"
    fi
    echo "$name: none of $count names, references, dates, postcodes and texts in $(find "$out"/[3-6]* \
        "$out.pdf" -type f | wc -l) files"
}

look sample config/working-well sample-data/working-well 2000
look second tests/studies/debt-advice tests/studies/debt-advice/extracts 200
