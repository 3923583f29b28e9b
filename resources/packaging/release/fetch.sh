#!/usr/bin/env bash
# Downloads one file and keeps it only if it is the one that was looked at when it was pinned.
#
#     fetch.sh URL SHA256 TARGET
set -euo pipefail

if [ $# -ne 3 ]; then
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
url=$1 wanted=$2 target=$3
part=$target.part
trap 'rm -f "$part"' EXIT

curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$part" "$url"
got=$(sha256sum "$part" | cut -d ' ' -f 1)
if [ "$got" != "$wanted" ]; then
    echo "fetch: $url has SHA-256 $got, not $wanted" >&2
    exit 1
fi
mv "$part" "$target"
