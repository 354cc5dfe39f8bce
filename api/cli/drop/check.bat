@echo off
rem Drop workbooks on this file: the result appears beside each of them.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
where machizu >nul 2>nul
if errorlevel 1 (
  echo machizu is not installed here: pipx install machizu
  pause
  exit /b 2
)
if not "%~1"=="" goto next
set /p FILE=File:
if not defined FILE exit /b 2
machizu check "%FILE:"=%" --town "%~dp0." --format xlsx --beside
goto done
:next
if "%~1"=="" goto done
machizu check "%~f1" --town "%~dp0." --format xlsx --beside
shift
goto next
:done
pause
