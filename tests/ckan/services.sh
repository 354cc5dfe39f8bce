# Sourced by up.sh and down.sh: where the test CKAN lives, and which of its processes are alive.
: "${CKAN_VERSION:=2.12.0}" "${CKAN_PORT:=5055}" "${PYTHON:=python3}"
# Below /tmp, not in the checkout: PostgreSQL runs as another user, who may not enter root's folders.
: "${RUN:=${TMPDIR:-/tmp}/machizu-ckan-$(id -u)-$CKAN_PORT}"
PGBIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

pg_alive() { [ -e "$RUN/pg/PG_VERSION" ] && as_postgres "$PGBIN/pg_ctl" -D "$RUN/pg" status >/dev/null 2>&1; }

# name: redis, solr or ckan. A number in a pid file may belong to somebody else by now: the command line must be ours.
alive() {
  local pid
  [ -e "$RUN/pid/$1.pid" ] && pid=$(cat "$RUN/pid/$1.pid") && kill -0 "$pid" 2>/dev/null || return 1
  case "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)" in
  *redis-server*) [ "$1" = redis ] ;;
  *minisolr.py*"$RUN"*) [ "$1" = solr ] ;;
  *"$RUN"*ckan\ run*) [ "$1" = ckan ] ;;
  *) return 1 ;;
  esac
}
