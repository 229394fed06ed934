# Packs what paths and patterns name into one archive; nothing is written where nothing is found.
shopt -s globstar nullglob dotglob
cd @WORKSPACE@ || exit 1
declare -A taken=()
order=()
for pattern in @PATHS@; do
    case $pattern in '!'*) without=1 pattern=${pattern#!} ;; *) without= ;; esac
    case $pattern in '~' | '~/'*) pattern=$HOME${pattern#\~} ;; esac
    found=()
    if [ -e "$pattern" ] || [ -L "$pattern" ]; then
        found=("$pattern")
    else
        IFS=
        # shellcheck disable=SC2206
        found=($pattern)
        unset IFS
    fi
    for path in "${found[@]}"; do
        [ -e "$path" ] || [ -L "$path" ] || continue
        path=${path#./}
        path=${path%/}
        path=${path#@WORKSPACE@/}
        [ -n "$path" ] || path=.
        # the next job's folders are others: only the way from its workspace is the same
        case $path in /*) path=$(realpath -ms --relative-to=@WORKSPACE@ -- "$path") ;; esac
        if [ -n "$without" ]; then
            unset "taken[$path]"
        elif [ -z "${taken[$path]+x}" ]; then
            taken[$path]=1
            order+=("$path")
        fi
    done
done
list=$(mktemp)
for path in "${order[@]}"; do
    [ -z "${taken[$path]+x}" ] || printf '%s\n' "$path"
done >"$list"
if [ -s "$list" ]; then
    tar --posix -cf @ARCHIVE@ --exclude @ARCHIVE@ -P -C @WORKSPACE@ --verbatim-files-from \
        --files-from "$list" @WITH@
    code=$?
else
    code=0
fi
rm -f "$list"
exit $code
