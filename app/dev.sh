#!/usr/bin/env bash
# Starts Rondo for those who work on it: templates are read again on each request, and a change of
# Java, SQL or texts compiles and restarts it within seconds.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
export RONDO_AOT=off RONDO_JAVA_OPTS="-Drondo.sources=$home ${RONDO_JAVA_OPTS:-}"
data=${RONDO_DATA:-$home/app/target/dev-data}
child=

stop() { [ -n "$child" ] && kill "$child" 2>/dev/null && wait "$child" 2>/dev/null || true; child=; }
trap 'stop; exit 0' INT TERM

stamp() {
  find "$home" \( -path '*/src/main/*' -o -name pom.xml \) -not -path '*/target/*' \
    -not -path '*/node_modules/*' -not -path "$home/examples/*" -not -name '*.jte' -type f \
    -printf '%T@ %p\n' | sha256sum
}

while true; do
  seen=$(stamp)
  if "$home/rondo" build; then
    "$home/rondo" up --data "$data" "$@" &
    child=$!
  fi
  while [ "$(stamp)" = "$seen" ]; do
    if [ -n "$child" ] && ! kill -0 "$child" 2>/dev/null; then child=; fi
    sleep 1
  done
  echo "Something changed: building and restarting …" >&2
  stop
done
