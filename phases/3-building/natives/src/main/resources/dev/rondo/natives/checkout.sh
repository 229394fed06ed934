# actions/checkout inside the job. Says in $answer why it failed, or "download" where there is no git.

fail() {
  echo "::endgroup::"
  printf '%s' "$1" >"$answer"
  exit 0
}

run() {
  echo "[command]$git $*"
  "$git" "$@"
}

must() {
  local code=0
  run "$@" || code=$?
  [ "$code" = 0 ] || fail "The process '$git' failed with exit code $code"
}

quiet() {
  "$git" "$@" >/dev/null 2>&1
}

no_git='Unable to locate executable file: git. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable.'

empty() {
  echo "Deleting the contents of '$path'"
  chmod -R u+rwX -- "$path" 2>/dev/null || true
  find "$path" -mindepth 1 -maxdepth 1 -exec rm -rf -- {} + || fail "Cannot empty '$path'"
}

# What was checked out before is used again where it is the same repository.
prepare() {
  if [ -z "$git" ] || [ ! -d "$path/.git" ] ||
    [ "$("$git" config --local --get remote.origin.url 2>/dev/null)" != "$url" ]; then
    empty
    return
  fi
  rm -f .git/index.lock .git/shallow.lock
  echo "::group::Removing previously created refs, to avoid conflicts"
  local well=1 ref
  if quiet symbolic-ref -q HEAD; then
    run checkout --detach || well=
  fi
  while read -r ref; do
    quiet update-ref -d "$ref" || well=
  done < <("$git" for-each-ref --format='%(refname)' refs/heads refs/remotes/origin)
  echo "::endgroup::"
  if [ "$clean" = true ]; then
    echo "::group::Cleaning the repository"
    run clean -ffdx && run reset --hard HEAD || well=
    echo "::endgroup::"
  fi
  if [ -z "$well" ]; then
    echo "::warning::Unable to clean or reset the repository. The repository will be recreated instead."
    empty
  fi
}

# Settings of git that hold for these commands alone.
settings() {
  home=$(mktemp -d "$RUNNER_TEMP/checkout-XXXXXXXX")
  trap 'rm -rf -- "$home"' EXIT
  [ ! -f "$HOME/.gitconfig" ] || cp "$HOME/.gitconfig" "$home/.gitconfig"
  export HOME=$home GIT_TERMINAL_PROMPT=0 GCM_INTERACTIVE=Never
  if [ "$safe" = true ]; then
    "$git" config --global --add safe.directory "$path"
  fi
  local from to
  while IFS=$'\t' read -r from to; do
    [ -n "$from" ] || continue
    "$git" config --global --add safe.directory "$to"
    "$git" config --global --add "url.file://$to.insteadOf" "$from"
  done <<<"$lent"
  "$git" config --global protocol.file.allow always
  [ -z "$credential" ] || "$git" config --global "$header" "AUTHORIZATION: basic $credential"
}

refspecs() {
  local given=${ref:-} upper=${ref^^}
  case "$upper" in
    REFS/HEADS/*) to=refs/remotes/origin/${given:11} ;;
    REFS/PULL/*) to=refs/remotes/pull/${given:10} ;;
    *) to=$given ;;
  esac
  if [ -n "$commit" ]; then
    if [ -n "$to" ]; then specs=("+$commit:$to"); else specs=("$commit"); fi
  elif [[ $upper == REFS/* ]]; then
    specs=("+$given:$to")
  else
    specs=("+refs/heads/$given*:refs/remotes/origin/$given*" "+refs/tags/$given*:refs/tags/$given*")
  fi
}

fetch() {
  local options=(-c protocol.version=2 fetch)
  if [ "$depth" != 0 ] && [ "$tags" != true ]; then options+=(--no-tags); fi
  options+=(--prune)
  [ -z "$progress" ] || options+=(--progress)
  options+=(--no-recurse-submodules)
  [ -z "$filter" ] || options+=("--filter=$filter")
  if [ "$depth" != 0 ]; then
    options+=("--depth=$depth")
  elif [ -f .git/shallow ]; then
    options+=(--unshallow)
  fi
  must "${options[@]}" origin "$@"
}

fetch_all() {
  refspecs
  if [ "$depth" = 0 ]; then
    local all=('+refs/heads/*:refs/remotes/origin/*' '+refs/tags/*:refs/tags/*')
    fetch "${all[@]}"
    if [ -n "$commit" ] && [ "$("$git" rev-parse --verify --quiet "${to:-$commit}^{commit}")" != "$commit" ]; then
      fetch "${specs[@]}"
    fi
  else
    [ "$tags" != true ] || specs+=('+refs/tags/*:refs/tags/*')
    fetch "${specs[@]}"
  fi
}

# What to check out: a branch by its name, all else detached.
target() {
  local upper=${ref^^}
  branch= start=
  case "$upper" in
    '') start=$commit ;;
    REFS/HEADS/*) branch=${ref:11} start=refs/remotes/origin/${ref:11} ;;
    REFS/PULL/*) start=refs/remotes/pull/${ref:10} ;;
    REFS/*) start=$ref ;;
    *)
      if quiet rev-parse --verify "refs/remotes/origin/$ref"; then
        branch=$ref start=refs/remotes/origin/$ref
      elif quiet rev-parse --verify "refs/tags/$ref"; then
        start=refs/tags/$ref
      else
        fail "A branch or tag with the name '$ref' could not be found"
      fi
      ;;
  esac
}

submodules() {
  local nested=()
  [ "$submodules" != recursive ] || nested=(--recursive)
  echo "::group::Fetching submodules"
  must submodule sync "${nested[@]}"
  local options=(-c protocol.version=2 submodule update --init --force)
  [ "$depth" = 0 ] || options+=("--depth=$depth")
  must "${options[@]}" "${nested[@]}"
  must submodule foreach "${nested[@]}" "git config --local gc.auto 0"
  if [ "$persist" = true ] && [ -n "$credential" ]; then
    quiet submodule foreach "${nested[@]}" "git config --local '$header' 'AUTHORIZATION: basic $credential'"
  fi
  echo "::endgroup::"
}

echo "Syncing repository: $repository"
if [ ! -d "$path" ]; then
  rm -rf -- "$path"
  mkdir -p -- "$path" 2>/dev/null || fail "Cannot make the folder '$path'"
  new=1
else
  new=
fi
cd -- "$path" || fail "Cannot enter the folder '$path'"
echo "::group::Getting Git version info"
echo "Working directory is '$path'"
git=$(type -P git) || git=
if [ -z "$git" ]; then
  echo "::endgroup::"
  [ "$lfs" != true ] || fail "$no_git"
  [ -z "$submodules" ] || fail "Input 'submodules' not supported when there is no Git. To create a local Git repository instead, add Git 2.18 or higher to the PATH."
  [ -n "$new" ] || empty
  printf download >"$answer"
  exit 0
fi
run version
echo "::endgroup::"
if [ "$lfs" = true ] && ! quiet lfs version; then
  fail "Unable to locate executable file: git-lfs. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable."
fi
settings
[ -n "$new" ] || prepare
if [ ! -d .git ]; then
  echo "::group::Initializing the repository"
  must -c init.defaultBranch=main init "$path"
  must remote add origin "$url"
  echo "::endgroup::"
fi
echo "::group::Disabling automatic garbage collection"
run config --local gc.auto 0
echo "::endgroup::"
echo "::group::Setting up auth"
quiet config --local --unset-all "$header" || true
[ -z "$credential" ] || "$git" config --local "$header" "AUTHORIZATION: basic $credential"
echo "::endgroup::"
if [ -z "$ref" ] && [ -z "$commit" ]; then
  echo "::group::Determining the default branch"
  ref=$("$git" ls-remote --quiet --exit-code --symref origin HEAD | sed -n 's/^ref: \([^\t]*\)\tHEAD$/\1/p') || ref=
  [ -n "$ref" ] || fail "The default branch of '$url' could not be found"
  echo "Default branch '${ref#refs/heads/}'"
  echo "::endgroup::"
fi
[ "$lfs" != true ] || must lfs install --local
echo "::group::Fetching the repository"
fetch_all
echo "::endgroup::"
echo "::group::Determining the checkout info"
target
echo "::endgroup::"
if [ "$lfs" = true ] && [ -z "$sparse" ]; then
  echo "::group::Fetching LFS objects"
  must lfs fetch origin "$start"
  echo "::endgroup::"
fi
if [ -z "$sparse" ]; then
  must sparse-checkout disable
  run config --local --unset-all extensions.worktreeConfig || true
else
  echo "::group::Setting up sparse checkout"
  mapfile -t patterns <<<"$sparse"
  if [ "$cone" = true ]; then
    must sparse-checkout set "${patterns[@]}"
  else
    must config core.sparseCheckout true
    mkdir -p .git/info
    printf '\n%s\n' "$sparse" >>.git/info/sparse-checkout
  fi
  echo "::endgroup::"
fi
echo "::group::Checking out the ref"
if [ -n "$branch" ]; then
  must checkout --force -B "$branch" "$start"
else
  must -c advice.detachedHead=false checkout --force "$start"
fi
echo "::endgroup::"
[ -z "$submodules" ] || submodules
must log -1 --format=%H
if [ "$persist" != true ]; then
  echo "::group::Removing auth"
  quiet config --local --unset-all "$header" || true
  echo "::endgroup::"
fi
printf 'done\n%s\n%s' "$("$git" log -1 --format=%H)" "$ref" >"$answer"
