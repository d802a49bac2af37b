#!/bin/sh
# SPDX-License-Identifier: MIT
# check_torture.sh -- what no report should hold: a 60-row table, one of 30 columns, a footnote of
# four pages, a word of 200 letters, a picture taller than a page, names in five scripts, a box
# longer than a page, ten figures in a row; then a thousand pages. Nothing may be lost, run over the
# margin or lie on something else.
. "$(dirname "$0")/support/script.sh"

# The narrative that stands on standard input, as a report of the study of debt advice.
report() {
    rm -rf "$tmp/study"
    cp -r tests/studies/debt-advice "$tmp/study"
    rm "$tmp/study/findings.md"
    cp tests/torture/*.png "$tmp/study"
    cat >"$tmp/study/report.md"
    "$bin/reckon" run "$tmp/study" -o "$tmp/out" -q 2>"$tmp/said" || fail "$(tail -n 3 "$tmp/said")"
    pdftotext -bbox "$tmp/out/report.pdf" "$tmp/words" || fail "the PDF cannot be read"
    if command -v qpdf >/dev/null; then
        qpdf --check "$tmp/out/report.pdf" >"$tmp/qpdf" 2>&1 || fail "$(cat "$tmp/qpdf")"
    fi
}

# No word beyond its page or upon another: boxes from pdftotext, a little smaller than they say.
apart() {
    awk -F'"' '
        /<page / {width = $2; height = $4; page++; n = 0}
        /<word / {
            x0 = $2 + 0.3; y0 = $4 + 0; x1 = $6 - 0.3; y1 = $8 + 0; h = y1 - y0
            y0 += 0.3 * h; y1 -= 0.3 * h
            if (x0 < 20 || x1 > width - 20 || y0 < 10 || y1 > height - 10)
                {print "page " page ": over the margin: " $9; bad++}
            for (i = 0; i < n; i++)
                if (x0 < X1[i] && X0[i] < x1 && y0 < Y1[i] && Y0[i] < y1)
                    {print "page " page ": on each other: " $9 W[i]; bad++}
            X0[n] = x0; X1[n] = x1; Y0[n] = y0; Y1[n] = y1; W[n++] = $9
        }
        END {exit bad > 0}' "$tmp/words" || fail "see above"
}

# Each word that ends in "q" and a number stands in the narrative once and must on the pages, too.
all_there() {
    grep -o 'w[a-z]*q[0-9][0-9]*' "$tmp/study/report.md" | sort >"$tmp/wanted"
    sed 's/<[^>]*>//g' "$tmp/words" | grep -o 'w[a-z]*q[0-9][0-9]*' | sort >"$tmp/seen"
    diff "$tmp/wanted" "$tmp/seen" >"$tmp/diff" || fail "words lost or doubled: $(head -n 5 "$tmp/diff")"
}

awk 'BEGIN {
    print "---\ntitle: A title that is so long that it takes several lines of the cover and is cut in the running head of each page, before the name of the section that stands at its right"
    print "numbering: decimal\nlists: [tables, figures]\nlogo: tall.png\n---\n\n# Names {#sec-names}\n"
    print "Zażółć Gęślą-Jaźń, Nguyễn Thị Hường, Γιώργος Παπαδόπουλος, محمد عبد الله, Ærøskøbing and"
    printf "w"; for (i = 0; i < 200; i++) printf "x"; print " stand here.[^long]\n"
    printf "See @tbl-long, @tbl-wide, @fig-tall"; for (i = 0; i < 10; i++) printf ", @fig-f%d", i
    print ".\n"
    for (i = 0; i < 10; i++)
        printf "::: {.figure #fig-f%d chart=flow title=\"wfigq%d\"}\n:::\n\n", i, i
    print "::: {.figure #fig-tall image=tall.png width=60 title=\"wtallq1\" alt=\"A strip\"}\n:::\n"
    print "::: {.table #tbl-long title=\"wlongq1\"}\n| Row | Words |\n| --- | --- |"
    for (i = 0; i < 60; i++) printf "| wrowq%d | some words wcellq%d |\n", i, i
    print ":::\n\n::: {.table #tbl-wide title=\"wwideq1\"}"
    for (r = 0; r < 6; r++) {
        printf "|"; for (i = 0; i < 30; i++) printf r == 1 ? " --: |" : " w%sq%d |", substr("habcde", r + 1, 1), i
        print ""
    }
    print ":::\n\n::: {.box #box-long title=\"wboxq1\"}"
    for (p = 0; p < 30; p++) {
        for (i = 0; i < 60; i++) printf "winboxq%d ", p * 60 + i
        print "\n"
    }
    print ":::\n"
    printf "[^long]: "; for (i = 0; i < 2600; i++) printf "wnoteq%d ", i; print ""
}' >"$tmp/torture.md"
report <"$tmp/torture.md"
apart
# Lists repeat the captions: their pages are left out.
sed -n '/<page /h; p' "$tmp/words" | awk '/<page /{p++} p > 2' >"$tmp/body" && mv "$tmp/body" "$tmp/words"
grep -v 'title="w' "$tmp/study/report.md" >"$tmp/body" && mv "$tmp/body" "$tmp/study/report.md"
sed -i 's/>w\(fig\|tall\|long\|wide\|box\)q[0-9]*</></' "$tmp/words"
all_there
for name in Zażółć Nguyễn Παπαδόπουλος Ærøskøbing; do
    grep -q "$name" "$tmp/words" || fail "$name is not on the pages"
done
torture=$(pdfinfo "$tmp/out/report.pdf" | awk '/^Pages/ {print $2}')

awk 'BEGIN {
    print "---\ntitle: Page after page\ncontents: 1\n---\n"
    for (s = 0; s < 100; s++) {
        print "# Part " substr("abcdefghij", int(s / 10) + 1, 1) substr("abcdefghij", s % 10 + 1, 1) " {#sec-s" s "}\n"
        for (p = 0; p < 26; p++) {
            for (i = 0; i < 100; i++) printf "wtextq%d ", (s * 26 + p) * 100 + i
            print "See @sec-s" 99 - s ".\n"
        }
    }
}' >"$tmp/thousand.md"
report <"$tmp/thousand.md"
pages=$(pdfinfo "$tmp/out/report.pdf" | awk '/^Pages/ {print $2}')
[ "$pages" -ge 1000 ] || fail "only $pages pages"
all_there
limit=400000000 # bytes of address space: a page may not cost more than the thousandth part
grep -q __asan_init "$bin/reckon-report" || # sanitizers take an address space of their own
    (ulimit -v $((limit / 1024)) && "$bin/reckon-report" "$tmp/study" -o "$tmp/out" -q) 2>"$tmp/said" ||
    fail "$pages pages in $limit bytes: $(cat "$tmp/said")"
echo "a torture document of $torture pages and one of $pages: nothing lost, nothing on anything else"
