// SPDX-License-Identifier: MIT
// The work items of the bench in DuckDB, as an analyst would write them.
// node in_duckdb.js WORK DIR OUT
const { DuckDBInstance } = require('@duckdb/node-api');

const [work, dir, out] = process.argv.slice(2);
const z = 1.959963984540054;

const read = (name) => `read_csv('${dir}/${name}.csv', header = true, all_varchar = true, nullstr = '')`;
const write = (name, select) => `COPY (${select}) TO '${out}/${name}.csv' (HEADER);`;
const code = (field, column) => `code('${field}', ${column}) AS ${column}`;
const day = (name) => `day(${name}) AS ${name}`;
const items = Array.from({ length: 10 }, (_, i) => `q${i + 1}`);

const macros = `
CREATE TABLE recode AS FROM ${read('recode')};
CREATE MACRO tidy(x) AS CASE WHEN lower(x) IN ('', 'n/a', 'not recorded', '-', 'null', 'unknown')
    THEN NULL ELSE x END;
CREATE MACRO day(t) AS try_strptime(regexp_replace(regexp_replace(split_part(t, ' ', 1),
    '/([3-9]\\d)$', '/19\\1'), '/([0-2]\\d)$', '/20\\1'),
    ['%d/%m/%Y', '%Y-%m-%d', '%d-%b-%Y', '%d.%m.%Y'])::DATE;
CREATE MACRO whole(t, low, high) AS CASE WHEN t::DOUBLE BETWEEN low AND high THEN t::DOUBLE::INT END;
CREATE MACRO number(t) AS CASE WHEN regexp_full_match(t, '\\d+(\\.0)?') THEN t END;
CREATE MACRO code(f, x) AS (SELECT canonical FROM recode WHERE field = f AND raw = lower(x));
CREATE MACRO postcode(t) AS CASE WHEN length(t) BETWEEN 5 AND 7 THEN t[:-4] || ' ' || t[-3:] END;`;
// Runs of blanks only matter in what people typed freely.
const tidied = (name, ...free) => `(SELECT tidy(trim(COLUMNS(* EXCLUDE (${free})))),
    ${free.map((text) => `tidy(trim(regexp_replace(${text}, '\\s+', ' ', 'g'))) AS ${text}`)}
    FROM ${read(name)})`;

const w1 = [macros,
    write('clients', `SELECT DISTINCT upper(client_id) AS client_id, first_name, last_name,
        ${day('dob')}, postcode(upper(replace(postcode, ' ', ''))) AS postcode,
        ${code('gender', 'gender')}, ${code('ethnicity', 'ethnicity')},
        ${code('area', 'local_authority')}, ${day('referral_date')}, ${day('enrolment_date')},
        ${code('condition', 'primary_condition')}, ${code('condition', 'secondary_condition')},
        ${code('yesno', 'registered_disabled')}, ${code('yesno', 'mental_health')},
        key_worker, notes FROM ${tidied('clients', 'first_name', 'last_name', 'key_worker', 'notes')}`),
    write('assessments', `SELECT DISTINCT upper(client_id) AS client_id, ${day('assessment_date')},
        ${code('type', 'type')}, ${code('yesno', 'believes_can_work')},
        ${code('when', 'when_start')},
        whole(number(health_confidence), 0, 6) AS health_confidence, barriers, key_worker, comments
        FROM ${tidied('assessments', 'barriers', 'key_worker', 'comments')}`),
    write('wellbeing', `SELECT DISTINCT client_id, date, scale,
        ${items.map((q) => `whole(number(${q}), low, high) AS ${q}`).join(', ')} FROM (
        SELECT upper(client_id) AS client_id, ${day('date')}, ${code('scale', 'scale')},
                ${items} FROM ${tidied('wellbeing', 'client_id')})
        LEFT JOIN (VALUES ('WSAS', 0, 8), ('SWEMWBS', 1, 5), ('GSE', 1, 4)) ends(of, low, high)
        ON scale = of`),
    write('services', `SELECT DISTINCT upper(client_id) AS client_id, ${day('contact_date')},
        ${code('service', 'service_type')}, organisation, ${code('yesno', 'co_producing')},
        ${code('yesno', 'improving_employability')},
        whole(number(relationship_rating), 1, 5) AS relationship_rating, notes
        FROM ${tidied('services', 'organisation', 'notes')}`)];

const people = (columns) => `
CREATE TABLE people AS SELECT DISTINCT ON (client_id) client_id, ${columns}
    FROM (SELECT *, row_number() OVER () AS nr FROM ${read('clients')}) ORDER BY client_id, nr;`;

const tabs = [['people', 'ethnicity', 'area'], ['people', 'gender', 'area'],
    ['people', 'band', 'area'], ['served', 'improving', 'area'], ['served', 'improving', 'band'],
    ['served', 'improving', 'ethnicity']];
const w2 = [people(`gender, ethnicity, local_authority AS area, CASE
        WHEN date_sub('year', dob::DATE, DATE '2015-03-13') < 25 THEN '16-24'
        WHEN date_sub('year', dob::DATE, DATE '2015-03-13') < 35 THEN '25-34'
        WHEN date_sub('year', dob::DATE, DATE '2015-03-13') < 45 THEN '35-44'
        WHEN date_sub('year', dob::DATE, DATE '2015-03-13') < 55 THEN '45-54'
        WHEN dob IS NOT NULL THEN '55+' END AS band`),
    `CREATE VIEW served AS SELECT improving_employability AS improving, p.*
        FROM ${read('services')} JOIN people p USING (client_id);
     CREATE TABLE counts AS ${tabs.map(([from, row, column], i) => `
        SELECT ${i + 1} AS tab, ${row} AS row, ${column} AS col, count(*) AS n FROM ${from}
        WHERE ${row} IS NOT NULL AND ${column} IS NOT NULL GROUP BY ALL`).join(' UNION ALL ')};
     CREATE TABLE grid AS SELECT r.tab, row, col, coalesce(n, 0) AS n,
            sum(coalesce(n, 0)) OVER (PARTITION BY r.tab, col) AS total,
            sum(coalesce(n, 0)) OVER (PARTITION BY r.tab, row) AS in_row,
            sum(coalesce(n, 0)) OVER (PARTITION BY r.tab) AS all_of
        FROM (SELECT DISTINCT tab, row FROM counts) r
        JOIN (SELECT DISTINCT tab, col FROM counts) c USING (tab)
        LEFT JOIN counts USING (tab, row, col);`,
    write('crosstabs', `SELECT tab, row, col, n, total, 100 * n / total AS pct,
        100 * ((n / total + ${z * z / 2} / total) - ${z} * sqrt(n / total * (1 - n / total) / total
            + ${z * z / 4} / total / total)) / (1 + ${z * z} / total) AS lo,
        100 * ((n / total + ${z * z / 2} / total) + ${z} * sqrt(n / total * (1 - n / total) / total
            + ${z * z / 4} / total / total)) / (1 + ${z * z} / total) AS hi
        FROM grid ORDER BY tab, row, col`),
    write('tests', `SELECT tab, sum((n - in_row * total / all_of) ** 2 / (in_row * total / all_of))
        AS chi2, (count(DISTINCT row) - 1) * (count(DISTINCT col) - 1) AS df
        FROM grid GROUP BY tab ORDER BY tab`)];

const w3 = [people('local_authority AS area'),
    `CREATE TABLE rows AS SELECT client_id, assessment_date::DATE AS date, type,
            believes_can_work AS believe, when_start, health_confidence::INT AS health,
            row_number() OVER () AS nr
        FROM ${read('assessments')} WHERE assessment_date IS NOT NULL AND type IS NOT NULL;
     CREATE TABLE pairs AS SELECT area, a.believe AS b1, z.believe AS b2, a.when_start AS w1,
            z.when_start AS w2, a.health AS h1, z.health AS h2
        FROM (SELECT DISTINCT ON (client_id) * FROM rows WHERE type = 'initial'
              ORDER BY client_id, date, nr) a
        JOIN (SELECT DISTINCT ON (client_id) * FROM rows WHERE type = 'review'
              ORDER BY client_id, date DESC, nr DESC) z USING (client_id)
        JOIN people USING (client_id);
     CREATE VIEW each AS FROM pairs WHERE area IS NOT NULL
        UNION ALL SELECT * REPLACE ('Total' AS area) FROM pairs WHERE area IS NOT NULL;`,
    write('paired', `SELECT area, n, init_yes, rev_yes, 100 * (g - l) / n AS diff,
        100 * ((g - l) / n - ${z} * sqrt(g + l - (g - l) ** 2 / n) / n) AS lo,
        100 * ((g - l) / n + ${z} * sqrt(g + l - (g - l) ** 2 / n) / n) AS hi FROM (
        SELECT area, count(*) AS n, count(*) FILTER (b1 = 'yes') AS init_yes,
            count(*) FILTER (b2 = 'yes') AS rev_yes,
            count(*) FILTER (b2 = 'yes' AND b1 <> 'yes') AS g,
            count(*) FILTER (b1 = 'yes' AND b2 <> 'yes') AS l
        FROM each WHERE b1 IS NOT NULL AND b2 IS NOT NULL GROUP BY area) ORDER BY area`),
    write('dist', ['health', 'when'].map((name) => `SELECT '${name}' AS var, value,
        count(*) FILTER (which = 1) AS n_init, count(*) FILTER (which = 2) AS n_rev FROM (
        SELECT ${name[0]}1::VARCHAR AS value, 1 AS which FROM pairs
        UNION ALL SELECT ${name[0]}2::VARCHAR, 2 FROM pairs) WHERE value IS NOT NULL
        GROUP BY value`).join(' UNION ALL ')),
    write('health', `SELECT area, count(*) AS n, avg(h2 - h1) AS mean_diff,
        avg(h2 - h1) - ${z} * stddev(h2 - h1) / sqrt(count(*)) AS lo,
        avg(h2 - h1) + ${z} * stddev(h2 - h1) / sqrt(count(*)) AS hi
        FROM each WHERE h1 IS NOT NULL AND h2 IS NOT NULL GROUP BY area ORDER BY area`)];

const sum = (n) => items.slice(0, n).map((q) => `${q}::INT`).join(' + ');
const w4 = [people('enrolment_date::DATE AS enrolled'),
    write('wellbeing', `SELECT scale, quarter, count(*) AS n, avg(score) AS mean,
        stddev(score) AS sd, avg(score) - ${z} * stddev(score) / sqrt(count(*)) AS lo,
        avg(score) + ${z} * stddev(score) / sqrt(count(*)) AS hi FROM (
        SELECT DISTINCT ON (client_id, scale) scale, score, year(enrolled) || 'Q' || quarter(enrolled)
            AS quarter, enrolled FROM (
            SELECT client_id, date::DATE AS date, scale, row_number() OVER () AS nr,
                CASE scale WHEN 'WSAS' THEN ${sum(5)} WHEN 'SWEMWBS' THEN ${sum(7)}
                WHEN 'GSE' THEN ${sum(10)} END AS score FROM ${read('wellbeing')})
        JOIN people USING (client_id) WHERE score IS NOT NULL AND date IS NOT NULL
        ORDER BY client_id, scale, date DESC, nr DESC) WHERE enrolled IS NOT NULL
        GROUP BY scale, quarter ORDER BY scale, quarter`)];

async function main() {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of { w1, w2, w3, w4 }[work]) await connection.run(statement);
}

main().catch((error) => { console.error(error.message); process.exit(1); });
