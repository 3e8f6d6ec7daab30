#!/bin/sh
# actor.sh KEY SECONDS ENDING [PHRASE...]: what every test of a generated project runs.
# It notes its start and end in $TRACE, prints, then exits or dies as told. $KEPT is a directory that lasts for a run.
ulimit -c 0
key=$1 seconds=$2 ending=$3
shift 3
echo "start $key" >>"$TRACE"

fill() {
  line=0
  while [ "$line" -lt "$1" ]; do
    line=$((line + 1))
    echo "line $line of a long output: größe 10 µm, « 漢字 », $key"
  done
}

for phrase in "$@"; do
  case $phrase in
    raw:*) printf '%b' "${phrase#raw:}" ;;
    fill:*) fill "${phrase#fill:}" ;;
    show:*) env | grep "^${phrase#show:}" | LC_ALL=C sort ;;
    leave:quiet) sleep 0.3 </dev/null >/dev/null 2>&1 & ;;
    leave:holding) sleep 0.1 & ;;
    serve:*)
      setsid sleep 3 </dev/null >/dev/null 2>&1 &
      echo $! >"$KEPT/${phrase#serve:}.pid"
      ;;
    asks:*) kill -0 "$(cat "$KEPT/${phrase#asks:}.pid")" 2>/dev/null && echo "served" || echo "nobody serves" ;;
    ends:*) kill "$(cat "$KEPT/${phrase#ends:}.pid")" 2>/dev/null ;;
    *) printf '%b\n' "$phrase" ;;
  esac
done
echo "in $(basename "$PWD") with COLOUR=${COLOUR-unset} to stderr" >&2

# attempt-N:X:Y ends as X up to the N-th attempt of a run, and as Y from there on.
case $ending in
  attempt-*)
    echo x >>"$KEPT/$key.attempts"
    rest=${ending#attempt-}
    last=${rest%%:*} rest=${rest#*:}
    if [ "$(wc -l <"$KEPT/$key.attempts")" -le "$last" ]; then ending=${rest%%:*}; else ending=${rest#*:}; fi
    ;;
esac
case $ending in
  hang) exec sleep 60 ;;
  signal-*)
    echo "end $key" >>"$TRACE"
    kill -"${ending#signal-}" $$
    sleep 60
    ;;
esac
sleep "$seconds"
echo "end $key" >>"$TRACE"
exit "$ending"
