# Runs the steps of one job, one after the other, each in a process group of its own. Hears of a
# step through one named pipe and of signals to it through another; says when a step ended in the
# output itself, behind a record separator and a word that the step does not know, so that the end
# can never overtake the step's last line. Read by bash, or inside containers that have none by sh,
# which makes no groups of its own.
control=$1
for pipe in steps signals; do
    [ -p "$control/$pipe" ] || mkfifo "$control/$pipe" || exit 70
done
exec 8<>"$control/steps" 9<>"$control/signals" 7>&2 2>/dev/null </dev/null
leader=
if [ -n "$BASH_VERSION" ]; then
    set -m
elif command -v setsid >/dev/null; then
    leader=setsid
fi
while read -r signal process <&9; do
    kill -s "$signal" -- "-$process" || kill -s "$signal" "$process"
done &
printf '\036ready %s\n' "$PATH"
while read -r word script <&8; do
    if [ -n "$BASH_VERSION" ]; then
        (
            exec 8<&- 9<&- 2>&7 7>&-
            . "$script"
        ) &
    else
        $leader sh "$script" 8<&- 9<&- 2>&7 7>&- &
    fi
    process=$!
    printf '\036%s began %s\n' "$word" "$process"
    wait "$process"
    code=$?
    printf '\036%s ended %s\n' "$word" "$code"
done
