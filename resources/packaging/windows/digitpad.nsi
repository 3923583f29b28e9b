; Installs DigitPad for one person, without elevation. Compiled by build_installer.py, which hands
; over VERSION, VERSION_QUAD, SIZE_KB, OUT, ICON, FILES (what to pack), REMOVAL (what to delete), TYPES
; (which endings to name) and LONGEST_FOLDER (characters of a folder in which every file still has a
; path that Windows takes).
;
; Nothing is half installed: the files are unpacked beside the old version, and two renames put the
; new folder in its place. Nothing is deleted but what an installer put there: what a person keeps
; in the folder stays, and so do the settings.
;
; /S installs silently, /D=C:\folder names the folder (last, without quotation marks).
; Exit status: 0 installed; 1 a person cancelled; 2 failed and taken back; 3 DigitPad or another
; installer of it is running; 4 this folder or this system cannot take it.

Unicode True
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "DigitPad"
!define PROGRAM "digitpad.exe"
!define CONSOLE_PROGRAM "digitpad-console.exe"
!define UNINSTALLER "uninstall.exe"
; Where removing left a person's own files: such a folder may be installed into again.
!define REMOVED "digitpad-removed.txt"
; Names that nobody else has: what lies there is deleted.
!define NEW "$INSTDIR.digitpad-new"
!define OLD "$INSTDIR.digitpad-old"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define CLASSES "Software\Classes"
!define INK_CLASS "${NAME}.Ink"
!define APPLICATION "${CLASSES}\Applications\${PROGRAM}"
; The oldest builds that Qt 6 supports, and that run programs for x86-64 on ARM.
!define WINDOWS_10_1809 17763
!define WINDOWS_11 22000
!define SHCNE_ASSOCCHANGED 0x08000000
!define ERROR_ALREADY_EXISTS 183

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

!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseFolder
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

Function un.onInit
  SetRegView 64
FunctionEnd

; A folder with other things in it is not ours to replace, and one with too long a name cannot be
; filled.
Function RefuseFolder
  StrCpy $1 ""
  StrLen $0 "${NEW}"
  ${If} $0 > ${LONGEST_FOLDER}
    StrCpy $1 "The name of this folder is too long. Choose one with a shorter path."
  ${ElseIfNot} ${FileExists} "$INSTDIR\${UNINSTALLER}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${REMOVED}"
    ${DirState} "$INSTDIR" $0
    ${If} $0 = 1
      StrCpy $1 "$INSTDIR holds other files. Choose an empty or a new folder."
    ${EndIf}
  ${EndIf}
  ${If} $1 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$1" /SD IDOK
    ${If} ${Silent}
      SetErrorLevel 4
      Quit
    ${EndIf}
    Abort
  ${EndIf}
FunctionEnd

; Undoes what an installer did that did not come to its end: this one or one that was killed.
Function TakeBack
  SetOutPath "$TEMP"
  RMDir /r "${NEW}"
  ${If} ${FileExists} "${OLD}\*.*"
    ${If} ${FileExists} "$INSTDIR\*.*"
      Call RemoveOld
    ${Else}
      Rename "${OLD}" "$INSTDIR"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Only the old version knows which files it brought; others are a person's own, and stay.
Function RemoveOld
  ${If} ${FileExists} "${OLD}\${UNINSTALLER}"
    ExecWait '"${OLD}\${UNINSTALLER}" /S /FILES _?=${OLD}'
  ${EndIf}
  Delete "${OLD}\${UNINSTALLER}"
  Delete "${OLD}\${REMOVED}"
  RMDir "${OLD}"
  ${If} ${FileExists} "${OLD}\*.*"
    StrCpy $1 1
    ${DoWhile} ${FileExists} "$INSTDIR.kept-$1\*.*"
      IntOp $1 $1 + 1
    ${Loop}
    Rename "${OLD}" "$INSTDIR.kept-$1"
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
  CreateDirectory "${NEW}"
  ${If} ${Errors}
    Abort "${NEW} cannot be made."
  ${EndIf}
  SetOutPath "${NEW}"
  !include "${FILES}"
  ClearErrors
  WriteUninstaller "${NEW}\${UNINSTALLER}"
  ${IfNot} ${FileExists} "${NEW}\${UNINSTALLER}"
  ${OrIf} ${Errors}
    Abort "The uninstaller cannot be written."
  ${EndIf}
  ; A current folder cannot be renamed.
  SetOutPath "$TEMP"

  ${If} ${FileExists} "$INSTDIR\${UNINSTALLER}"
  ${OrIf} ${FileExists} "$INSTDIR\${REMOVED}"
    ClearErrors
    Rename "$INSTDIR" "${OLD}"
    ${If} ${Errors}
      Abort "$INSTDIR is in use. Nothing was changed."
    ${EndIf}
  ${Else}
    RMDir "$INSTDIR"
  ${EndIf}
  ClearErrors
  Rename "${NEW}" "$INSTDIR"
  ${If} ${Errors}
    Abort "$INSTDIR cannot be written. Nothing was changed."
  ${EndIf}

  ${If} ${FileExists} "${OLD}\*.*"
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
  ; Offered under "Open with" for all that it reads, and the default for none of it.
  DeleteRegKey HKCU "${APPLICATION}" ; An older version's endings.
  WriteRegStr HKCU "${APPLICATION}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !include "${TYPES}"
  ; Where the program will be started: a person's drawings are not to lie among its files.
  SetOutPath "$DOCUMENTS"
SectionEnd

Section "Start menu entry" SEC_MENU
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section /o "Desktop icon" SEC_DESKTOP
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section "Open ink files (.inkml)" SEC_INK
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}" "" "Ink drawing"
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "${CLASSES}\${INK_CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.inkml\OpenWithProgids" "${INK_CLASS}" ""
  ; Another program's choice stays, this person's or everyone's; this one is then offered under
  ; "Open with".
  ReadRegStr $0 HKCR ".inkml" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\.inkml" "" "${INK_CLASS}"
  ${EndIf}
SectionEnd

Function .onInit
  StrCpy $0 ${WINDOWS_10_1809}
  ${If} ${IsNativeARM64}
    StrCpy $0 ${WINDOWS_11}
  ${EndIf}
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} $0
    MessageBox MB_OK|MB_ICONSTOP "${NAME} needs 64-bit Windows 10, version 1809 or newer; on ARM Windows 11." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  SetRegView 64
  ; Held until this installer ends: two at once would delete each other's files.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${NAME}Installer") p .r0 ?e'
  Pop $1
  ${If} $1 = ${ERROR_ALREADY_EXISTS}
    MessageBox MB_OK|MB_ICONEXCLAMATION "Another installer of ${NAME} is running." /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${If} ${Silent}
    Call RefuseFolder
  ${EndIf}
  ; An upgrade brings nothing back that was not wanted, or was taken away.
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    ${IfNot} ${FileExists} "$SMPROGRAMS\${NAME}.lnk"
      !insertmacro UnselectSection ${SEC_MENU}
    ${EndIf}
    ReadRegStr $0 HKCU "${CLASSES}\${INK_CLASS}" ""
    ${If} $0 == ""
      !insertmacro UnselectSection ${SEC_INK}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function .onInstSuccess
  System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
FunctionEnd

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
    ${If} ${FileExists} "$INSTDIR\*.*"
    ${AndIfNot} ${FileExists} "$INSTDIR\${UNINSTALLER}"
      FileOpen $0 "$INSTDIR\${REMOVED}" w
      FileWrite $0 "${NAME} was removed from this folder. The other files are your own.$\r$\n"
      FileClose $0
    ${EndIf}
    ; A copy in another folder, installed later, has taken over all that is outside of this one.
    ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 != $INSTDIR
    ${AndIf} ${FileExists} "$0\${UNINSTALLER}"
      Return
    ${EndIf}
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
    DeleteRegKey HKCU "${APPLICATION}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
    System::Call 'shell32::SHChangeNotify(i ${SHCNE_ASSOCCHANGED}, i 0, p 0, p 0)'
  ${EndIf}
SectionEnd
