# Sees to it that nothing is left running when the supervisor is killed outright. It is told on its input which
# processes run, "+pid" and "-pid", in the order of their start. The input ends when the supervisor is gone: then what
# still runs is stopped, the last started first, each with ten seconds of its own. $1 is a file with this process's id.
# Where nobody has waited for it, an ended process remains as a zombie, which is not running.
running() {
  kill -0 "$1" 2>/dev/null && ! grep -q ') Z ' "/proc/$1/stat" 2>/dev/null
}

trap '' INT TERM HUP
echo $$ >"$1"
pids=''
while read -r line; do
  case $line in
  +*) pids="${line#+} $pids" ;;
  -*)
    kept=''
    for pid in $pids; do [ "$pid" = "${line#-}" ] || kept="$kept $pid"; done
    pids=$kept
    ;;
  esac
done
for pid in $pids; do
  kill -TERM "$pid" 2>/dev/null || continue
  tenths=100
  while running "$pid" && [ $tenths -gt 0 ]; do
    sleep 0.1
    tenths=$((tenths - 1))
  done
  kill -KILL "-$pid" 2>/dev/null
done
rm -f "$1"
