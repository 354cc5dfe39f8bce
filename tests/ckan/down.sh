#!/usr/bin/env bash
# Stops what up.sh started, by its process ids. --wipe also forgets databases, index, uploads and settings.
set -u
. "$(dirname "$0")/services.sh"
for name in ckan solr redis; do
  if alive "$name"; then
    pid=$(cat "$RUN/pid/$name.pid")
    kill "$pid"
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null
  fi
  rm -f "$RUN/pid/$name.pid"
done
if pg_alive; then as_postgres "$PGBIN/pg_ctl" -D "$RUN/pg" -m fast -w stop >/dev/null; fi
if [ "${1:-}" = --wipe ]; then
  rm -rf "$RUN/pg" "$RUN/storage" "$RUN/index.sqlite" "$RUN/ckan.ini" "$RUN/token" "$RUN/.initialised" "$RUN/ports" "$RUN/configured"
fi
exit 0
