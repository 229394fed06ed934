# Lists what there is of a tool, one a line: cache or machine, name, version, folder, vendor.
say() { printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "${5:-}" >>"$answer"; }
: >"$answer"
declare -A seen=()
fresh() {
  local real
  real=$(readlink -f "$1") && [ -z "${seen[$real]:-}" ] && seen[$real]=1
}

cached() {
  local folder
  for folder in "$RUNNER_TOOL_CACHE"/$1/*/"$arch"; do
    [ -d "$folder" ] && [ -f "$folder.complete" ] || continue
    local version=${folder%/*} name
    version=${version##*/}
    name=${folder#"$RUNNER_TOOL_CACHE"/}
    say cache "${name%%/*}" "$version" "$folder"
  done
}

# A field of a JDK's file.
field() { sed -n "s/^$2=\"\\(.*\\)\"\$/\\1/p" "$1" | head -n 1; }

nodes() {
  local node version
  for node in $(type -aP node) /usr/bin/node /usr/local/bin/node; do
    [ -x "$node" ] && fresh "$node" || continue
    version=$("$node" --version 2>/dev/null) || continue
    node=$(readlink -f "$node")
    say machine node "${version#v}" "${node%/bin/*}"
  done
}

javas() {
  local home version
  for home in /usr/lib/jvm/* "${JAVA_HOME:-/nowhere}" $(type -aP java); do
    case "$home" in */bin/java) home=$(readlink -f "$home") && home=${home%/bin/java} ;; esac
    [ -x "$home/bin/java" ] && [ -r "$home/release" ] && fresh "$home" || continue
    version=$(field "$home/release" JAVA_RUNTIME_VERSION)
    [ -n "$version" ] || version=$(field "$home/release" JAVA_VERSION)
    local kind=jre
    [ ! -x "$home/bin/javac" ] || kind=jdk
    say machine "$kind" "$version" "$(readlink -f "$home")" "$(field "$home/release" IMPLEMENTOR)"
  done
}

pythons() {
  local python version shim
  for shim in $(type -aP python3) $(type -aP python); do
    case "$shim" in
      */shims/python*)
        for python in "${shim%/shims/*}"/versions/*/bin/python; do
          [ -x "$python" ] && fresh "$python" || continue
          version=$("$python" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
          say machine Python "$version" "${python%/bin/*}"
        done
        ;;
    esac
  done
  for python in $(type -aP python3) /usr/bin/python3 /usr/bin/python3.[0-9] /usr/bin/python3.[0-9][0-9] \
    /usr/local/bin/python3.[0-9] /usr/local/bin/python3.[0-9][0-9]; do
    case "$python" in */shims/*) continue ;; esac
    [ -x "$python" ] && fresh "$python" || continue
    version=$("$python" -c 'import platform; print(platform.python_version())' 2>/dev/null) || continue
    python=$(readlink -f "$python")
    say machine Python "$version" "${python%/bin/*}" "$python"
  done
}

gos() {
  local go home version
  for go in $(type -aP go) /usr/local/go/bin/go /usr/lib/go-*/bin/go; do
    [ -x "$go" ] && fresh "$go" || continue
    go=$(readlink -f "$go")
    home=${go%/bin/go}
    version=$(head -n 1 "$home/VERSION" 2>/dev/null) || version=
    [ -n "$version" ] || version=$("$go" version | cut -d' ' -f3)
    say machine go "${version%% *}" "$home"
  done
}

shopt -s nullglob
case "$kind" in
  node) cached node && nodes ;;
  java) cached 'Java_*' && javas ;;
  python) cached Python && cached PyPy && pythons ;;
  go) cached go && gos ;;
esac
