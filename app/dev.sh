#!/usr/bin/env bash
# Starts Rondo for those who work on it. Templates and styles are read again on each request. What is
# changed in Java, SQL or texts is compiled beside the built program and laid over it, and Rondo starts
# again: the phase that was changed, or everything where the spine was.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
program=$home/app/target/rondo
overlay=$home/app/target/dev
data=${RONDO_DATA:-$home/app/target/dev-data}
export RONDO_AOT=off RONDO_JAVA_OPTS="-Drondo.sources=$home ${RONDO_JAVA_OPTS:-}"
child=

stop() { [ -n "$child" ] && kill "$child" 2>/dev/null && wait "$child" 2>/dev/null || true; child=; }
trap 'stop; exit 0' INT TERM

sources() { # folder, more conditions of find
  local folder=$1
  shift
  find "$folder" \( -path '*/src/main/java/*' -o -path '*/src/main/resources/*' -o -name pom.xml \) \
    -not -path '*/node_modules/*' -not -path "$home/examples/*" -not -path "$home/bench/*" \
    -not -path '*/target/*' -not -path '*/assets/*' -type f "$@"
}

javas() { # folders
  find "$@" \( -path '*/src/main/java/*' -o -path '*/target/generated-sources/*' \) -name '*.java' \
    -not -path "$home/kits/*" -not -path "$home/bench/*" -not -path "$home/examples/*"
}

# What has to be compiled anew when a file has changed: nothing but app uses a phase.
part() {
  case ${1#"$home"/} in
    phases/*) printf '%s\n' "$home/$(cut -d/ -f1,2 <<<"${1#"$home"/}")" ;;
    loop/* | app/*) printf '%s\n' "$home/$(cut -d/ -f1 <<<"${1#"$home"/}")" ;;
    *) printf '%s\n' "$home/spine" "$home/phases" "$home/loop" "$home/app" ;;
  esac
}

whole() {
  rm -rf "$overlay"
  mkdir -p "$overlay"
  env -u RONDO_OVERLAY "$home/rondo" build
}

over() { # changed files
  local file folders=()
  for file in "$@"; do
    case $file in
      */src/main/resources/*)
        mkdir -p "$overlay/$(dirname "${file#*/src/main/resources/}")"
        cp "$file" "$overlay/${file#*/src/main/resources/}"
        ;;
      *) mapfile -t -O "${#folders[@]}" folders < <(part "$file") ;;
    esac
  done
  [ "${#folders[@]}" -gt 0 ] || return 0
  mapfile -t folders < <(printf '%s\n' "${folders[@]}" | sort -u)
  javas "${folders[@]}" >"$home/app/target/dev-sources"
  "$JAVA_HOME/bin/javac" -nowarn -proc:none -parameters -encoding UTF-8 -d "$overlay" \
    -cp "$overlay:$(printf '%s:' "$program"/lib/*.jar)" @"$home/app/target/dev-sources"
}

good=
whole && good=yes
seen=$(mktemp)
trap 'stop; rm -f "$seen"; exit 0' INT TERM
while true; do
  if [ -n "$good" ]; then
    RONDO_OVERLAY=$overlay "$home/rondo" up --data "$data" "$@" &
    child=$!
  fi
  changed=()
  while [ "${#changed[@]}" = 0 ]; do
    sleep 1
    mapfile -t changed < <(sources "$home" -newer "$seen")
  done
  touch "$seen"
  began=$SECONDS
  printf 'Changed: %s\n' "${changed[@]#"$home"/}" >&2
  good=
  if printf '%s\n' "${changed[@]}" | grep -q 'pom\.xml$'; then
    whole && good=yes
  else
    over "${changed[@]}" && good=yes
  fi
  stop
  [ -n "$good" ] && echo "Compiled in $((SECONDS - began)) s, starting again …" >&2
done
