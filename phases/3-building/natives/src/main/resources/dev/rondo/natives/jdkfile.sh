# Unpacks $file. Answers with its whole path and the JDK's home, or with what is wrong.
unpack() {
  cd "$GITHUB_WORKSPACE" || return
  archive=$(realpath -m -- "$file")
  if [ ! -f "$archive" ]; then
    echo "JDK file was not found in path '$archive'"
    return
  fi
  place=$(mktemp -d "$RUNNER_TEMP/jdkfile-XXXXXX") || return
  local tool
  case "$archive" in
    *.tar.gz | *.tgz | *.tar) tool=(tar -C "$place" -xf) ;;
    *.zip) tool=(unzip -q -d "$place") ;;
    *)
      echo "Unsupported file extension of '$archive': it has to be .tar.gz, .tgz, .tar or .zip"
      return
      ;;
  esac
  if ! "${tool[@]}" "$archive"; then
    echo "'$archive' cannot be unpacked"
    return
  fi
  for home in "$place"/*/; do
    if [ -x "${home}bin/java" ]; then
      echo "$archive"
      echo "${home%/}"
      return
    fi
  done
  echo "There is no JDK in '$archive': no folder in it has bin/java"
}
unpack > "$answer"
