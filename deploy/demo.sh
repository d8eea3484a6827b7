#!/usr/bin/env bash
# The whole loop on real data: collect, assess, report. Everything is done with `ceyuan`, as a person would do it.
#
# Starts a private PostgreSQL and the three services on free ports, and stops what it started. A second run changes
# nothing. Its last lines are `report NAME PATH`, one for each file.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CEYUAN_HOME=$PWD/.ceyuan
# Addresses of other installations must not be taken for ours.
unset CEYUAN_TOKEN CEYUAN_URL CEYUAN_REGISTRY_URL CEYUAN_INGEST_URL CEYUAN_REPORTS_URL CEYUAN_DATABASE_URL CEYUAN_CONFIG
work=$CEYUAN_HOME/demo
reference=deploy/reference
mkdir -p "$work"

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' plain=$'\e[0m'; else bold='' plain=''; fi
step() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }
die() {
    printf 'demo: %s\n' "$*" >&2
    exit 1
}

# What was started here, to be stopped here: process ids, and whether the database is ours to stop.
services=()
stops_database=no

stop() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ ${#services[@]} -gt 0 ]]; then
        kill -TERM "${services[@]}" 2>/dev/null || true
        wait "${services[@]}" 2>/dev/null || true
    fi
    [[ $stops_database == yes ]] && "$ceyuan" local down --quiet >/dev/null
    exit "$status"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

step "Build 构建"
# Without this SwiftPM orders the traits of packages anew in every run, and then compiles those packages again.
SWIFT_DETERMINISTIC_HASHING=1 swift build -c release
binaries=$(swift build -c release --show-bin-path)
ceyuan=$binaries/ceyuan

step "Database 数据库"
"$ceyuan" local status --quiet >/dev/null || stops_database=yes
"$ceyuan" local up
applied=$("$ceyuan" migrate up --format csv --quiet | tail -n +2 | wc -l)
echo "migrations applied  $applied  已应用的迁移"

# start NAME PROGRAM VARIABLE: starts a service on a free port, as its own database role, and exports its address as
# the variable.
start() {
    local name=$1 program=$2 variable=$3
    local database
    database=$("$ceyuan" local url --service "$name")
    local address=$work/$name.address log=$work/$name.log
    rm -f "$address"
    CEYUAN_DATABASE_URL=$database CEYUAN_LISTEN_PORT=0 CEYUAN_ADDRESS_FILE=$address CEYUAN_DIRECTORIES_DATA=$CEYUAN_HOME/data \
        "$binaries/$program" >"$log" 2>&1 </dev/null &
    local process=$!
    services+=("$process")
    # The file appears when the service listens.
    while [[ ! -s $address ]]; do
        kill -0 "$process" 2>/dev/null || {
            tail -n 20 "$log" >&2
            die "$program ended; its log is $log"
        }
        sleep 0.02
    done
    printf -v "$variable" '%s' "$(<"$address")"
    export "${variable?}"
    printf '%-16s %s\n' "$program" "${!variable}"
}

step "Services 服务"
start registry ceyuan-registry CEYUAN_REGISTRY_URL
start ingest ceyuan-ingest CEYUAN_INGEST_URL
CEYUAN_REPORTS_INGEST_URL=$CEYUAN_INGEST_URL
export CEYUAN_REPORTS_INGEST_URL
start reports ceyuan-report CEYUAN_REPORTS_URL

step "Sign in 登录"
# The first run makes the administrator, by the service's own socket; later runs use the token that was kept.
if ! "$ceyuan" whoami >/dev/null 2>&1; then
    "$ceyuan" login --bootstrap "$CEYUAN_HOME/data/bootstrap.sock" --user demo
else
    "$ceyuan" whoami
fi

step "Reference data 基础数据"
receipts=$work/receipts.csv
: >"$receipts.new"
# load KIND FILE: imports a kind of reference data and prints its receipt as a line.
load() {
    local kind=$1 file=$2 answer
    answer=$("$ceyuan" "$kind" import "$reference/$file" --format csv --quiet) || {
        "$ceyuan" "$kind" import "$reference/$file"
        die "$file was refused"
    }
    tail -n +2 <<<"$answer" | tee -a "$receipts.new" | while IFS=, read -r batch _ _ _ _ _ rows created revised unchanged duplicates _; do
        printf '%-16s %-22s batch %2s  rows %4s  created %4s  revised %4s  unchanged %4s  duplicates %4s\n' \
            "$kind" "$file" "$batch" "$rows" "$created" "$revised" "$unchanged" "$duplicates"
    done
}
load region regions.csv
load classification classifications.csv
load classification sources.csv
load programme programmes.csv
load platform platforms.csv
load indicator indicators.csv
load plan plans.csv
load target indicators.csv
load dataset datasets.csv

step "Observations 观测数据"
# Exit code 1 says that rows were refused: expected here, the planning documents have figures without a period.
status=0
"$ceyuan" submit "$reference/observations.csv" --dataset corridor.planning_documents --mode partial || status=$?
[[ $status -le 1 ]] || exit "$status"
"$ceyuan" submit "$reference/observations.csv" --dataset corridor.planning_documents --mode partial --format csv --quiet |
    tail -n +2 >>"$receipts.new" || true
if [[ -f $receipts ]]; then
    if cmp -s "$receipts" "$receipts.new"; then
        echo "Unchanged: all receipts are those of the run before. 与上次运行的回执完全相同。"
    else
        echo "Changed since the run before. 与上次运行不同。"
    fi
fi
mv "$receipts.new" "$receipts"

step "Assessments 评估"
plans=(yuhang_original.fyp13 yuhang.fyp14 corridor.fyp14)
for plan in "${plans[@]}"; do
    "$ceyuan" assess run --plan "$plan" --period 2020 --summary
done

step "Reports 报告"
# build TEMPLATE PLAN: writes a report in both languages.
build() {
    local language
    for language in zh en; do
        "$ceyuan" report build --template "$1" --plan "$2" --period 2020 --language "$language" \
            --output "$CEYUAN_HOME/reports" >>"$work/reports.txt"
    done
}
: >"$work/reports.txt"
build end-of-plan yuhang_original.fyp13
build plan-state yuhang.fyp14
build plan-state corridor.fyp14

echo
cat "$work/reports.txt"
