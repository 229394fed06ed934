#!/usr/bin/env bash
# Everything that proves Rondo: format, compile with checks, unit, store, page, architecture,
# scenario and browser tests. --long adds what takes longer.
set -euo pipefail
home=$(cd "$(dirname "$0")/.." && pwd)
cd "$home"

packages=()
need() { # command package
  command -v "$1" >/dev/null 2>&1 || packages+=("$2")
}
need git git
need mvn maven
need node nodejs
need npm npm
need gh gh
need python3 python3
need bwrap bubblewrap
need slirp4netns slirp4netns
need pasta passt
need dockerd docker.io
need busybox busybox-static
need docker-registry docker-registry
need chromium chromium
need chromedriver chromium-driver
[ -d /usr/lib/postgresql ] && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)

if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" = 0 ]; then
    echo "Installing from Debian's packages: ${packages[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    echo "The tests need more programs. Run: sudo apt-get install ${packages[*]}" >&2
    exit 1
  fi
fi

# Four modules at a time: most tests wait for something most of the time.
options=(-B -ntp -T 4)
# What was built without the compiler's checks is compiled anew.
[ -f app/target/rondo/unchecked ] && options+=(clean)
case "${1:-}" in
  --long) options+=(-Drondo.excluded.tests=) ;;
  "") ;;
  *) echo "usage: ./rondo test [--long]" >&2; exit 1 ;;
esac
exec mvn "${options[@]}" spotless:check verify
