// SPDX-License-Identifier: MIT
// The work items of the bench in Polars for Node.js, as an analyst would write them.
// node in_polars.js WORK DIR OUT
const fs = require('fs');
const pl = require('nodejs-polars');

const [work, dir, out] = process.argv.slice(2);
const { col, lit, when } = pl;
const z = 1.959963984540054;
const items = Array.from({ length: 10 }, (_, i) => `q${i + 1}`);
const scales = { WSAS: [5, 0, 8], SWEMWBS: [7, 1, 5], GSE: [10, 1, 4] };

const read = (name, columns) =>
    pl.readCSV(`${dir}/${name}.csv`, { inferSchemaLength: 0, ...(columns && { columns }) });
const writeRows = (name, head, rows) => fs.writeFileSync(`${out}/${name}.csv`,
    [head, ...rows.map((row) => row.join(','))].join('\n') + '\n');
const choose = (cases, other = lit(null)) => cases.slice(1)
    .reduce((chain, [test, value]) => chain.when(test).then(value),
        when(cases[0][0]).then(cases[0][1])).otherwise(other);

/* ---- w1 ---- */

const spaced = (name) => col(name).str.replaceAll('\\s+', ' ').str.strip();
const tidy = (name) => choose([[spaced(name).str.toLowerCase()
    .isIn(['', 'n/a', 'not recorded', '-', 'null', 'unknown']).not(), spaced(name)]]);

function day(name) {
    const text = spaced(name).str.replace(' 00:00:00$', '');
    // 31/02/2014 would be taken for 1/02/2014.
    const parsed = (value, format, shown = '^(\\d+)') => {
        const date = value.str.strptime(pl.Date, format);
        return choose([[date.dt.day().eq(value.str.extract(shown, 1).cast(pl.Int32)), date]]);
    };
    return choose([
        [text.str.contains('^\\d{1,2}/\\d{1,2}/\\d{4}$'), parsed(text, '%d/%m/%Y')],
        [text.str.contains('^\\d{4}-\\d\\d-\\d\\d$'), parsed(text, '%Y-%m-%d', '(\\d\\d)$')],
        [text.str.contains('^\\d\\d-[A-Za-z]{3}-\\d{4}$'), parsed(text, '%d-%b-%Y')],
        [text.str.contains('^\\d\\d\\.\\d\\d\\.\\d{4}$'), parsed(text, '%d.%m.%Y')],
        [text.str.contains('/[3-9]\\d$'), parsed(text.str.replace('/(\\d\\d)$', '/19$1'), '%d/%m/%Y')],
        [text.str.contains('/[0-2]\\d$'), parsed(text.str.replace('/(\\d\\d)$', '/20$1'), '%d/%m/%Y')],
    ]).alias(name);
}

function whole(name, low, high) {
    const number = spaced(name).str.replace('\\.0$', '').cast(pl.Int32, false);
    return choose([[number.gtEq(low).and(number.ltEq(high)), number]]).alias(name);
}

function postcode() {
    const joined = tidy('postcode').str.toUpperCase().str.replaceAll(' ', '');
    return choose([[joined.str.lengths().gtEq(5).and(joined.str.lengths().ltEq(7)),
        joined.str.replace('(...)$', ' $1')]]).alias('postcode');
}

function clean() {
    const spellings = {};
    for (const { field, raw, canonical } of read('recode').toRecords())
        (spellings[field] ??= {})[raw] = canonical;
    const code = (name, field = name) => col(name).str.strip().str.toLowerCase()
        .replaceStrict(Object.keys(spellings[field]), Object.values(spellings[field]), lit(null), pl.Utf8)
        .alias(name);
    const id = tidy('client_id').str.toUpperCase().alias('client_id');
    const text = (...names) => names.map((name) => tidy(name).alias(name));
    const write = (table, name) => table.unique({ maintainOrder: true }).writeCSV(`${out}/${name}.csv`);

    write(read('clients').withColumns(id, ...text('first_name', 'last_name'), day('dob'), postcode(),
        code('gender'), code('ethnicity'), code('local_authority', 'area'), day('referral_date'),
        day('enrolment_date'), code('primary_condition', 'condition'),
        code('secondary_condition', 'condition'), code('registered_disabled', 'yesno'),
        code('mental_health', 'yesno'), ...text('key_worker', 'notes')), 'clients');
    write(read('assessments').withColumns(id, day('assessment_date'), code('type'),
        code('believes_can_work', 'yesno'), code('when_start', 'when'), whole('health_confidence', 0, 6),
        ...text('barriers', 'key_worker', 'comments')), 'assessments');
    const end = (at) => choose(Object.entries(scales).map(([scale, ends]) =>
        [col('scale').eq(lit(scale)), lit(ends[at])]));
    write(read('wellbeing').withColumns(id, day('date'), code('scale'))
        .withColumns(...items.map((item) => whole(item, end(1), end(2)))), 'wellbeing');
    write(read('services').withColumns(id, day('contact_date'), code('service_type', 'service'),
        ...text('organisation'), code('co_producing', 'yesno'), code('improving_employability', 'yesno'),
        whole('relationship_rating', 1, 5), ...text('notes')), 'services');
}

/* ---- w2 to w4 ---- */

const first = (table, keep = 'first') =>
    table.unique({ subset: ['client_id'], keep, maintainOrder: true });
const clients = (...columns) => first(read('clients', ['client_id', ...columns]));
const answered = (table, ...names) =>
    names.reduce((rows, name) => rows.filter(col(name).isNotNull()), table);

function crosstabs() {
    const born = col('dob').str.slice(0, 4).cast(pl.Int32, false);
    const age = lit(2015).sub(born).sub(col('dob').str.slice(5, 5).gt(lit('03-13')).cast(pl.Int32));
    const people = clients('dob', 'gender', 'ethnicity', 'local_authority')
        .rename({ local_authority: 'area' }).withColumns(age.alias('age'))
        .withColumns(choose([[col('age').lt(25), lit('16-24')], [col('age').lt(35), lit('25-34')],
            [col('age').lt(45), lit('35-44')], [col('age').lt(55), lit('45-54')],
            [col('age').isNotNull(), lit('55+')]]).alias('band'));
    const served = read('services', ['client_id', 'improving_employability'])
        .rename({ improving_employability: 'improving' }).join(people, { on: 'client_id', how: 'inner' });
    const cells = [], tests = [];
    [[people, 'ethnicity', 'area'], [people, 'gender', 'area'], [people, 'band', 'area'],
        [served, 'improving', 'area'], [served, 'improving', 'band'], [served, 'improving', 'ethnicity'],
    ].forEach(([table, row, column], tab) => {
        const counts = answered(table, row, column).groupBy(row, column)
            .agg(pl.count('client_id').alias('n')).toRecords();
        const inRow = {}, inColumn = {}, n = {};
        let all = 0, chi2 = 0;
        for (const record of counts) {
            const count = Number(record.n);
            n[[record[row], record[column]]] = count;
            inRow[record[row]] = (inRow[record[row]] ?? 0) + count;
            inColumn[record[column]] = (inColumn[record[column]] ?? 0) + count;
            all += count;
        }
        for (const r of Object.keys(inRow).sort()) for (const c of Object.keys(inColumn).sort()) {
            const count = n[[r, c]] ?? 0, total = inColumn[c], p = count / total;
            const expected = inRow[r] * total / all;
            const half = z * Math.sqrt(p * (1 - p) / total + z * z / 4 / total / total);
            const centre = p + z * z / 2 / total, scale = 1 + z * z / total;
            chi2 += (count - expected) ** 2 / expected;
            cells.push([tab + 1, r, c, count, total, 100 * p, 100 * (centre - half) / scale,
                100 * (centre + half) / scale]);
        }
        tests.push([tab + 1, chi2, (Object.keys(inRow).length - 1) * (Object.keys(inColumn).length - 1)]);
    });
    writeRows('crosstabs', 'tab,row,col,n,total,pct,lo,hi', cells);
    writeRows('tests', 'tab,chi2,df', tests);
}

function change() {
    const rows = answered(read('assessments', ['client_id', 'assessment_date', 'type',
        'believes_can_work', 'when_start', 'health_confidence']), 'assessment_date', 'type')
        .sort('assessment_date', false, false, true);
    const at = (type, keep, n) => first(rows.filter(col('type').eq(lit(type))), keep).select(
        col('client_id'), col('believes_can_work').alias(`believe${n}`),
        col('when_start').alias(`when${n}`), col('health_confidence').cast(pl.Int32).alias(`health${n}`));
    const pairs = at('initial', 'first', 1).join(at('review', 'last', 2), { on: 'client_id', how: 'inner' })
        .join(clients('local_authority').rename({ local_authority: 'area' }),
            { on: 'client_id', how: 'inner' });
    const each = (table) => {
        const known = answered(table, 'area');
        return pl.concat([known, known.withColumns(lit('Total').alias('area'))]).groupBy('area');
    };
    const yes = (n) => col(`believe${n}`).eq(lit('yes'));
    const sum = (test, name) => test.cast(pl.Int32).sum().alias(name);

    writeRows('paired', 'area,n,init_yes,rev_yes,diff,lo,hi', each(answered(pairs, 'believe1', 'believe2'))
        .agg(pl.count('client_id').alias('n'), sum(yes(1), 'before'), sum(yes(2), 'after'),
            sum(yes(2).and(yes(1).not()), 'gained'), sum(yes(1).and(yes(2).not()), 'lost'))
        .toRecords().map((r) => {
            const n = Number(r.n), diff = (r.gained - r.lost) / n;
            const half = z * Math.sqrt(r.gained + r.lost - (r.gained - r.lost) ** 2 / n) / n;
            return [r.area, n, r.before, r.after, 100 * diff, 100 * (diff - half), 100 * (diff + half)];
        }));
    const spread = ['health', 'when'].flatMap((name) => {
        const counts = {};
        for (const n of [1, 2])
            for (const r of answered(pairs, name + n).groupBy(name + n)
                .agg(pl.count('client_id').alias('n')).toRecords())
                (counts[r[name + n]] ??= [0, 0])[n - 1] = Number(r.n);
        return Object.entries(counts).map(([value, n]) => [name, value, ...n]);
    });
    writeRows('dist', 'var,value,n_init,n_rev', spread);
    const d = col('health2').sub(col('health1'));
    writeRows('health', 'area,n,mean_diff,lo,hi', each(answered(pairs, 'health1', 'health2'))
        .agg(pl.count('client_id').alias('n'), d.mean().alias('mean'), d.std().alias('sd'))
        .toRecords().map((r) => {
            const half = z * r.sd / Math.sqrt(Number(r.n));
            return [r.area, Number(r.n), r.mean, r.mean - half, r.mean + half];
        }));
}

function wellbeing() {
    const score = (count) => items.slice(1, count)
        .reduce((total, item) => total.add(col(item).cast(pl.Int32)), col('q1').cast(pl.Int32));
    const rows = answered(read('wellbeing').withColumns(choose(Object.entries(scales).map(
        ([scale, [count]]) => [col('scale').eq(lit(scale)), score(count)])).alias('score')),
    'date', 'score').sort('date', false, false, true);
    const month = col('enrolment_date').str.slice(5, 2).cast(pl.Int32);
    const quarter = pl.concatString([col('enrolment_date').str.slice(0, 4),
        choose([[month.ltEq(3), lit('Q1')], [month.ltEq(6), lit('Q2')], [month.ltEq(9), lit('Q3')]],
            lit('Q4'))], '');
    const last = rows.unique({ subset: ['client_id', 'scale'], keep: 'last', maintainOrder: true })
        .join(answered(clients('enrolment_date'), 'enrolment_date'), { on: 'client_id', how: 'inner' })
        .withColumns(quarter.alias('quarter'));
    writeRows('wellbeing', 'scale,quarter,n,mean,sd,lo,hi', last.groupBy('scale', 'quarter')
        .agg(pl.count('client_id').alias('n'), col('score').mean().alias('mean'),
            col('score').std().alias('sd'))
        .toRecords().map((r) => {
            const half = z * r.sd / Math.sqrt(Number(r.n));
            return [r.scale, r.quarter, Number(r.n), r.mean, r.sd, r.mean - half, r.mean + half];
        }));
}

({ w1: clean, w2: crosstabs, w3: change, w4: wellbeing })[work]();
