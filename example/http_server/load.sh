#!/usr/bin/env bash
# Distributed under the Boost Software License, Version 1.0.
# (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
#
# Puts the example server under load on all routes at once, stops it, and shows its report.
# usage: load.sh BUILD_DIR [SERVER_OPTION...]     (DURATION=10: seconds of load)
set -euo pipefail

fail() {
  echo "load.sh: $*" >&2
  exit 1
}

[[ $# -ge 1 ]] || fail "usage: load.sh BUILD_DIR [SERVER_OPTION...]"
build_dir=$1
shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
server=$build_dir/example/http_server
duration=${DURATION:-10}

[[ $duration =~ ^[1-9][0-9]{0,4}$ ]] || fail "DURATION must be whole seconds, such as 10, not \"$duration\""
[[ -f $server && -x $server ]] || fail "$server doesn't exist; build first, or use tools/demo"
command -v wrk > /dev/null || fail "wrk is missing; install it with 'apt-get install wrk'"

work=$(mktemp -d)
server_pid=
load_pid=
clean_up() {
  for pid in $load_pid $server_pid; do kill -KILL "$pid" 2> /dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT
interrupted=
trap 'interrupted=yes' INT TERM  # Ctrl-C ends the load early; the server gets it too, and the report still comes

# Where its timers are shown, if it was built so. Of an option that is given twice, the last counts.
if "$server" --help | grep -q -e --perf-port; then set -- --perf-port 0 "$@"; fi
: > "$work/server"  # it is read before the server opens it
"$server" --port 0 "$@" > "$work/server" 2> "$work/errors" &
server_pid=$!
port=
for _ in {1..100}; do
  port=$(sed -n 's|^listening on http://127.0.0.1:\([0-9]*\) .*|\1|p' "$work/server")
  [[ -n $port ]] && break
  kill -0 "$server_pid" 2> /dev/null || break
  sleep 0.1 || true
done
if [[ -z $port ]]; then
  cat "$work/server" "$work/errors" >&2
  fail "the server did not start"
fi
cat "$work/server"

# One thread of wrk for each route: five threads with eight connections each.
wrk --threads 5 --connections 40 --duration "${duration}s" --script "$here/load.lua" \
  "http://127.0.0.1:$port" > "$work/load" 2>&1 &
load_pid=$!
printf 'load on all routes for %s s: ' "$duration"
while kill -0 "$load_pid" 2> /dev/null; do
  printf .
  sleep 1 || true
done
wait "$load_pid" || true
load_pid=
sed -n 's|^Requests/sec: *| |p' "$work/load" | tr -d '\n'
echo ' requests/s'

kill -INT "$server_pid" 2> /dev/null || true
for _ in {1..100}; do
  kill -0 "$server_pid" 2> /dev/null || break
  sleep 0.1 || true
done
kill -0 "$server_pid" 2> /dev/null && fail "the server did not stop within 10 s"
status=0
wait "$server_pid" || status=$?
server_pid=
echo
tail -n +2 "$work/server"
cat "$work/errors" >&2
if [[ -z $interrupted ]]; then
  if ! grep -q '^Requests/sec' "$work/load"; then
    cat "$work/load" >&2
    fail "wrk failed"
  fi
  grep -E 'Socket errors|Non-2xx' "$work/load" >&2 && fail "not all requests succeeded"
fi
[[ $status -eq 0 ]] || fail "the server ended with status $status"
