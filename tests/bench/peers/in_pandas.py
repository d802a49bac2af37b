# SPDX-License-Identifier: MIT
"""The work items of the bench in pandas, as an analyst would write them.
python3 in_pandas.py WORK DIR OUT"""
import sys

import numpy as np
import pandas as pd

WORK, DIR, OUT = sys.argv[1:4]
Z = 1.959963984540054
MISSING = ["n/a", "not recorded", "-", "null", "unknown"]
DAY = pd.Timestamp("2015-03-13")
ITEMS = [f"q{i}" for i in range(1, 11)]
SCALES = {"WSAS": (5, 0, 8), "SWEMWBS": (7, 1, 5), "GSE": (10, 1, 4)}


def read(name, columns=None):
    return pd.read_csv(f"{DIR}/{name}.csv", dtype=str, usecols=columns, keep_default_na=False,
                       na_values=[""], encoding="utf-8-sig")


def write(table, name):
    table.to_csv(f"{OUT}/{name}.csv", index=False, date_format="%Y-%m-%d")


def tidy(column):
    column = column.str.replace(r"\s+", " ", regex=True).str.strip()
    return column.mask(column.str.lower().isin(MISSING) | (column == ""))


def dates(column):
    column = tidy(column)
    found = pd.Series(pd.NaT, index=column.index)
    for shape, style in ((r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"), (r"\d{4}-", "%Y-%m-%d"),
                         (r"\d\d-[A-Za-z]", "%d-%b-%Y"), (r"\d\d\.", "%d.%m.%Y"),
                         (r"\d{1,2}/\d{1,2}/\d\d$", "%d/%m/%y")):
        fits = column.str.match(shape, na=False) & found.isna()
        text = column[fits].str.split(" ").str[0]
        found[fits] = pd.to_datetime(text, format=style, errors="coerce")
    late = found.dt.year >= 2030
    found[late] = found[late] - pd.DateOffset(years=100)
    return found


def whole(column, low, high):
    number = pd.to_numeric(tidy(column), errors="coerce")
    return number.where((number % 1 == 0) & (number >= low) & (number <= high)).astype("Int64")


def postcodes(column):
    text = tidy(column).str.upper().str.replace(" ", "")
    return (text.str[:-3] + " " + text.str[-3:]).where(text.str.len().between(5, 7))


def clean():
    spellings = {field: dict(zip(rows.raw, rows.canonical))
                 for field, rows in read("recode").groupby("field")}
    codes = {"gender": "gender", "ethnicity": "ethnicity", "local_authority": "area",
             "primary_condition": "condition", "secondary_condition": "condition",
             "registered_disabled": "yesno", "mental_health": "yesno", "type": "type",
             "believes_can_work": "yesno", "when_start": "when", "scale": "scale",
             "service_type": "service", "co_producing": "yesno", "improving_employability": "yesno"}
    for name in ("clients", "assessments", "wellbeing", "services"):
        table = read(name)
        for column in table:
            if column in codes:
                table[column] = table[column].str.strip().str.lower().map(spellings[codes[column]])
            elif column in ("dob", "date") or column.endswith("_date"):
                table[column] = dates(table[column])
            elif column == "client_id":
                table[column] = tidy(table[column]).str.upper()
            elif column == "postcode":
                table[column] = postcodes(table[column])
            elif column == "health_confidence":
                table[column] = whole(table[column], 0, 6)
            elif column == "relationship_rating":
                table[column] = whole(table[column], 1, 5)
            elif column not in ITEMS:
                table[column] = tidy(table[column])
        if name == "wellbeing":
            low = table.scale.map({scale: ends[1] for scale, ends in SCALES.items()})
            high = table.scale.map({scale: ends[2] for scale, ends in SCALES.items()})
            for item in ITEMS:
                table[item] = whole(table[item], low, high)
        write(table.drop_duplicates(), name)


def clients(*columns):
    return read("clients", ["client_id", *columns]).drop_duplicates("client_id")


def crosstabs():
    people = clients("dob", "gender", "ethnicity", "local_authority")
    people = people.rename(columns={"local_authority": "area"})
    born = pd.to_datetime(people.dob)
    age = DAY.year - born.dt.year - (born.dt.month * 100 + born.dt.day > 313)
    people["band"] = pd.cut(age, [-1, 24, 34, 44, 54, 200],
                            labels=["16-24", "25-34", "35-44", "45-54", "55+"]).astype(object)
    services = read("services", ["client_id", "improving_employability"]).merge(people)
    services = services.rename(columns={"improving_employability": "improving"})
    parts, tests = [], []
    for number, (data, row, column) in enumerate(
            [(people, "ethnicity", "area"), (people, "gender", "area"), (people, "band", "area"),
             (services, "improving", "area"), (services, "improving", "band"),
             (services, "improving", "ethnicity")], 1):
        counts = pd.crosstab(data[row], data[column])
        expected = np.outer(counts.sum(axis=1), counts.sum()) / counts.values.sum()
        tests.append((number, ((counts - expected) ** 2 / expected).values.sum(),
                      (counts.shape[0] - 1) * (counts.shape[1] - 1)))
        part = counts.stack().rename("n").reset_index()
        part.columns = ["row", "col", "n"]
        part.insert(0, "tab", number)
        part["total"] = part.groupby("col").n.transform("sum")
        parts.append(part)
    table = pd.concat(parts)
    p, n = table.n / table.total, table.total
    centre = (p + Z * Z / 2 / n) / (1 + Z * Z / n)
    half = Z * np.sqrt(p * (1 - p) / n + Z * Z / 4 / n / n) / (1 + Z * Z / n)
    write(table.assign(pct=100 * p, lo=100 * (centre - half).clip(0), hi=100 * (centre + half)),
          "crosstabs")
    write(pd.DataFrame(tests, columns=["tab", "chi2", "df"]), "tests")


def areas_and_total(pairs):
    pairs = pairs.dropna(subset=["area"])
    return pd.concat([pairs, pairs.assign(area="Total")]).groupby("area")


def change():
    rows = read("assessments", ["client_id", "assessment_date", "type", "believes_can_work",
                                "when_start", "health_confidence"])
    rows.columns = ["client_id", "date", "type", "believe", "when", "health"]
    rows = rows.dropna(subset=["date", "type"]).sort_values("date", kind="stable")
    rows["health"] = rows.health.astype(float)
    first = rows[rows.type == "initial"].drop_duplicates("client_id")
    last = rows[rows.type == "review"].drop_duplicates("client_id", keep="last")
    area = clients("local_authority").rename(columns={"local_authority": "area"})
    pairs = first.merge(last, on="client_id", suffixes=("_1", "_2")).merge(area)
    out = []
    for name, group in areas_and_total(pairs.dropna(subset=["believe_1", "believe_2"])):
        before, after = group.believe_1 == "yes", group.believe_2 == "yes"
        n, gained, lost = len(group), (after & ~before).sum(), (before & ~after).sum()
        half = Z * np.sqrt(gained + lost - (gained - lost) ** 2 / n) / n
        diff = (gained - lost) / n
        out.append((name, n, before.sum(), after.sum(), 100 * diff, 100 * (diff - half),
                    100 * (diff + half)))
    write(pd.DataFrame(out, columns=["area", "n", "init_yes", "rev_yes", "diff", "lo", "hi"]),
          "paired")
    spread = [pd.DataFrame({"n_init": pairs[f"{v}_1"].value_counts(),
                            "n_rev": pairs[f"{v}_2"].value_counts()}).fillna(0).astype(int)
              .rename_axis("value").reset_index().assign(var=v) for v in ("health", "when")]
    spread[0]["value"] = spread[0].value.astype(int)
    write(pd.concat(spread)[["var", "value", "n_init", "n_rev"]], "dist")
    out = []
    for name, group in areas_and_total(pairs.dropna(subset=["health_1", "health_2"])):
        d = group.health_2 - group.health_1
        half = Z * d.std() / np.sqrt(len(d))
        out.append((name, len(d), d.mean(), d.mean() - half, d.mean() + half))
    write(pd.DataFrame(out, columns=["area", "n", "mean_diff", "lo", "hi"]), "health")


def wellbeing():
    rows = pd.read_csv(f"{DIR}/wellbeing.csv").dropna(subset=["date", "scale"])
    for scale, (items, _, _) in SCALES.items():
        of_scale = rows.scale == scale
        rows.loc[of_scale, "score"] = rows.loc[of_scale, ITEMS[:items]].sum(axis=1, skipna=False)
    last = rows.dropna(subset=["score"]).sort_values("date", kind="stable").drop_duplicates(
        ["client_id", "scale"], keep="last")
    last = last.merge(clients("enrolment_date").dropna(), on="client_id")
    last["quarter"] = pd.to_datetime(last.enrolment_date).dt.to_period("Q").astype(str)
    out = last.groupby(["scale", "quarter"]).score.agg(n="count", mean="mean", sd="std")
    half = Z * out.sd / np.sqrt(out.n)
    write(out.assign(lo=out["mean"] - half, hi=out["mean"] + half).reset_index(), "wellbeing")


{"w1": clean, "w2": crosstabs, "w3": change, "w4": wellbeing}[WORK]()
