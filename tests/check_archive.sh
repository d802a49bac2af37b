#!/bin/sh
# SPDX-License-Identifier: MIT
# check_archive.sh -- a report in a theme that says `pdf: {archive: yes}` is PDF/A-1b, as far as PDFBox's preflight
# (libpdfbox2-java) or, where that is not installed, version, identifier, transparency and attachments tell.
. "$(dirname "$0")/support/script.sh"

cp -r tests/studies/debt-advice "$tmp/study"
sed -i 's|^theme: .*|theme: archive|' "$tmp/study/findings.md"
cp tests/torture/quarters.jpg "$tmp/study"
printf '\n# Picture\n\n@fig-photo\n\n::: {.figure #fig-photo image=quarters.jpg title="Colours" alt="Four colours"}\n:::\n' \
    >>"$tmp/study/findings.md"
"$bin/reckon" run "$tmp/study" -o "$tmp/out" -q 2>"$tmp/said" || fail "$(cat "$tmp/said")"
pdf=$tmp/out/findings.pdf

[ "$(head -c 8 "$pdf")" = "%PDF-1.4" ] || fail "not version 1.4"
grep -aq '<pdfaid:part>1</pdfaid:part>' "$pdf" || fail "no identifier"
grep -aEq '/(ca|CA|SMask|EmbeddedFile|Filespec) ' "$pdf" && fail "transparency or attachments"
"$bin/reckon" verify "$pdf" 2>"$tmp/said" && fail "verified without attachments"
grep -q 'pdf: archive' "$tmp/said" || fail "verify does not say why: $(cat "$tmp/said")"

path=
for jar in preflight pdfbox2 fontbox2 xmpbox commons-logging jaxb-api javax.activation; do
    [ -e "/usr/share/java/$jar.jar" ] && path="$path/usr/share/java/$jar.jar:" || path=none:
done
case $path in
none:* | '') word="preflight is not installed" ;;
*)
    java -cp "$path" org.apache.pdfbox.preflight.Validator_A1b "$pdf" >"$tmp/said" 2>&1 || true
    grep -q 'is a valid PDF/A-1b file' "$tmp/said" || fail "$(head -n 5 "$tmp/said")"
    word="PDFBox agrees"
    ;;
esac
echo "a PDF/A-1b file: $word"
