#!/usr/bin/env bash
# Makes the disk image from the application bundle, on macOS.
#
#     make_dmg.sh dist/DigitPad.app dist/installers
#
# Signs with the identity in MACOS_SIGN_IDENTITY, whose certificate is in a keychain; without one,
# ad hoc: such a bundle runs where it was built, elsewhere after a person allowed it. Has Apple
# notarise the image when MACOS_NOTARY_KEY (a .p8 file), MACOS_NOTARY_KEY_ID and
# MACOS_NOTARY_ISSUER are set too.
set -euo pipefail

if [ $# -ne 2 ]; then
    sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
app=$1 out=$2
here=$(cd "$(dirname "$0")" && pwd)
# Python's ctypes and the bindings to Qt make small callbacks at run time, which the hardened runtime
# would not run; and a person may put in a Qt of their own (LGPL), which nobody here has signed.
# Said here because Apple's tools refuse comments in that file.
entitlements=$here/entitlements.plist
identity=${MACOS_SIGN_IDENTITY:-}

version=$(/usr/libexec/PlistBuddy -c 'Print :CFBundleShortVersionString' "$app/Contents/Info.plist")
program=$app/Contents/MacOS/$(/usr/libexec/PlistBuddy -c 'Print :CFBundleExecutable' \
    "$app/Contents/Info.plist")
image=$out/DigitPad-$version-macos-$(uname -m).dmg
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# sign FILE [OPTION...]: with a trusted time, which notarising asks for, when there is an identity.
sign() {
    local file=$1
    shift
    if [ -n "$identity" ]; then
        codesign --force --sign "$identity" --timestamp "$@" "$file"
    else
        codesign --force --sign - "$@" "$file"
    fi
}

# From the inside out: a bundle's seal covers the signatures within. The program comes last.
sign_bundle() {
    find "$app/Contents" -type f ! -path "$program" -print0 | while IFS= read -r -d '' file; do
        case $(file --brief "$file") in
            Mach-O*executable*) sign "$file" --options runtime --entitlements "$entitlements" ;;
            Mach-O*) sign "$file" --options runtime ;;
        esac
    done
    find "$app/Contents" -type d -name '*.framework' -print0 | while IFS= read -r -d '' folder; do
        sign "$folder" --options runtime
    done
    sign "$app" --options runtime --entitlements "$entitlements"
    codesign --verify --deep --strict "$app"
}

# The system's indexer now and then holds the new image, and hdiutil then says "Resource busy".
make_image() {
    local attempt
    for attempt in 1 2 3; do
        if hdiutil create -quiet -ov -volname "DigitPad $version" -srcfolder "$scratch/image" \
            -fs HFS+ -format ULMO "$scratch/image.dmg"; then
            return
        fi
        echo "make_dmg: attempt $attempt to make the image failed" >&2
        sleep $((attempt * 5))
    done
    exit 1
}

notarise() {
    if [ -z "$identity" ] || [ -z "${MACOS_NOTARY_KEY:-}" ]; then
        echo "make_dmg: not notarised, for no identity or no key for Apple's notary was given"
        return
    fi
    xcrun notarytool submit "$1" --wait --timeout 30m --key "$MACOS_NOTARY_KEY" \
        --key-id "$MACOS_NOTARY_KEY_ID" --issuer "$MACOS_NOTARY_ISSUER"
    xcrun stapler staple "$1"
    xcrun stapler validate "$1"
}

[ -n "$identity" ] || echo "make_dmg: signed ad hoc only, for MACOS_SIGN_IDENTITY is not set"
sign_bundle

mkdir -p "$scratch/image" "$out"
ditto "$app" "$scratch/image/$(basename "$app")"
ln -s /Applications "$scratch/image/Applications"
make_image
[ -z "$identity" ] || sign "$scratch/image.dmg"
notarise "$scratch/image.dmg"
hdiutil verify -quiet "$scratch/image.dmg"
mv "$scratch/image.dmg" "$image"
echo "$image"
