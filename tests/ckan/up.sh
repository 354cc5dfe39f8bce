#!/usr/bin/env bash
# Brings a REAL CKAN up on loopback for the tests: CKAN from PyPI, private PostgreSQL and Redis from Debian.
# Only the search index is a stand-in (minisolr.py): CKAN's index is hard-wired to Solr, and no Solr can be had
# from the package registries. Its ranking is an approximation, so tests never assert relevance order.
# Prints three lines: address, API token, and the folder with logs. Run again: restarts on the same data. down.sh stops it.
# A port that somebody else has is replaced by a free one. CKAN_VERSION, CKAN_PORT, RUN and PYTHON may be given.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/services.sh"
VENV=$RUN/venv
mkdir -p "$RUN/log" "$RUN/pid"
chmod 755 "$RUN"
exec 9>"$RUN/lock"; flock 9   # one at a time; nothing that is started keeps it open

fail() {  # sentence, log
  echo "$1" >&2
  [ -z "${2:-}" ] || { echo "--- $2" >&2; tail -15 "$2" >&2; }
  exit 1
}

# --- Debian packages (as root) ------------------------------------------------------------------
need=""
[ -n "$PGBIN" ] && [ -x "$PGBIN/initdb" ] || need="$need postgresql"
command -v redis-server >/dev/null || need="$need redis-server"
ls /usr/lib/*-linux-gnu/libmagic.so.1 >/dev/null 2>&1 || need="$need libmagic1"
command -v pg_config >/dev/null || need="$need libpq-dev"
command -v gcc >/dev/null || need="$need gcc libc6-dev"
"$PYTHON" -c 'import ensurepip' 2>/dev/null || need="$need python3-venv"
"$PYTHON" -c 'import sysconfig,os,sys; sys.exit(not os.path.exists(sysconfig.get_paths()["include"]+"/Python.h"))' || need="$need python3-dev"
if [ -n "$need" ]; then
  [ "$(id -u)" = 0 ] || fail "The test CKAN needs Debian packages. Run as root: apt-get install$need (or give MACHIZU_TEST_CKAN_URL and MACHIZU_TEST_CKAN_TOKEN)"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $need; } \
    >"$RUN/log/apt.log" 2>&1 || fail "apt-get could not install$need" "$RUN/log/apt.log"
  . "$here/services.sh"
fi
as_postgres test -x "$RUN" || fail "The user postgres cannot enter $RUN: give RUN=/a/folder/that/everybody/may/enter"

# --- CKAN in a virtual environment of its own (its pins are not ours) ----------------------------
if [ ! -e "$VENV/.made-$CKAN_VERSION" ]; then
  rm -rf "$VENV"
  "$PYTHON" -m venv "$VENV"
  "$VENV/bin/python" -m pip install -q "ckan[requirements]==$CKAN_VERSION" snowballstemmer >"$RUN/log/pip.log" 2>&1 \
    || fail "pip could not install CKAN $CKAN_VERSION" "$RUN/log/pip.log"
  touch "$VENV/.made-$CKAN_VERSION"
fi
SITE=$("$VENV/bin/python" -c 'import sysconfig;print(sysconfig.get_paths()["purelib"])')
export CKAN_INI="$RUN/ckan.ini"
ckan() { "$VENV/bin/ckan" "$@"; }

# --- ports: those of last time, else the usual ones, else free ones ------------------------------
free() {  # port: prints it when nobody listens there, else one where nobody does
  "$PYTHON" - "$1" <<'PY'
import socket, sys
for port in (int(sys.argv[1]), 0):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        print(probe.getsockname()[1])
        break
PY
}
PG_PORT=5455 REDIS_PORT=6455 SOLR_PORT=8955 WEB_PORT=$CKAN_PORT
[ ! -e "$RUN/ports" ] || . "$RUN/ports"
pg_alive || PG_PORT=$(free "$PG_PORT")
alive redis || REDIS_PORT=$(free "$REDIS_PORT")
alive solr || SOLR_PORT=$(free "$SOLR_PORT")
alive ckan || WEB_PORT=$(free "$WEB_PORT")
echo "PG_PORT=$PG_PORT REDIS_PORT=$REDIS_PORT SOLR_PORT=$SOLR_PORT WEB_PORT=$WEB_PORT" >"$RUN/ports"
URL=http://127.0.0.1:$WEB_PORT

# --- private PostgreSQL and Redis ---------------------------------------------------------------
if [ ! -e "$RUN/.initialised" ]; then  # also after a first start that was interrupted half-way
  "$here/down.sh" --wipe
  echo "PG_PORT=$PG_PORT REDIS_PORT=$REDIS_PORT SOLR_PORT=$SOLR_PORT WEB_PORT=$WEB_PORT" >"$RUN/ports"
  mkdir -p "$RUN/pg" "$RUN/storage"
  if [ "$(id -u)" = 0 ]; then chown postgres "$RUN/pg"; fi
  as_postgres "$PGBIN/initdb" -D "$RUN/pg" -U postgres -E UTF8 --locale=C.UTF-8 -A trust >"$RUN/log/initdb.log" 2>&1 \
    || fail "PostgreSQL could not be set up" "$RUN/log/initdb.log"
fi
pg_alive || as_postgres "$PGBIN/pg_ctl" -D "$RUN/pg" -w -l "$RUN/pg/server.log" \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
    start 9>&- >/dev/null || fail "PostgreSQL did not start" "$RUN/pg/server.log"
P="$PGBIN/psql -h 127.0.0.1 -p $PG_PORT -U postgres -v ON_ERROR_STOP=1 -qAt"
if [ -z "$($P -c "select 1 from pg_roles where rolname='ckan'")" ]; then
  $P -c "create role ckan login password 'ckan'" -c "create role datastore_ro login password 'ckan'" \
    -c "create database ckan owner ckan encoding 'utf8'" -c "create database datastore owner ckan encoding 'utf8'"
fi
alive redis || redis-server --bind 127.0.0.1 --port "$REDIS_PORT" --daemonize yes --save "" --appendonly no \
    --pidfile "$RUN/pid/redis.pid" --dir "$RUN" --logfile "$RUN/log/redis.log" 9>&- >/dev/null || fail "Redis did not start" "$RUN/log/redis.log"

# --- the stand-in for Solr ----------------------------------------------------------------------
answers() { "$PYTHON" - "$1" <<'PY'
import sys, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))     # never through a proxy
try: opener.open(sys.argv[1], timeout=5).read(1)
except Exception: sys.exit(1)
PY
}
wait_http() {  # name url: until it answers, 90 s at most, at once when the process is gone
  local end=$(( $(date +%s) + 90 ))
  until answers "$2"; do
    alive "$1" || fail "$1 has ended" "$RUN/log/$1.log"
    [ "$(date +%s)" -lt "$end" ] || fail "no answer from $2" "$RUN/log/$1.log"
    sleep 0.3
  done
}
alive solr || {
  setsid "$VENV/bin/python" "$here/minisolr.py" --schema "$SITE/ckan/config/solr/schema.xml" \
    --db "$RUN/index.sqlite" --port "$SOLR_PORT" >"$RUN/log/solr.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/pid/solr.pid"
}
wait_http solr "http://127.0.0.1:$SOLR_PORT/solr/ckan/admin/ping"

# --- configuration, database, a token -----------------------------------------------------------
[ -e "$CKAN_INI" ] || ckan generate config "$CKAN_INI" >"$RUN/log/generate.log" 2>&1 || fail "ckan generate config" "$RUN/log/generate.log"
if ! cmp -s "$RUN/ports" "$RUN/configured"; then
  ckan config-tool "$CKAN_INI" \
    "sqlalchemy.url = postgresql://ckan:ckan@127.0.0.1:$PG_PORT/ckan" \
    "ckan.datastore.write_url = postgresql://ckan:ckan@127.0.0.1:$PG_PORT/datastore" \
    "ckan.datastore.read_url = postgresql://datastore_ro:ckan@127.0.0.1:$PG_PORT/datastore" \
    "ckan.redis.url = redis://127.0.0.1:$REDIS_PORT/0" \
    "solr_url = http://127.0.0.1:$SOLR_PORT/solr/ckan" \
    "ckan.site_url = $URL" "ckan.site_id = default" "ckan.storage_path = $RUN/storage" \
    "ckan.max_resource_size = 100" "ckan.locale_default = ja" \
    "ckan.plugins = activity datastore text_view image_view datatables_view resource_proxy" >>"$RUN/log/generate.log" 2>&1 \
    || fail "ckan config-tool" "$RUN/log/generate.log"
  cp "$RUN/ports" "$RUN/configured"
fi
if [ ! -e "$RUN/.initialised" ]; then
  { ckan db init && ckan db pending-migrations --apply; } >"$RUN/log/db-init.log" 2>&1 || fail "ckan db init" "$RUN/log/db-init.log"
  ckan datastore set-permissions 2>/dev/null | $P >"$RUN/log/datastore.log" 2>&1
  ckan user add admin email=admin@example.invalid password=acceptance-only >"$RUN/log/user.log" 2>&1
  ckan sysadmin add admin >>"$RUN/log/user.log" 2>&1
  ckan user token add admin acceptance 2>/dev/null | grep -oE 'eyJ[A-Za-z0-9_.-]+' | tail -1 >"$RUN/token"
  test -s "$RUN/token" || fail "no token was made" "$RUN/log/user.log"
  chmod 600 "$RUN/token"
  touch "$RUN/.initialised"
fi

# --- the server ---------------------------------------------------------------------------------
alive ckan || {
  setsid "$VENV/bin/ckan" run -H 127.0.0.1 -p "$WEB_PORT" --disable-reloader --threaded >"$RUN/log/ckan.log" 2>&1 </dev/null 9>&- &
  echo $! >"$RUN/pid/ckan.pid"
}
wait_http ckan "$URL/api/3/action/status_show"
echo "$URL"
cat "$RUN/token"
echo "$RUN/log"
