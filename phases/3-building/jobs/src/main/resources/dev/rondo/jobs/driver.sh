# Runs the steps of one job, one after the other, each in a process group of its own. Hears of a
# step through one named pipe and of signals to it through another; says when a step ended in the
# output itself, behind a record separator and a word that the step does not know, so that the end
# can never overtake the step's last line. Of steps in the background it hears through a pipe of
# their own; what such a one prints, and its end, goes into one of ten more. Read by bash, or inside
# containers that have none by sh, which makes no groups of its own.
control=$1
set --
for pipe in steps signals beside out1 out2 out3 out4 out5 out6 out7 out8 out9 out10; do
    [ -p "$control/$pipe" ] || set -- "$@" "$control/$pipe"
done
[ $# = 0 ] || mkfifo "$@" || exit 70
set --
exec 8<>"$control/steps" 9<>"$control/signals" 6<>"$control/beside" 7>&2 2>/dev/null </dev/null
leader=
if [ -n "$BASH_VERSION" ]; then
    set -m
elif command -v setsid >/dev/null; then
    leader=setsid
fi
while read -r signal process <&9; do
    kill -s "$signal" -- "-$process" || kill -s "$signal" "$process"
done &
beside() {
    exec 6<&- 8<&- 9<&- 7>&-
    if [ -n "$BASH_VERSION" ]; then
        set -m
        (. "$script") 2>&1 &
    else
        $leader sh "$script" 2>&1 &
    fi
    process=$!
    printf '\036%s began %s\n' "$word" "$process"
    wait "$process"
    code=$?
    printf '\036%s ended %s\n' "$word" "$code"
}
{
    [ -z "$BASH_VERSION" ] || set -m
    while read -r word lane script <&6; do
        (beside) >"$control/out$lane" &
    done
} &
printf '\036ready %s\n' "$PATH"
while read -r word script <&8; do
    if [ -n "$BASH_VERSION" ]; then
        (
            exec 6<&- 8<&- 9<&- 2>&7 7>&-
            . "$script"
        ) &
    else
        $leader sh "$script" 6<&- 8<&- 9<&- 2>&7 7>&- &
    fi
    process=$!
    printf '\036%s began %s\n' "$word" "$process"
    wait "$process"
    code=$?
    printf '\036%s ended %s\n' "$word" "$code"
done
