#!/bin/sh
# SPDX-License-Identifier: MIT
# Says which file includes what its room may not know, and exits 1 if any does.
# usage: tests/check_rooms.sh [ROOT]
#
# The arrows: base <- contract <- the stages and render; stats stands alone; driver may see all.
# A header of another project enters by one door; one that is in no row below has none yet.

cd "${1:-$(dirname "$0")/..}" || exit 2
files=$(find pipeline render stats sample-data tests -name '*.[ch]' 2>/dev/null | LC_ALL=C sort)
[ -n "$files" ] || { echo "check_rooms: no sources here" >&2; exit 2; }

# shellcheck disable=SC2086
LC_ALL=C awk '
BEGIN {
    base = "pipeline/base"; contract = "pipeline/contract"
    see[base] = ""
    see[contract] = base
    see["pipeline/extract"] = base
    see["pipeline/clean"] = base " " contract " pipeline/extract"
    # How a cell is read is one craft, whether a study says it or a study is drafted.
    see["pipeline/draft"] = see["pipeline/clean"] " pipeline/clean"
    see["pipeline/tabulate"] = base " " contract " stats"
    see["pipeline/linkage"] = base " " contract
    see["pipeline/dedupe"] = base " " contract " stats pipeline/linkage"
    see["pipeline/mask"] = base " " contract " stats"
    # The attacker has nothing from the room that masks: only what was published.
    see["pipeline/attack"] = base " " contract " stats"
    # Who is in a base and how it is named is one craft, whether once or at two points.
    see["pipeline/change"] = see["pipeline/tabulate"] " pipeline/tabulate"
    see["pipeline/audit"] = base
    see["pipeline/merge"] = base " " contract
    all["tests/audit"] = 1
    see["render"] = base " " contract
    see["stats"] = ""
    # Counts what the first stages wrote down, and sets its own paper.
    see["pipeline/quality"] = base " " contract " render"
    see["sample-data"] = ""
    all["pipeline/driver"] = all["tests/unit"] = all["tests/fuzz"] = 1
    all["tests/faults"] = all["tests/support"] = all["tests/reference"] = all["tests/golden"] = 1
    all["tests/coverage"] = all["tests/bench"] = all["tests/linkage"] = 1

    # header (a pattern), the files that may include it (a pattern), and whether only one may
    door("csv\\.h", "pipeline/base/rk_csv\\.c", 1)
    door("zip\\.h", "(pipeline/extract/xlsx_part|tests/unit/test_extract_xlsx)\\.c", 0)
    door("expat\\.h", "pipeline/extract/xlsx_part\\.c", 1)
    door("libpq-fe\\.h", "pipeline/extract/database\\.c", 1)
    door("readstat\\.h", "(pipeline/extract/sav|tests/unit/test_extract_sav)\\.c", 0)
    door("yaml\\.h", "pipeline/base/rk_yaml\\.c", 1)
    door("utf8proc\\.h", "pipeline/(base|contract)/.*\\.c", 1)
    door("sodium\\.h", "pipeline/(base|contract)/.*\\.c", 1)
    door("jansson\\.h", "(pipeline/contract/.*|tests/support/tags)\\.c", 0)
    door("glpk\\.h", "pipeline/base/rk_glpk\\.h", 0)
    door("gsl/.*\\.h", "(stats|tests/unit|tests/support)/.*\\.[ch]", 0)
    door("hpdf.*\\.h", "render/pdf[^/]*\\.[ch]", 0)
    door("png\\.h", "(render/pdf_image|tests/unit/test_flow)\\.c", 0)
    door("hb.*\\.h", "render/font[^/]*\\.[ch]", 0)
    door("hyphen\\.h", "render/paragraph[^/]*\\.c", 0)
    door("cmark-gfm.*\\.h", "render/(markdown|narrative)[^/]*\\.c", 0)
    door("cmocka\\.h", "tests/support/check\\.h", 1)

    split("assert complex ctype dirent dlfcn errno fcntl fenv float fnmatch ftw getopt glob " \
          "inttypes langinfo limits locale malloc math poll pthread regex sched search setjmp " \
          "signal spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdio_ext stdlib " \
          "stdnoreturn string strings termios time unistd wchar wctype", names, " ")
    for (i in names)
        system_header[names[i] ".h"] = 1
}

function door(header, files, single) {
    doors++
    door_header[doors] = "^" header "$"
    door_files[doors] = "^" files "$"
    door_single[doors] = single
}

function complain(words) {
    print FILENAME ":" FNR ": " words
    bad = 1
}

function room_of(path) {
    if (path ~ /^(pipeline|tests)\//)
        return match(path, /^[^\/]*\/[^\/]*\//) ? substr(path, 1, RLENGTH - 1) : ""
    return match(path, /^[^\/]*\//) ? substr(path, 1, RLENGTH - 1) : ""
}

function check_ours(path, from,   to) {
    to = room_of(path)
    if (to == "" || (getline line < path) < 0) {
        complain("\"" path "\" is not a file; includes are written from the root")
        return
    }
    close(path)
    if (to == from)
        return
    if (path ~ /_priv\.h$/ && !(from in all))
        complain("\"" path "\" is private to " to)
    else if (to ~ /^tests/ && from !~ /^tests/)
        complain(from " may not include tests")
    else if (!(from in all) && !index(" " see[from] " ", " " to " "))
        complain(from " may not include " to)
    else if (to == "stats" && !(from in all) && path !~ /^stats\/stats[^\/]*\.h$/)
        complain("\"" path "\" is not one of the headers stats/ shows")
}

function check_foreign(header,   d) {
    if (header in system_header || header ~ /^(sys|linux)\//)
        return
    for (d = 1; d <= doors; d++) {
        if (header !~ door_header[d])
            continue
        if (FILENAME !~ door_files[d])
            complain("<" header "> enters by " substr(door_files[d], 2, length(door_files[d]) - 2))
        else if (door_single[d] && d in taken && taken[d] != FILENAME)
            complain("<" header "> has its door already: " taken[d])
        taken[d] = FILENAME
        return
    }
    complain("<" header "> has no door; give it one in tests/check_rooms.sh")
}

FNR == 1 {
    from = room_of(FILENAME)
    if ($0 !~ /^\/\/ SPDX-License-Identifier: MIT$/)
        complain("the first line is not // SPDX-License-Identifier: MIT")
    if (!(from in all) && !(from in see))
        complain(from " is no room; give it a row in tests/check_rooms.sh")
}

/^[ \t]*#[ \t]*include[ \t]*"/ { split($0, part, "\""); check_ours(part[2], from); next }
/^[ \t]*#[ \t]*include[ \t]*</ { split($0, part, /[<>]/); check_foreign(part[2]) }
END { exit bad }
' $files
