# Puts the signing certificate where signtool finds it, on a build machine.
#
# Takes WINDOWS_CERTIFICATE (a .pfx file, base64) and WINDOWS_CERTIFICATE_PASSWORD; without them,
# says so and does nothing. Writes SIGN_COMMAND to the file that GITHUB_ENV names.
$ErrorActionPreference = "Stop"

if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Host "No signing certificate is set: the programs and the installer will not be signed."
    exit 0
}
$file = Join-Path $env:RUNNER_TEMP "certificate.pfx"
try {
    [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
    $password = ConvertTo-SecureString $env:WINDOWS_CERTIFICATE_PASSWORD -AsPlainText -Force
    $certificate = Import-PfxCertificate -FilePath $file -Password $password `
        -CertStoreLocation Cert:\CurrentUser\My
}
finally {
    Remove-Item -Force -ErrorAction SilentlyContinue $file
}
$signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
    Sort-Object FullName | Select-Object -Last 1
$signtool.DirectoryName | Out-File -Append -Encoding utf8 $env:GITHUB_PATH
"SIGN_COMMAND=signtool sign /sha1 $($certificate.Thumbprint) /fd SHA256 " +
    "/tr http://timestamp.digicert.com /td SHA256" | Out-File -Append -Encoding utf8 $env:GITHUB_ENV
