@echo off
rem Drop workbooks on this file: the result appears beside each of them.
rem Written in CP932, which cmd.exe reads on a Japanese Windows; no letter in it holds a sign of cmd.exe as its second byte.
setlocal disabledelayedexpansion
set PYTHONUTF8=1
where machizu >nul 2>nul
if errorlevel 1 (
  echo machizu が入っていません。次のように入れてください: pipx install machizu
  echo machizu is not installed here: pipx install machizu
  pause
  exit /b 2
)
if not "%~1"=="" goto next
echo 確かめるファイルを、この check.bat のアイコンの上に落としてください。
echo Drop the files to check on the icon of this check.bat.
goto done
:next
if "%~1"=="" goto done
machizu check "%~f1" --town "%~dp0." --format xlsx --beside
shift
goto next
:done
pause
