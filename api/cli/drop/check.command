#!/bin/sh
# Open this file, drop a workbook into the window and press return: the result appears beside the workbook.
town=$(cd "$(dirname "$0")" && pwd)
command -v machizu >/dev/null || { echo "machizu is not installed here: pipx install machizu"; exit 2; }
if [ "$#" -eq 0 ]; then
  printf 'File: '
  read -r file
  # The Terminal puts a backslash before blanks and signs of a name that is dropped into it; xargs takes them away again.
  set -- "$(printf '%s\n' "$file" | xargs printf '%s')"
fi
for file in "$@"; do
  machizu check "$file" --town "$town" --format xlsx --beside
done
