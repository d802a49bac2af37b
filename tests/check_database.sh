#!/bin/sh
# SPDX-License-Identifier: MIT
# check_database.sh -- a source straight from PostgreSQL, against a server that is started here.
. "$(dirname "$0")/support/script.sh"
server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$server" ] && [ -x "$server/initdb" ] || {
    echo "skipped: no PostgreSQL server is installed (package postgresql)"
    exit 0
}
# The server does not run as root.
as() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups "$@"; else "$@"; fi
}
stop() {
    as "$server/pg_ctl" -D "$tmp/server/data" -m immediate stop >/dev/null 2>&1 || :
    rm -rf "$tmp"
}
trap stop EXIT

# lacks FILE TEXT
lacks() {
    if grep -qF -- "$2" "$1"; then fail "$1 has \"$2\": $(cat "$1")"; fi
}

mkdir "$tmp/server"
[ "$(id -u)" -ne 0 ] || { chown postgres "$tmp/server" && chmod 711 "$tmp"; }
echo 'se/c@ret' >"$tmp/server/password"
chmod 644 "$tmp/server/password"
as "$server/initdb" -D "$tmp/server/data" -U evaluator --auth=scram-sha-256 --no-sync -E UTF8 \
    --locale=C --pwfile="$tmp/server/password" >"$tmp/log" 2>&1 || fail "initdb: $(cat "$tmp/log")"
as "$server/pg_ctl" -D "$tmp/server/data" -w -l "$tmp/server/log" \
    -o "-c listen_addresses= -c unix_socket_directories=$tmp/server -c fsync=off" start \
    >"$tmp/log" 2>&1 || fail "pg_ctl: $(cat "$tmp/log" "$tmp/server/log")"
sql() {
    PGPASSWORD=se/c@ret psql -q -h "$tmp/server" -U evaluator -d postgres -v ON_ERROR_STOP=1 -c "$1"
}
sql "CREATE TABLE client (ref text, born date, seen timestamptz, area text, score int, note text);
INSERT INTO client VALUES ('A2','1980-02-29','2022-02-01 09:30+00','Salford',3,'café, \"quoted\"'),
('A1','1901-12-31','2022-01-05 23:59+00',NULL,8,E'two\nlines'), ('A3',NULL,'2022-03-01','salford',99,'')"

study=$tmp/study
mkdir "$study"
host=$(echo "$tmp/server" | sed 's|/|%2F|g')
cat >"$study/study.yaml" <<END
reckon: 1
study: casework
title: Casework
period_start: 2022-01-01
cut_off: 2022-12-31
people: clients
sources:
  clients:
    source: postgresql://evaluator@$host/postgres
    query: |
      SELECT ref, born, seen AS "Seen on", area, score, note FROM client
      WHERE seen < '2023-01-01'; -- those of the year
    key: client
    columns:
      client: {from: ref, type: id}
      born:   {from: born, type: date, formats: [dd/mm/yyyy], private: yes}
      seen:   {from: Seen on, type: date, formats: [dd/mm/yyyy], between: [period_start, cut_off]}
      area:   {from: area, type: code, codes: [Salford, Trafford]}
      score:  {from: score, type: integer, range: [0, 8]}
      note:   {from: note, type: text}
results:
  area: {table: area}
END
printf -- '---\ntitle: Casework\n---\n\n# Casework\n\nClients: {{ flow.clients.kept.count }}.\n' >"$study/report.md"
export PGPASSWORD=se/c@ret
run() {
    "$bin/reckon" run "$study" -o "$tmp/out" >"$tmp/said" 2>&1
}
run && fail "a comment behind the ; is not taken off"
has "$tmp/said" "the query fails: ERROR:  syntax error"
sed -i 's/; -- those of the year//' "$study/study.yaml"
run || fail "run: $(cat "$tmp/said")"
cat >"$tmp/clients" <<'END'
file_line,client,born,seen,area,score,note
05-database/clients.csv:2,A1,1901-12-31,2022-01-05,,8,"two
lines"
05-database/clients.csv:4,A2,1980-02-29,2022-02-01,salford,3,"café, ""quoted"""
05-database/clients.csv:5,A3,,2022-03-01,salford,,
END
cmp "$tmp/clients" "$tmp/out/10-clean/clients.csv" || fail "$(cat "$tmp/out/10-clean/clients.csv")"
has "$tmp/said" "05-database/clients.csv:5:5: warning: score \"99\" lies outside 0 to 8"
has "$tmp/out/run.json" '"05-database/clients.csv": "'
[ "$(stat -c %a "$tmp/out/05-database" "$tmp/out/05-database/clients.csv" | tr '\n' ' ')" = "700 600 " ] ||
    fail "what was fetched is open to others"

# The same rows in another order are the same extract; another row is another one.
sql "UPDATE client SET note = note WHERE ref = 'A1'"
run || fail "again: $(cat "$tmp/said")"
has "$tmp/said" "nothing it reads has changed"
sql "INSERT INTO client VALUES ('A4','1980-01-01','2022-04-01','Trafford',1,'')"
run || fail "a new row: $(cat "$tmp/said")"
has "$tmp/said" "4 read, 4 kept"

# A password in the study is warned of and printed nowhere; a wrong one neither.
sed -i "s|evaluator@|evaluator:se%2Fc%40ret@|" "$study/study.yaml"
unset PGPASSWORD
run || fail "password: $(cat "$tmp/said")"
has "$tmp/said" "a password stands in the study"
sed -i "s|se%2Fc%40ret|wr%40ng-word|" "$study/study.yaml"
run && fail "a wrong password"
has "$tmp/said" 'postgresql://evaluator:***@'
has "$tmp/said" "password authentication failed"
sed -i "s|wr%40ng-word@|wr%zzng-word@|" "$study/study.yaml"
run && fail "a broken address"
has "$tmp/said" "this is no address of a database"
lacks "$tmp/said" "ng-word"
for file in $(find "$tmp/out" -type f); do
    for word in se/c@ret se%2Fc%40ret ng-word; do
        if grep -qF -- "$word" "$file"; then fail "the password stands in $file"; fi
    done
done
sed -i "s|:wr%zzng-word@|@|" "$study/study.yaml"
run && fail "no password"
has "$tmp/said" "wants a password (put it into ~/.pgpass or PGPASSWORD"
export PGPASSWORD=se/c@ret

# A query can only read, and what it cannot find is said; the last good extract stays.
for query in "DELETE FROM client RETURNING *" "SELECT * FROM clinet" "SELECT 1; DROP TABLE client"; do
    sed "/query: |/,/WHERE/c\\    query: $query" "$study/study.yaml" >"$tmp/other.yaml"
    mkdir -p "$tmp/other"
    cp "$tmp/other.yaml" "$tmp/other/study.yaml"
    "$bin/reckon-clean" "$tmp/other" -o "$tmp/out" >"$tmp/said" 2>&1 && fail "$query"
    has "$tmp/said" "the query fails"
done
has "$tmp/out/05-database/clients.csv" "A4,"
[ "$(sql 'SELECT count(*) FROM client' | grep -c 4)" -ge 1 ] || fail "rows are gone"

# No server.
as "$server/pg_ctl" -D "$tmp/server/data" -m immediate stop >/dev/null 2>&1
run && fail "no server"
has "$tmp/said" "study.yaml:9:13: "
has "$tmp/said" "the database cannot be reached"
sed -i '/query: |/,/WHERE/d' "$study/study.yaml"
"$bin/reckon" check "$study" >"$tmp/said" 2>&1 && fail "no query"
has "$tmp/said" '"source", the address of a database, and "query" go together'
exit 0
