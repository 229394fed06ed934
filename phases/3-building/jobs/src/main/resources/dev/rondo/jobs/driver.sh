# Runs the steps of one job, one after the other, each in a process group of its own. Hears of a
# step through one named pipe and of signals to it through another; says when a step ended in the
# output itself, behind a record separator and a word that the step does not know, so that the end
# can never overtake the step's last line.
control=$1
mkfifo "$control/steps" "$control/signals" || exit 70
exec 8<>"$control/steps" 9<>"$control/signals" 7>&2 2>/dev/null </dev/null
set -m
while read -r -u 9 signal process; do
    kill -s "$signal" -- "-$process"
done &
printf '\036ready %s\n' "$PATH"
while read -r -u 8 word script; do
    (
        exec 8<&- 9<&- 2>&7 7>&-
        . "$script"
    ) &
    process=$!
    printf '\036%s began %s\n' "$word" "$process"
    wait "$process"
    code=$?
    printf '\036%s ended %s\n' "$word" "$code"
done
