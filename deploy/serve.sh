#!/usr/bin/env bash
# All services in one process on this machine, with a private PostgreSQL, in the foreground: Ctrl-C stops what was started.
#
# Works on the data that `make demo` leaves in .ceyuan/, or on none. CEYUAN_LISTEN_PORT=N takes another port than 8100.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CEYUAN_HOME=$PWD/.ceyuan
# Addresses of other installations must not be taken for ours.
unset CEYUAN_TOKEN CEYUAN_URL CEYUAN_REGISTRY_URL CEYUAN_INGEST_URL CEYUAN_REPORTS_URL CEYUAN_DATABASE_URL CEYUAN_CONFIG

# Without this SwiftPM orders the traits of packages anew in every run, and then compiles those packages again.
SWIFT_DETERMINISTIC_HASHING=1 swift build -c release
binaries=$(swift build -c release --show-bin-path)
ceyuan=$binaries/ceyuan

stops_database=no
service=
stop() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ -n $service ]]; then
        kill -TERM "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    [[ $stops_database == yes ]] && "$ceyuan" local down --quiet >/dev/null
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

"$ceyuan" local status --quiet >/dev/null || stops_database=yes
"$ceyuan" local up --quiet >/dev/null
"$ceyuan" migrate up --quiet >/dev/null
keys=$CEYUAN_HOME/personal.keys
[[ -e $keys ]] || "$ceyuan" keys new --output "$keys"

port=${CEYUAN_LISTEN_PORT:-8100}
# The file appears when the service listens.
address=$CEYUAN_HOME/serve.address
rm -f "$address"
CEYUAN_DATABASE_URL=$("$ceyuan" local url --service) CEYUAN_LISTEN_PORT=$port CEYUAN_ADDRESS_FILE=$address \
    CEYUAN_DIRECTORIES_DATA=$CEYUAN_HOME/data CEYUAN_REGISTRY_KEYS_FILE=$keys "$binaries/ceyuan-platform" &
service=$!
while [[ ! -s $address ]]; do
    kill -0 "$service" 2>/dev/null || {
        wait "$service" || exit $?
        exit 1
    }
    sleep 0.05
done
url=$(<"$address")
printf '\nThe services listen at %s. In another terminal:\n\n    export PATH="%s:$PATH" CEYUAN_HOME="%s"' "$url" "$binaries" "$CEYUAN_HOME"
[[ $port == 8100 ]] || printf ' CEYUAN_URL=%s' "$url"
printf '\n'
CEYUAN_URL=$url "$ceyuan" whoami >/dev/null 2>&1 ||
    printf '    ceyuan login --bootstrap "%s" --user %s\n' "$CEYUAN_HOME/data/bootstrap.sock" "$(id -un)"
printf '\n'
wait "$service"
