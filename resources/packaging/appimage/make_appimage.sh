#!/usr/bin/env bash
# Makes the AppImage of the frozen folder, on Linux with a network.
#
#     make_appimage.sh dist/DigitPad dist/installers
#
# Both tools are pinned: the one that packs, and the runtime that becomes the first part of the
# result and would else be fetched by the first in whatever version there is.
set -euo pipefail

if [ $# -ne 2 ]; then
    sed -n '2,4s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
folder=$(cd "$1" && pwd) out=$2
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../../..
fetch=$here/../release/fetch.sh
version=$("$folder/digitpad" --version | cut -d ' ' -f 2)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$fetch" \
    https://github.com/AppImage/appimagetool/releases/download/1.9.1/appimagetool-x86_64.AppImage \
    ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0 "$scratch/appimagetool"
"$fetch" \
    https://github.com/AppImage/type2-runtime/releases/download/20251108/runtime-x86_64 \
    2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d "$scratch/runtime"
chmod +x "$scratch/appimagetool"

content=$scratch/DigitPad.AppDir
mkdir "$content"
cp -R "$folder" "$content/DigitPad"
# What installs and removes the folder: an AppImage is only put somewhere.
rm -r "$content/DigitPad/digitpad-setup" "$content/DigitPad/_internal/digitpad_setup"
cp "$root/resources/icons/digitpad.svg" "$content/digitpad.svg"
cp "$here/AppRun" "$content/AppRun"
# A menu that tries to find the program on the PATH would leave it out.
grep -v '^TryExec=' "$here/../linux/digitpad_setup/share/digitpad.desktop" > "$content/digitpad.desktop"

mkdir -p "$out"
# The tool is an AppImage itself; unpacking it spares the build machine FUSE.
ARCH=x86_64 VERSION=$version "$scratch/appimagetool" --appimage-extract-and-run \
    --runtime-file "$scratch/runtime" "$content" "$scratch/result" >&2
image=$out/DigitPad-$version-linux-x86_64.AppImage
mv "$scratch/result" "$image"
echo "$image"
