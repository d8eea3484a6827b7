#!/usr/bin/env bash
# House rules that the formatter does not know. Prints each breach with its place; exit code 1 when there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

breaches=0
breach() {
    printf '%s\n' "$1"
    breaches=$((breaches + 1))
}

# Prints the lines of Swift files below the folders that match a pattern, as file:line: text.
matches() {
    local pattern=$1
    shift
    grep -rnE --include='*.swift' "$pattern" "$@" 2>/dev/null || true
}

mapfile -t files < <(find Modules Services Tools Tests -name '*.swift')

for file in "${files[@]}"; do
    lines=$(wc -l <"$file")
    [[ $lines -le 300 ]] || breach "$file: $lines lines; split it at 300 (Type+Concern.swift)"
done

while IFS= read -r line; do
    breach "$line: unfinished work is not committed"
done < <(matches '\b(TODO|FIXME|XXX)\b' Modules Services Tools Tests)

while IFS= read -r line; do
    breach "$line: this ends the process; throw instead"
done < <(matches '\b(try!|as!|fatalError\()' Modules Services Tools)

# A comment on the line above, or on the same line, names the lock or queue.
while IFS=: read -r file number _; do
    sed -n "$((number > 3 ? number - 3 : 1)),${number}p" "$file" | grep -q '//' ||
        breach "$file:$number: @unchecked Sendable without a comment that names the lock or queue"
done < <(matches '@unchecked Sendable' Modules Services Tools)

# Imports point downward only.
while IFS= read -r line; do
    breach "$line: the domain has no input, output, network or database"
done < <(matches '^(public |internal |private )?import (Foundation|Glibc|PostgresClient|Storage|ServiceKit|PlatformClient|Hummingbird|NIO.*)$' \
    Modules/DomainModel Modules/AssessmentMethods Modules/NameForms Modules/SyntheticRegistry)
while IFS= read -r line; do
    breach "$line: a service never imports another service"
done < <(matches '^(public |internal |private )?import (Registry|Ingest|Reports|Administration)$' \
    Services/Registry Services/Ingest Services/Reports Services/Administration Modules)

while IFS= read -r line; do
    breach "$line: the CLI asks services; only local and migrate know a database"
done < <(matches '^import (PostgresClient|Storage|LocalPostgres)$' Tools/ceyuan |
    grep -vE '^Tools/ceyuan/(Local|Migrate)/|/Failure\+Causes.swift:' || true)

# Links of pages lead to files, and the list of decisions has all of them.
while IFS=: read -r file link; do
    path=${link%%#*}
    [[ -z $path || -e ${file%/*}/$path ]] || breach "$file: the link $link leads nowhere"
done < <(grep -roP --include='*.md' '\]\(\K(?!https?:)[^)\s]+' ./README.md ./README.zh.md docs Modules Tools)
for file in docs/decisions/0*.md; do
    grep -qF "(${file##*/})" docs/decisions/README.md || breach "$file: not listed in docs/decisions/README.md"
done

for script in deploy/*.sh .ci/run; do
    bash -n "$script" || breach "$script: not valid for bash"
    [[ -x $script ]] || breach "$script: not executable"
done

if [[ $breaches -gt 0 ]]; then
    printf '%s breaches of the house rules\n' "$breaches"
    exit 1
fi
