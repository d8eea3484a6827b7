#!/usr/bin/env bash
# Renders the documentation of PostgresClient into .ceyuan/docs/PostgresClient.doccarchive; needs a build to be there.
#
#   deploy/docs.sh [FOLDER]     of what was built into FOLDER; by default into that of a debug build
#
# Fails when docc warns (a link that leads nowhere), and when a public symbol says nothing, or throws without saying what.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

modules=${1:-$(swift build --show-bin-path)}/Modules
graphs=.ceyuan/docs/graphs
archive=.ceyuan/docs/PostgresClient.doccarchive
[[ -f $modules/PostgresClient.swiftmodule ]] || {
    echo "docs: PostgresClient is not built yet; run: make build" >&2
    exit 1
}
mkdir -p "$graphs"
rm -rf "${graphs:?}"/* "$archive"

# The words of the extraction matter only when it fails: it remarks on things of the standard library.
if ! words=$(swift-symbolgraph-extract -module-name PostgresClient -I "$modules" -minimum-access-level public \
    -target "$(uname -m)-unknown-linux-gnu" -output-dir "$graphs" \
    -Xcc -fmodule-map-file=Modules/CLibPQ/module.modulemap \
    -Xcc -fmodule-map-file=Modules/CLinuxEvents/module.modulemap \
    -Xcc -I"$(pg_config --includedir)" 2>&1); then
    printf '%s\n' "$words" >&2
    exit 1
fi

python3 - "$graphs" <<'PYTHON'
import glob
import json
import sys

breaches = []
for path in sorted(glob.glob(sys.argv[1] + "/*.json")):
    with open(path, encoding="utf-8") as file:
        symbols = json.load(file)["symbols"]
    for symbol in symbols:
        # What the compiler or another module wrote is theirs to document.
        if "::SYNTHESIZED::" in symbol["identifier"]["precise"] or "location" not in symbol:
            continue
        name = ".".join(symbol["pathComponents"])
        text = " ".join(line["text"] for line in symbol.get("docComment", {}).get("lines", []))
        declaration = "".join(part["spelling"] for part in symbol.get("declarationFragments", []))
        if not text:
            breaches.append(f"{name}: no documentation")
        elif (" throws" in declaration or "rethrows" in declaration) and "- Throws:" not in text:
            breaches.append(f"{name}: does not say what it throws")
for breach in breaches:
    print(breach, file=sys.stderr)
sys.exit(1 if breaches else 0)
PYTHON

docc convert Modules/PostgresClient/PostgresClient.docc --additional-symbol-graph-dir "$graphs" \
    --fallback-display-name PostgresClient --fallback-bundle-identifier ceyuan.PostgresClient \
    --output-path "$archive" --warnings-as-errors
echo "$archive"
