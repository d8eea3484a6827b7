#!/usr/bin/env bash
# Installs what `swift build -c release` has made as services of systemd, on this machine: as root, anew after each build.
#
#   deploy/install.sh
#
# Programs, Swift's runtime and the document bridge go to /opt/ceyuan, the unit to /etc/systemd/system. Configuration and
# keys in /etc/ceyuan, and data in /srv/ceyuan, are made where they are absent and never changed. Starts and stops nothing.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
home=/opt/ceyuan
settings=/etc/ceyuan
data=/srv/ceyuan
programs=(ceyuan ceyuan-platform ceyuan-registry ceyuan-ingest ceyuan-report)

say() { printf '%s\n' "$*"; }
die() {
    printf 'install: %s\n' "$*" >&2
    exit 1
}

[[ $EUID -eq 0 ]] || die "only root may install; try: sudo $0"
built=$(swift build -c release --show-bin-path)
for program in "${programs[@]}"; do
    [[ -x $built/$program ]] || die "$built/$program is not built yet; run: swift build -c release"
done

# install_new SOURCE TARGET MODE OWNER: makes a file that is absent.
install_new() {
    [[ -e $2 ]] && return
    install -m "$3" -o "$4" -g "$4" "$1" "$2"
    say "made $2"
}

getent passwd ceyuan >/dev/null || {
    useradd --system --user-group --no-create-home --home-dir "$data" --shell /usr/sbin/nologin ceyuan
    say "made the user ceyuan"
}
install -d -m 755 "$home" "$home/bin" "$home/Tools"
install -d -m 750 -o ceyuan -g ceyuan "$data" "$data/data"
install -d -m 750 -o root -g ceyuan "$settings"

# Programs that run keep the file that they began with.
for program in "${programs[@]}"; do
    install -m 755 "$built/$program" "$home/bin/$program.new"
    mv "$home/bin/$program.new" "$home/bin/$program"
done
# Programs look for Swift's runtime beside themselves when it is not where it was at the build.
runtime=$(ldd "${programs[@]/#/$built/}" | sed -n 's|.* => \(/.*/lib/swift/linux/[^ ]*\).*|\1|p' | sort -u)
for library in $runtime; do
    install -m 644 "$library" "$home/bin/${library##*/}.new"
    mv "$home/bin/${library##*/}.new" "$home/bin/${library##*/}"
done
rm -rf "$home/Tools/document-bridge"
cp -r Tools/document-bridge "$home/Tools/document-bridge"
chmod -R u=rwX,go=rX "$home/Tools"
if [[ -x $home/.ceyuan/document-bridge/bin/python3 ]] &&
    cmp -s Tools/document-bridge/requirements.txt "$home/.ceyuan/document-bridge/requirements.txt"; then
    :
elif python3 -m venv --clear "$home/.ceyuan/document-bridge" &&
    "$home/.ceyuan/document-bridge/bin/pip" install --quiet --disable-pip-version-check --no-input \
        -r Tools/document-bridge/requirements.txt; then
    cp Tools/document-bridge/requirements.txt "$home/.ceyuan/document-bridge/"
else
    rm -rf "$home/.ceyuan/document-bridge"
    say "the document bridge could not be installed (see above): reports will say that charts are missing"
fi
ln -sf "$home/bin/ceyuan" /usr/local/bin/ceyuan
install -m 644 deploy/systemd/ceyuan@.service /etc/systemd/system/ceyuan@.service
# Where systemd does not run, as in the making of an image, there is nothing to tell.
[[ ! -d /run/systemd/system ]] || systemctl daemon-reload

install_new deploy/systemd/ceyuan.yaml "$settings/ceyuan.yaml" 640 root
chgrp ceyuan "$settings/ceyuan.yaml"
for service in platform registry ingest report; do
    install_new "deploy/systemd/$service.env" "$settings/$service.env" 640 root
done
# made_key FILE COMMAND…: makes a key that is absent, for the services alone to read.
made_key() {
    [[ -e $1 ]] && return
    "${@:2}" "$1"
    chown ceyuan:ceyuan "$1"
}
made_key "$settings/audit.key" "$home/bin/ceyuan" audit key --output
made_key "$settings/personal.keys" "$home/bin/ceyuan" keys new --output
say "installed; docs/operations.md says how to go on (“Installing”)"
