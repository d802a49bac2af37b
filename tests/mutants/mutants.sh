#!/bin/sh
# SPDX-License-Identifier: MIT
# mutants.sh BUILD SECONDS ROOM... -- do the unit tests bite? In a copy of the sources one operator, constant or
# condition is changed at a time; a mutant lives when the room's unit tests notice nothing. Mutants are tried in
# an order that is the same each time and spread over all files, until the time is up. Survivors are listed.
# A mutant that does not compile, or gives the same machine code, does not count.
set -u
cd "$(dirname "$0")/../.." || exit 4
build=$1 seconds=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
flags="$(make -pn B="$build" 2>/dev/null | sed -n 's/^PKGS := //p' | head -n 1)"
printf "#define RK_VERSION \"0\"\n#define RK_PREFIX \"/usr/local\"\n" >"$work/defines.h"
cflags="-std=c11 -D_GNU_SOURCE -I. -O1 -fPIC -ffp-contract=off -w -include $work/defines.h $(pkg-config --cflags $flags)"
libs="$(pkg-config --libs $flags) -lreadstat -lcsv -lhpdf -lhyphen -lglpk -lcmark-gfm-extensions -lm -lcmocka -lpthread"
RECKON_SHARE=$(pwd)/config
export RECKON_SHARE

# ---- the library as it is, shared, and the tests against it ----

mkdir -p "$work/obj" "$work/tests"
sources=$(find pipeline render stats -name '*.c' ! -name '*_main.c' | LC_ALL=C sort)
echo "$sources" | xargs -P "$(nproc)" -I{} sh -c \
    'gcc '"$cflags"' -c -o "$1/obj/$(echo "$2" | tr / _).o" "$2"' sh "$work" {} || exit 1
link() {
    gcc -shared -o "$work/libreckon.so" "$work"/obj/*.o $libs
}
link || exit 1
# tests_of ROOM: the unit tests that are about it.
tests_of() {
    case $1 in
    pipeline/base) echo tests/unit/test_rk_*.c ;;
    *) echo "tests/unit/test_${1##*/}"*.c ;;
    esac
}
for room in "$@"; do
    for test in $(tests_of "$room"); do
        gcc $cflags -o "$work/tests/$(basename "$test" .c)" "$test" tests/support/*.c -L"$work" -lreckon $libs \
            -Wl,-rpath,"$work" || exit 1
    done
done

# ---- mutants: FILE LINE FROM TO ----

# Each operator of each line, strings and comments left out, in an order that mixes the files.
list_mutants() {
    awk -v seed="${SEED:-1}" '
    BEGIN {
        n = split("<= >= == != && || < > + - * ++ -- true false 0 1 return!", from, " ")
        split("< > != == || && <= >= - + / -- ++ false true 1 2 -", to, " ")
        srand(seed)
    }
    /^[ \t]*(\/\*|\*|\/\/|#)/ || !/^[ \t]/ || /assert\(/ {next}
    {
        code = $0
        gsub(/"([^"\\]|\\.)*"/, "", code)
        for (i = 1; i < n; i++)
            if (index(code, " " from[i] " ") || (from[i] ~ /^[a-z0-9]/ && match(code, "[ (]" from[i] "[;, )]")))
                printf "%d %s %d %s %s\n", rand() * 1000000, FILENAME, FNR, from[i], to[i]
    }' "$@" | sort -n | cut -d' ' -f2-
}

# mutate FILE LINE FROM TO: the mutant on stdout.
mutate() {
    awk -v line="$2" -v from="$3" -v to="$4" '
    NR == line {
        for (at = 1; at <= length($0); at++) {
            if (substr($0, at, length(from)) != from) continue
            before = substr($0, at - 1, 1); after = substr($0, at + length(from), 1)
            if (before ~ /[ (]/ && after ~ /[;, )]/) {
                $0 = substr($0, 1, at - 1) to substr($0, at + length(from))
                break
            }
        }
    }
    {print}' "$1"
}

killed=0 lived=0 void=0
end=$(($(date +%s) + seconds))
for room in "$@"; do
    tests=$(for test in $(tests_of "$room"); do echo "$work/tests/$(basename "$test" .c)"; done)
    until=$((end - (end - $(date +%s)) / 2))
    [ "$room" != "$(eval echo "\$$#")" ] || until=$end
    for file in $(find "$room" -name '*.c' ! -name '*_main.c' | LC_ALL=C sort); do echo "$file"; done >"$work/files"
    list_mutants $(cat "$work/files") >"$work/list"
    room_killed=$killed room_lived=$lived
    while read -r file line from to; do
        [ "$(date +%s)" -lt "$until" ] || break
        object=$work/obj/$(echo "$file" | tr / _).o
        mutate "$file" "$line" "$from" "$to" >"$(dirname "$file")/mutant_of.c"
        cp "$object" "$work/kept.o"
        if ! gcc $cflags -c -o "$object" "$(dirname "$file")/mutant_of.c" 2>/dev/null ||
            [ "$(objdump -d "$object" | tail -n +4 | cksum)" = "$(objdump -d "$work/kept.o" | tail -n +4 | cksum)" ]; then
            void=$((void + 1))
        else
            link
            alive=yes
            for test in $tests; do
                timeout 20 "$test" >/dev/null 2>&1 || { alive=; break; }
            done
            if [ "$alive" ]; then
                lived=$((lived + 1))
                echo "lives: $file:$line: $from becomes $to: $(sed -n "${line}s/^ *//p" "$file")"
            else
                killed=$((killed + 1))
            fi
        fi
        cp "$work/kept.o" "$object"
        rm -f "$(dirname "$file")/mutant_of.c"
    done <"$work/list"
    rm -f "$room/mutant_of.c"
    echo "$room: $((killed - room_killed)) killed, $((lived - room_lived)) alive of $(wc -l <"$work/list") possible"
done
echo "$killed killed, $lived alive, $void that change nothing"
