; Installs DigitPad for one person, without elevation. Compiled by build_installer.py, which hands
; over VERSION, VERSION_QUAD, SIZE_KB, OUT, ICON, FILES (what to pack) and REMOVAL (what to delete).
;
; Nothing is half installed: the files are unpacked beside the old version, and two renames put the
; new folder in its place. Nothing is deleted but what an installer put there: what a person keeps
; in the folder stays, and so do the settings.
;
; /S installs silently, /D=C:\folder names the folder (last, without quotation marks).
; Exit status: 0 installed; 1 a person cancelled; 2 failed and taken back; 3 DigitPad is running;
; 4 this folder or this system cannot take it.

Unicode True
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "DigitPad"
!define PROGRAM "digitpad.exe"
!define CONSOLE_PROGRAM "digitpad-console.exe"
!define UNINSTALLER "uninstall.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define CLASSES "Software\Classes"
!define INK_CLASS "${NAME}.Ink"
!define SHCNE_ASSOCCHANGED 0x08000000

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
; A file that cannot be written ends the installation: a program with a hole in it is none.
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${VERSION_QUAD}"
VIFileVersion "${VERSION_QUAD}"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} installer"
VIAddVersionKey /LANG=1033 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "${NAME} and the authors of the libraries inside"

!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_NOAUTOCLOSE

!ifdef LICENCE
  !insertmacro MUI_PAGE_LICENSE "${LICENCE}"
!endif
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseForeignFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro RefuseWhileRunning UN
  ; Windows lets nobody write to a program that runs.
  Function ${UN}RefuseWhileRunning
    Push "${PROGRAM}"
    Push "${CONSOLE_PROGRAM}"
    ${ForEach} $1 1 2 + 1
      Pop $2
      ${DoWhile} ${FileExists} "$INSTDIR\$2"
        ClearErrors
        FileOpen $0 "$INSTDIR\$2" a
        ${IfNot} ${Errors}
          FileClose $0
          ${Break}
        ${EndIf}
        ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME} is running. Close it, then try again." /SD IDCANCEL IDCANCEL`
          SetErrorLevel 3
          Quit
        ${EndIf}
      ${Loop}
    ${Next}
  FunctionEnd
!macroend
!insertmacro RefuseWhileRunning ""
!insertmacro RefuseWhileRunning "un."

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs Windows 10 or newer, 64-bit." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  SetRegView 64
  ${If} ${Silent}
    Call RefuseForeignFolder
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
FunctionEnd

; A folder with other things in it is not ours to replace.
Function RefuseForeignFolder
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${UNINSTALLER}"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "$INSTDIR holds other files. Choose an empty or a new folder." /SD IDOK
      ${If} ${Silent}
        SetErrorLevel 4
        Quit
      ${EndIf}
      Abort
    ${EndIf}
  ${EndIf}
FunctionEnd

; Undoes what an installer did that did not come to its end: this one or one that was killed.
Function TakeBack
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR.new"
  ${If} ${FileExists} "$INSTDIR.old\${UNINSTALLER}"
    ${If} ${FileExists} "$INSTDIR\*.*"
      Call RemoveOld
    ${Else}
      Rename "$INSTDIR.old" "$INSTDIR"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Only the old version knows which files it brought; others are a person's own, and stay.
Function RemoveOld
  ExecWait '"$INSTDIR.old\${UNINSTALLER}" /S /FILES _?=$INSTDIR.old'
  Delete "$INSTDIR.old\${UNINSTALLER}"
  RMDir "$INSTDIR.old"
  ${If} ${FileExists} "$INSTDIR.old\*.*"
    StrCpy $1 1
    ${DoWhile} ${FileExists} "$INSTDIR.kept-$1\*.*"
      IntOp $1 $1 + 1
    ${Loop}
    Rename "$INSTDIR.old" "$INSTDIR.kept-$1"
    MessageBox MB_OK|MB_ICONINFORMATION "Files of your own lay in the old version's folder. They are now in $INSTDIR.kept-$1." /SD IDOK
  ${EndIf}
FunctionEnd

Function .onInstFailed
  Call TakeBack
  SetErrorLevel 2
FunctionEnd

Section "${NAME}" SEC_PROGRAM
  SectionIn RO
  ; What an installer that was killed left behind.
  Call TakeBack
  Call RefuseWhileRunning

  ClearErrors
  CreateDirectory "$INSTDIR.new"
  ${If} ${Errors}
    Abort "$INSTDIR.new cannot be made."
  ${EndIf}
  SetOutPath "$INSTDIR.new"
  !include "${FILES}"
  ClearErrors
  WriteUninstaller "$INSTDIR.new\${UNINSTALLER}"
  ${IfNot} ${FileExists} "$INSTDIR.new\${UNINSTALLER}"
  ${OrIf} ${Errors}
    Abort "The uninstaller cannot be written."
  ${EndIf}
  ; A current folder cannot be renamed.
  SetOutPath "$TEMP"

  ${If} ${FileExists} "$INSTDIR\${UNINSTALLER}"
    ClearErrors
    Rename "$INSTDIR" "$INSTDIR.old"
    ${If} ${Errors}
      Abort "$INSTDIR is in use. Nothing was changed."
    ${EndIf}
  ${Else}
    RMDir "$INSTDIR"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR.new" "$INSTDIR"
  ${If} ${Errors}
    Abort "$INSTDIR cannot be written. Nothing was changed."
  ${EndIf}

  ${If} ${FileExists} "$INSTDIR.old\${UNINSTALLER}"
    Call RemoveOld
  ${EndIf}

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\${UNINSTALLER}"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\${UNINSTALLER}" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section "Start menu entry" SEC_MENU
  SetOutPath "$INSTDIR"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "Desktop icon" SEC_DESKTOP
  SetOutPath "$INSTDIR"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section "Open ink files (.inkml)" SEC_INK
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}" "" "Ink drawing"
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.inkml\OpenWithProgids" "${INK_CLASS}" ""
  ; Another program's choice stays; this one is then offered under "Open with".
  ReadRegStr $0 HKCU "${CLASSES}\.inkml" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\.inkml" "" "${INK_CLASS}"
  ${EndIf}
  System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_PROGRAM} "The program and all it needs."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_MENU} "An entry in the start menu."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_DESKTOP} "An icon on the desktop."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_INK} "A double-click on an InkML file opens it in ${NAME}."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "Uninstall"
  Call un.RefuseWhileRunning
  !include "${REMOVAL}"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FILES" $1
  ${If} ${Errors} ; Not called by a newer version: all goes but the settings.
    Delete "$INSTDIR\${UNINSTALLER}"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    ReadRegStr $0 HKCU "${CLASSES}\.inkml" ""
    ${If} $0 == "${INK_CLASS}"
      DeleteRegValue HKCU "${CLASSES}\.inkml" ""
    ${EndIf}
    DeleteRegValue HKCU "${CLASSES}\.inkml\OpenWithProgids" "${INK_CLASS}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.inkml\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.inkml"
    DeleteRegKey HKCU "${CLASSES}\${INK_CLASS}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
  ${EndIf}
SectionEnd
