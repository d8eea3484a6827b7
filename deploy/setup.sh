#!/usr/bin/env bash
# Installs what the platform needs on Debian 12 and is not there yet; quick and silent when all is there.
#
#   deploy/setup.sh packages        Debian packages to build, test and run
#   deploy/setup.sh test            the same, the Python environments of the document bridge and of the check of the API
#   deploy/setup.sh bench           the packages, a load generator, and what the benchmarks compare with
#   deploy/setup.sh demo            packages, bridge, and a Chinese font for the charts of reports
#   deploy/setup.sh demo-packages   the packages of demo alone: what an administrator runs for others
#   deploy/setup.sh bench-packages  the packages of bench alone
#
# Swift 6.3 must be there already: https://www.swift.org/install/linux/
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
purpose=${1:-test}

say() { printf '%s\n' "$*" >&2; }
die() {
    say "setup: $*"
    exit 1
}

packages=(
    ca-certificates
    libcurl4-openssl-dev
    libpq-dev
    libzstd-dev
    make
    openssl
    pkg-config
    postgresql-15
    python3
    python3-venv
    zlib1g-dev
)
only_packages=packages
case $purpose in
packages | test) ;;
bench | bench-packages)
    packages+=(wrk)
    only_packages=bench-packages
    ;;
demo | demo-packages)
    packages+=(fonts-wqy-zenhei)
    only_packages=demo-packages
    ;;
*) die "unknown purpose \"$purpose\"; expected packages, test, bench, demo or demo-packages" ;;
esac

# Prints those of the packages that are not installed.
missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done
}

apt() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# Installs packages as root. Debian would make and start a cluster of its own with postgresql-15: the platform has a
# private one, so that is switched off for as long as the installation takes. What the machine has already is left as
# it is.
install_packages() {
    local switch=/etc/postgresql-common/createcluster.d/ceyuan-setup.conf
    mkdir -p "${switch%/*}"
    trap 'rm -f "'"$switch"'"' EXIT
    echo "create_main_cluster = false" >"$switch"
    # The lists of a fresh machine are empty; those of an old one may name packages that are gone.
    if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then apt update; fi
    apt install --no-install-recommends "$@" || {
        apt update
        apt install --no-install-recommends "$@"
    }
    rm -f "$switch"
    trap - EXIT
}

ensure_packages() {
    command -v dpkg-query >/dev/null || die "this is no Debian; install the counterparts of: ${packages[*]}"
    local missing
    mapfile -t missing < <(missing_packages)
    [[ ${#missing[@]} -eq 0 ]] && return
    if [[ $EUID -eq 0 ]]; then
        say "setup: installing ${missing[*]}"
        install_packages "${missing[@]}" || die "apt-get could not install ${missing[*]}; its words are above"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        say "setup: installing ${missing[*]} with sudo"
        sudo -n bash "$root/deploy/setup.sh" "$only_packages" || exit 1
    else
        say "setup: these Debian packages are missing, and you may not install them:"
        say "    ${missing[*]}"
        say "Ask an administrator to run, then try again:"
        say "    sudo bash $root/deploy/setup.sh $only_packages"
        exit 1
    fi
}

check_swift() {
    command -v swift >/dev/null || die "Swift is missing; install Swift 6.3 from https://www.swift.org/install/linux/"
    local version
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
    [[ $(printf '%s\n' 6.3 "${version:-0}" | sort -V | head -n 1) == 6.3 ]] ||
        die "Swift ${version:-of unknown version} is too old; 6.3 or later is needed"
}

# python_environment HOME REQUIREMENTS: a private Python environment, made anew only when its requirements have changed.
python_environment() {
    local home=$1 requirements=$2
    local python=/usr/bin/python3
    [[ -x $python ]] || python=python3
    local stamp
    stamp=$({
        "$python" --version
        cat "$requirements"
    } | sha256sum | cut -d ' ' -f 1)
    [[ -x $home/bin/python3 && $(cat "$home/requirements.sha256" 2>/dev/null) == "$stamp" ]] && return
    say "setup: making a Python environment in $home"
    mkdir -p "${home%/*}"
    "$python" -m venv --clear "$home" >&2 &&
        "$home/bin/pip" install --quiet --disable-pip-version-check --no-input --retries 1 -r "$requirements" >&2 &&
        echo "$stamp" >"$home/requirements.sha256" && return
    rm -rf "$home"
    return 1
}

ensure_document_bridge() {
    python_environment .ceyuan/document-bridge Tools/document-bridge/requirements.txt && return
    say "setup: the document bridge could not be installed (see above); reports will say that charts are missing."
    say "       Run this again when the Python package index can be reached."
}

ensure_api_check() {
    python_environment .ceyuan/api-check Tools/api-check/requirements.txt && return
    say "setup: schemathesis could not be installed (see above); the test that needs it will be skipped."
}

# Prometheus' checker of metrics, alone: its package would install a service as well. Tests do without it, and say so.
ensure_promtool() {
    local home=.ceyuan/promtool work
    [[ -x $home/promtool || -x /usr/bin/promtool ]] && return
    say "setup: fetching promtool into $home"
    mkdir -p "$home"
    work=$(mktemp -d)
    if (cd "$work" && apt-get -q download prometheus) >&2 2>&1 &&
        dpkg-deb --fsys-tarfile "$work"/prometheus_*.deb | tar -xO ./usr/bin/promtool >"$work/promtool"; then
        install -m 755 "$work/promtool" "$home/promtool"
    else
        say "setup: promtool could not be fetched; the test that needs it will be skipped"
    fi
    rm -rf "$work"
}

ensure_packages
[[ $purpose == "$only_packages" ]] && exit 0
check_swift
case $purpose in
bench) python_environment .ceyuan/bench/python Tools/bench/requirements.txt ;;
*) ensure_document_bridge ;;&
test)
    ensure_promtool
    ensure_api_check
    ;;
esac
