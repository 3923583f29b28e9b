#!/usr/bin/env bash
# Puts the signing certificate into a keychain of its own, on a build machine.
#
# Takes MACOS_CERTIFICATE (a .p12 file, base64) and MACOS_CERTIFICATE_PASSWORD; without them, says
# so and does nothing. Writes MACOS_SIGN_IDENTITY to the file that GITHUB_ENV names.
set -euo pipefail

if [ -z "${MACOS_CERTIFICATE:-}" ]; then
    echo "No signing certificate is set: the bundle will be signed ad hoc."
    exit 0
fi
keychain=$RUNNER_TEMP/signing.keychain-db
certificate=$RUNNER_TEMP/certificate.p12
password=$(openssl rand -hex 24)
trap 'rm -f "$certificate"' EXIT

base64 --decode > "$certificate" <<< "$MACOS_CERTIFICATE"
security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security import "$certificate" -k "$keychain" -f pkcs12 -P "$MACOS_CERTIFICATE_PASSWORD" \
    -T /usr/bin/codesign
# Without this, codesign would wait for a person to allow it the key.
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" > /dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
identity=$(security find-identity -v -p codesigning "$keychain" | awk 'NR == 1 { print $2 }')
echo "MACOS_SIGN_IDENTITY=$identity" >> "$GITHUB_ENV"
