; Included by electron-builder's NSIS templates. They copy the whole installer to %LOCALAPPDATA%\ledgerdrop-updater for the next update's
; download; Ledgerdrop doesn't update itself, and the copy would stay behind even after it is uninstalled (electron-builder#9505).
!macro removeInstallerCopy
  ; The copy is this person's, also if the program is installed for everybody.
  SetShellVarContext current
  Delete "$LOCALAPPDATA\ledgerdrop-updater\installer.exe"
  ; Removes the folder only if it is empty.
  RMDir "$LOCALAPPDATA\ledgerdrop-updater"
  ${if} $installMode == "all"
    SetShellVarContext all
  ${endif}
!macroend

!macro customInstall
  !insertmacro removeInstallerCopy
!macroend

; Also what an installer of 0.1.0 left.
!macro customUnInstall
  !insertmacro removeInstallerCopy
!macroend
