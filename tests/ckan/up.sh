#!/usr/bin/env bash
# Brings a REAL CKAN up on loopback for the tests: CKAN from PyPI, private PostgreSQL and Redis from Debian.
# Only the search index is a stand-in (minisolr.py): CKAN's index is hard-wired to Solr, and no Solr can be had
# from the package registries. Its ranking is an approximation, so tests never assert relevance order.
# Prints three lines: address, API token, and the folder with logs. Run again: restarts on the same data. down.sh stops it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${CKAN_VERSION:=2.12.0}" "${CKAN_PORT:=5055}" "${PG_PORT:=5455}" "${REDIS_PORT:=6455}" "${SOLR_PORT:=8955}" "${PYTHON:=python3}"
# Below /tmp, not in the checkout: PostgreSQL runs as another user, who may not enter root's folders.
: "${RUN:=${TMPDIR:-/tmp}/machizu-ckan-$(id -u)-$CKAN_PORT}"
VENV=$RUN/venv
mkdir -p "$RUN/log" "$RUN/pid" "$RUN/storage"
chmod 755 "$RUN"
exec 9>"$RUN/lock"; flock 9

# --- Debian packages (as root) ------------------------------------------------------------------
need=""
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need="$need postgresql"
command -v redis-server >/dev/null || need="$need redis-server"
ls /usr/lib/*-linux-gnu/libmagic.so.1 >/dev/null 2>&1 || need="$need libmagic1"
command -v pg_config >/dev/null || need="$need libpq-dev"
command -v gcc >/dev/null || need="$need gcc libc6-dev"
"$PYTHON" -c 'import ensurepip' 2>/dev/null || need="$need python3-venv"
"$PYTHON" -c 'import sysconfig,os,sys; sys.exit(not os.path.exists(sysconfig.get_paths()["include"]+"/Python.h"))' || need="$need python3-dev"
if [ -n "$need" ]; then
  [ "$(id -u)" = 0 ] || { echo "Missing Debian packages:$need" >&2; exit 1; }
  apt-get update -q >"$RUN/log/apt.log" 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need >>"$RUN/log/apt.log" 2>&1
fi
PGBIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)

# --- CKAN in a virtual environment of its own (its pins are not ours) ----------------------------
if [ ! -e "$VENV/.made-$CKAN_VERSION" ]; then
  rm -rf "$VENV"
  "$PYTHON" -m venv "$VENV"
  "$VENV/bin/python" -m pip install -q "ckan[requirements]==$CKAN_VERSION" snowballstemmer >"$RUN/log/pip.log" 2>&1
  touch "$VENV/.made-$CKAN_VERSION"
fi
SITE=$("$VENV/bin/python" -c 'import sysconfig;print(sysconfig.get_paths()["purelib"])')
export CKAN_INI="$RUN/ckan.ini"
ckan() { "$VENV/bin/ckan" "$@"; }

# --- private PostgreSQL and Redis ---------------------------------------------------------------
if [ "$(id -u)" = 0 ]; then asp() { (cd / && runuser -u postgres -- "$@"); }; else asp() { "$@"; }; fi
if [ ! -e "$RUN/pg/PG_VERSION" ]; then
  mkdir -p "$RUN/pg"; if [ "$(id -u)" = 0 ]; then chown postgres "$RUN/pg"; fi
  asp "$PGBIN/initdb" -D "$RUN/pg" -U postgres -E UTF8 --locale=C.UTF-8 -A trust >"$RUN/log/initdb.log"
fi
if ! asp "$PGBIN/pg_ctl" -D "$RUN/pg" status >/dev/null 2>&1; then
  asp "$PGBIN/pg_ctl" -D "$RUN/pg" -w -l "$RUN/pg/server.log" \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start 9>&- >/dev/null
fi
P="$PGBIN/psql -h 127.0.0.1 -p $PG_PORT -U postgres -v ON_ERROR_STOP=1 -qAt"
if [ -z "$($P -c "select 1 from pg_roles where rolname='ckan'")" ]; then
  $P -c "create role ckan login password 'ckan'" -c "create role datastore_ro login password 'ckan'" \
    -c "create database ckan owner ckan encoding 'utf8'" -c "create database datastore owner ckan encoding 'utf8'"
fi
if ! redis-cli -h 127.0.0.1 -p "$REDIS_PORT" ping >/dev/null 2>&1; then
  redis-server --bind 127.0.0.1 --port "$REDIS_PORT" --daemonize yes --save "" --appendonly no \
    --pidfile "$RUN/pid/redis.pid" --dir "$RUN" --logfile "$RUN/log/redis.log" 9>&- >/dev/null
fi

# --- the stand-in for Solr ----------------------------------------------------------------------
answers() { "$PYTHON" - "$1" <<'PY'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))     # never through a proxy
try: opener.open(sys.argv[1], timeout=5).read(1)
except Exception: sys.exit(1)
PY
}
alive() { [ -e "$RUN/pid/$1.pid" ] && kill -0 "$(cat "$RUN/pid/$1.pid")" 2>/dev/null; }
wait_http() {  # name url: until it answers, 90 s at most, at once when the process is gone
  local end=$(( $(date +%s) + 90 ))
  until answers "$2"; do
    alive "$1" || { echo "$1 died, see $RUN/log/$1.log" >&2; tail -5 "$RUN/log/$1.log" >&2; return 1; }
    [ "$(date +%s)" -lt "$end" ] || { echo "no answer from $2" >&2; return 1; }
    sleep 0.3
  done
}
if ! answers "http://127.0.0.1:$SOLR_PORT/solr/ckan/admin/ping"; then
  setsid "$VENV/bin/python" "$here/minisolr.py" --schema "$SITE/ckan/config/solr/schema.xml" \
    --db "$RUN/index.sqlite" --port "$SOLR_PORT" >"$RUN/log/solr.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/pid/solr.pid"
fi
wait_http solr "http://127.0.0.1:$SOLR_PORT/solr/ckan/admin/ping"

# --- configuration, database, a token -----------------------------------------------------------
if [ ! -e "$RUN/.initialised" ]; then
  rm -f "$CKAN_INI"
  ckan generate config "$CKAN_INI" >"$RUN/log/generate.log" 2>&1
  ckan config-tool "$CKAN_INI" \
    "sqlalchemy.url = postgresql://ckan:ckan@127.0.0.1:$PG_PORT/ckan" \
    "ckan.datastore.write_url = postgresql://ckan:ckan@127.0.0.1:$PG_PORT/datastore" \
    "ckan.datastore.read_url = postgresql://datastore_ro:ckan@127.0.0.1:$PG_PORT/datastore" \
    "ckan.redis.url = redis://127.0.0.1:$REDIS_PORT/0" \
    "solr_url = http://127.0.0.1:$SOLR_PORT/solr/ckan" \
    "ckan.site_url = http://127.0.0.1:$CKAN_PORT" "ckan.site_id = default" "ckan.storage_path = $RUN/storage" \
    "ckan.max_resource_size = 100" "ckan.locale_default = ja" \
    "ckan.plugins = activity datastore text_view image_view datatables_view resource_proxy" >>"$RUN/log/generate.log" 2>&1
  ckan db init >"$RUN/log/db-init.log" 2>&1
  ckan db pending-migrations --apply >>"$RUN/log/db-init.log" 2>&1
  ckan datastore set-permissions 2>/dev/null | $P >"$RUN/log/datastore.log" 2>&1
  ckan user add admin email=admin@example.invalid password=acceptance-only >"$RUN/log/user.log" 2>&1
  ckan sysadmin add admin >>"$RUN/log/user.log" 2>&1
  ckan user token add admin acceptance >"$RUN/log/token.log" 2>/dev/null
  grep -oE 'eyJ[A-Za-z0-9_.-]+' "$RUN/log/token.log" | tail -1 >"$RUN/token"; test -s "$RUN/token"
  touch "$RUN/.initialised"
fi

# --- the server ---------------------------------------------------------------------------------
if ! answers "http://127.0.0.1:$CKAN_PORT/api/3/action/status_show"; then
  setsid "$VENV/bin/ckan" run -H 127.0.0.1 -p "$CKAN_PORT" --disable-reloader --threaded >"$RUN/log/ckan.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/pid/ckan.pid"
fi
wait_http ckan "http://127.0.0.1:$CKAN_PORT/api/3/action/status_show"
echo "http://127.0.0.1:$CKAN_PORT"
cat "$RUN/token"
echo "$RUN/log"
