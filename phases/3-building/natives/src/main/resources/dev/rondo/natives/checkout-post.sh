# Behind the last step: takes the token out of the repository again.
if [ -f "$path/.git/config" ] && cd -- "$path" && git=$(type -P git); then
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$path"
  echo "[command]$git config --local --unset-all $header"
  "$git" config --local --unset-all "$header" || true
  if [ -f .gitmodules ]; then
    "$git" submodule foreach --quiet --recursive "git config --local --unset-all '$header' || :" || true
  fi
fi
