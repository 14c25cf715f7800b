#!/bin/sh
# Makes the virtual environment in $1 from the lock; installs from Debian what Python itself lacks there, and what the hub's tests and pictures need.
set -eu
venv=$1

need=""
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || need="python3"
python3 -c 'import ensurepip, venv' 2>/dev/null || need="$need python3-venv"
set -- /usr/lib/postgresql/*/bin/postgres
[ -x "$1" ] || need="$need postgresql"
command -v chromium >/dev/null || need="$need chromium"
set -- /usr/share/fonts/opentype/noto/NotoSansCJK*
[ -e "$1" ] || need="$need fonts-noto-cjk"
if [ -n "$need" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of package names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need
    else
        echo "缺少系统软件包，请先运行 / missing system packages, run first: sudo apt-get install -y $need" >&2
        exit 1
    fi
fi

[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
