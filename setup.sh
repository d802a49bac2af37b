#!/bin/sh
# SPDX-License-Identifier: MIT
# setup.sh PACKAGES.TXT -- installs the Debian packages of the list that are missing.
# Exit status 4 with the command to type where it cannot.
set -u
list=${1:-packages.txt}
missing=
for package in $(sed 's/#.*//' "$list"); do
    case $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) in
    ii*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

give_up() {
    echo "reckon: $1; install what is missing with" >&2
    echo "    sudo apt-get install$missing" >&2
    exit 4
}

command -v apt-get >/dev/null 2>&1 || give_up "there is no apt-get here"
sudo=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || give_up "packages are missing and you are not root"
    sudo=sudo
fi
echo "reckon: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# A first try with the package lists that are there; then with fresh ones.
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 && exit 0
$sudo apt-get update -qq || give_up "apt-get update failed"
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null ||
    give_up "apt-get install failed"
