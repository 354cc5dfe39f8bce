#!/usr/bin/env bash
# Stops what up.sh started, by its process ids. --wipe also forgets databases, index, uploads and settings.
set -u
: "${CKAN_PORT:=5055}"
: "${RUN:=${TMPDIR:-/tmp}/machizu-ckan-$(id -u)-$CKAN_PORT}"
for name in ckan solr redis; do
  file="$RUN/pid/$name.pid"
  [ -e "$file" ] || continue
  pid=$(cat "$file")
  kill "$pid" 2>/dev/null && for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$pid" 2>/dev/null
  rm -f "$file"
done
if [ -e "$RUN/pg/PG_VERSION" ]; then
  PGBIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$PGBIN/pg_ctl" -D "$RUN/pg" -m fast -w stop)
  else "$PGBIN/pg_ctl" -D "$RUN/pg" -m fast -w stop; fi
fi
if [ "${1:-}" = --wipe ]; then rm -rf "$RUN/pg" "$RUN/storage" "$RUN/index.sqlite" "$RUN/ckan.ini" "$RUN/token" "$RUN/.initialised"; fi
