#!/bin/sh
# SPDX-License-Identifier: MIT
# pages_pspp.sh PEOPLE OUT.pdf: frequencies, cross-tabulations with tests and charts of clean people and services by
# PSPP, to a PDF. PEOPLE is a 20-people folder.
set -eu
people=$1 out=$2
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# get FILE: a GET DATA of it, every column as it stands.
get() {
    awk -F, -v file="$people/$1.csv" 'NR == 1 {
        printf "GET DATA /TYPE=TXT /FILE=\"%s\" /DELCASE=LINE /DELIMITERS=\",\" /QUALIFIER=\"\047\" /FIRSTCASE=2 /VARIABLES=", file
        for (i = 1; i <= NF; i++) printf " v_%s %s", $i, $i ~ /_total$/ ? "F8.2" : "A40"
        print "."; exit}' "$people/$1.csv" | sed "s/\"'\"/'\"'/"
}
{
    get people
    echo 'FREQUENCIES v_area v_age_band v_sex v_ethnicity v_primary_type v_condition v_secondary_type v_disabled v_mental v_record /BARCHART.'
    echo 'CROSSTABS /TABLES=v_age_band v_sex v_ethnicity v_condition v_disabled v_believe BY v_area /STATISTICS=CHISQ /CELLS=COUNT COLUMN.'
    echo "SORT CASES BY v_client. SAVE OUTFILE='$tmp/people.sav' /KEEP=v_client v_area v_quarter v_believe." | sed 's/\. SAVE/.\nSAVE/'
    get services
    echo 'SORT CASES BY v_client.'
    echo "MATCH FILES /FILE=* /TABLE='$tmp/people.sav' /BY v_client."
    echo 'FREQUENCIES v_type v_organisation v_engagement v_coproducing v_shared_plan v_employability v_quality /BARCHART.'
    echo 'CROSSTABS /TABLES=v_type v_coproducing v_employability v_quality BY v_area /STATISTICS=CHISQ /CELLS=COUNT COLUMN.'
    for scale in wsas swemwbs gse; do
        get latest_$scale
        echo 'SORT CASES BY v_client.'
        echo "MATCH FILES /FILE=* /TABLE='$tmp/people.sav' /BY v_client."
        echo "MEANS TABLES=v_${scale}_total BY v_quarter /CELLS=COUNT MEAN STDDEV SEMEAN."
    done
} >"$tmp/report.sps"
pspp -o "$out" "$tmp/report.sps" >"$tmp/said" 2>&1 || { tail -n 3 "$tmp/said" >&2; exit 1; }
