#!/bin/sh
# Open this file, drop workbooks into the window and press return: the result appears beside each of them.
town=$(cd "$(dirname "$0")" && pwd)
command -v machizu >/dev/null || {
  echo "machizu が入っていません。次のように入れてください: pipx install machizu"
  echo "machizu is not installed here: pipx install machizu"
  exit 2
}
if [ "$#" -eq 0 ]; then
  printf 'ファイルをこの窓に落とし、改行を押してください / Drop files here and press return: '
  IFS= read -r line
  if [ -e "$line" ]; then
    set -- "$line"
  else
    # The Terminal puts a backslash before blanks and signs of a name, and a blank behind it; xargs takes them away again.
    files=$(printf '%s\n' "$line" | xargs -n 1 printf '%s\n')
    while IFS= read -r file; do
      [ -n "$file" ] && set -- "$@" "$file"
    done <<END
$files
END
  fi
fi
for file in "$@"; do
  machizu check "$file" --town "$town" --format xlsx --beside </dev/null
done
