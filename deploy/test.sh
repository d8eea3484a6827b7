#!/usr/bin/env bash
# Runs all tests that were built. When any failed, what they said is printed once more at the end, before the summary:
# among some thousands of lines it is not found otherwise. The whole output stays in .build/tests.log.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Most tests have a database or processes of their own: all at once would only wait for one another, and time out.
at_once=${TESTS_AT_ONCE:-8}
log=.build/tests.log

swift test --skip-build --disable-xctest --experimental-maximum-parallelization-width "$at_once" "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
((status == 0)) && exit 0

# Of a test only what it found, with the lines that explain it; that its suite failed too says nothing.
awk '/^✘ Test run /{ summary = $0; told = 0; next }
    /^✘ .* recorded an? /{ if (!any++) print "\nWhat failed:"; print; told = 1; next }
    told && /^(↳|[ \t])/{ print; next }
    { told = 0 }
    END { if (any) print "\n" summary }' "$log"
exit "$status"
