# Guards one program: starts it behind the walls, gives it its network, waits for it, says how it
# ended. Stays its parent, so that it dies with this guard; a job's guard dies with Rondo, because
# its standard input is a pipe that only Rondo holds open. A service's guard needs nobody.
#
# $1 marker  $2 folder of this run  $3 job|service  $4 bubblewrap|off  $5 alone|connected
# $6 port that leads inside, or 0  $7 number of control groups, then their folders, then the command
run=$2 kind=$3 walls=$4 net=$5 port=$6 count=$7
shift 7
groups=("${@:1:count}")
shift "$count"
program='' network='' relay='' watch=''

mkfifo "$run/status" "$run/gate" "$run/ready" "$run/served" || exit 96
# What bash itself says ("Killed") is no output of the program.
exec 6<&0 5>&2 2>"$run/guard"

join() {
    local group
    for group in "${groups[@]}"; do
        echo "$BASHPID" >"$group/cgroup.procs" || exit 97
    done
}

slay() {
    if [ "$walls" = off ]; then
        kill -KILL -- "-$program" 2>/dev/null
    fi
    kill -KILL "$program" 2>/dev/null
}
trap slay TERM INT HUP

if [ "$walls" = off ]; then
    (
        exec 6<&-
        join
        exec setsid "$@" </dev/null 2>&5 5>&-
    ) &
    program=$!
    child=$program
else
    (
        exec 9>"$run/status" 8<>"$run/gate" 7<"$run/args" 6<&-
        join
        exec "$@" </dev/null 2>&5 5>&-
    ) &
    program=$!
    exec 3<"$run/status"
    # { "child-pid": 4711, ... }; nothing when the walls could not be built
    read -r line <&3 || line=
    child=${line#*child-pid\": }
    child=${child%%[!0-9]*}
fi

if [ "$kind" = job ]; then
    (
        read -r _ <&6
        slay
    ) 3<&- 5>&- >/dev/null 2>&1 &
    watch=$!
fi

# pasta hands inbound connections over without a TCP stack of its own, but needs a machine with a
# default route; slirp4netns works everywhere and serves outbound connections well.
by_pasta() {
    local runas=()
    [ "$(id -u)" = 0 ] && runas=(--runas 0)
    exec setpriv --pdeathsig KILL pasta --config-net -q -f -t "127.0.0.1/$port" -u none -T none \
        -U none --no-map-gw --dns-forward 10.0.2.3 "${runas[@]}" -P "$run/ready" "$program"
}

by_slirp() {
    # The socket is for leading a port inside; its path has 107 characters at most.
    local socket=()
    [ "$port" != 0 ] && socket=(--api-socket "$run/slirp")
    exec setpriv --pdeathsig KILL slirp4netns --configure --mtu=65520 --disable-host-loopback \
        --enable-seccomp "${socket[@]}" --ready-fd 9 "$program" tap0
}

connect() {
    "$1" 9>"$run/ready" >>"$run/network" 2>&1 3<&- 5>&- 6<&- </dev/null &
    network=$!
    read -r -n 1 ready <"$run/ready"
    [ -n "$ready" ]
}

# Rondo's own HTTP and what is led inside beside it, and nothing else of the server's loopback
# interface.
serve() {
    local doors
    mapfile -t doors <"$run/door"
    nsenter --target "$program" --user --net --preserve-credentials \
        setpriv --pdeathsig KILL perl "${0%/*}/relay.pl" "${doors[@]}" \
        9>"$run/served" >>"$run/network" 2>&1 3<&- 5>&- 6<&- </dev/null &
    relay=$!
    read -r ready <"$run/served"
    [ -n "$ready" ]
}

if [ "$net" = connected ] && [ -n "$child" ]; then
    if ! { [ "$port" != 0 ] && command -v pasta >/dev/null && connect by_pasta; } &&
        ! connect by_slirp; then
        echo "network" >"$run/exit"
        slay
        child=
    elif [ -e "$run/door" ] && ! serve; then
        echo "network" >"$run/exit"
        slay
        child=
    fi
fi

if [ -n "$child" ]; then
    echo "$program $child" >"$run/up"
fi

code=setup
if [ "$walls" = off ]; then
    wait "$program"
    code=$?
    while [ "$code" -gt 128 ] && kill -0 "$program" 2>/dev/null; do
        wait "$program"
        code=$?
    done
    kill -KILL -- "-$program" 2>/dev/null
else
    [ -n "$child" ] && echo >"$run/gate"
    while read -r line <&3; do
        case $line in *exit-code*) code=${line#*exit-code\": } code=${code%%[!0-9]*} ;; esac
    done
    wait "$program"
    slay
fi
[ -e "$run/exit" ] || echo "$code" >"$run/exit"
[ -n "$network" ] && kill -KILL "$network" 2>/dev/null
[ -n "$relay" ] && kill -KILL "$relay" 2>/dev/null
[ -n "$watch" ] && kill -KILL "$watch" 2>/dev/null
exit 0
