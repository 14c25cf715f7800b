#!/bin/sh
# Makes the virtual environment in $1 from the lock; installs from Debian what Python itself lacks there, and what tests and pictures need: not for `hub` in $2.
set -eu
venv=$1 whole=${2:-whole}

need=""
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || need="python3"
python3 -c 'import ensurepip, venv' 2>/dev/null || need="$need python3-venv"
if [ "$whole" != hub ]; then
    set -- /usr/lib/postgresql/*/bin/postgres
    [ -x "$1" ] || need="$need postgresql"
    command -v chromium >/dev/null || need="$need chromium"
    set -- /usr/share/fonts/opentype/noto/NotoSansCJK*
    [ -e "$1" ] || need="$need fonts-noto-cjk"
    # Playwright, which drives Chromium, brings a Node of its own that a bare Debian cannot load without this.
    set -- /usr/lib/*/libatomic.so.1
    [ -e "$1" ] || need="$need libatomic1"
fi
need=${need# }
if [ -n "$need" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "安装系统软件包 / installing from Debian: $need"
        apt-get update -qq
        # shellcheck disable=SC2086  # a list of package names
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need >/dev/null
    else
        echo "缺少系统软件包，请先以 root 运行 / missing system packages, run first as root: apt-get update && apt-get install -y --no-install-recommends $need" >&2
        exit 1
    fi
fi

"$venv/bin/python" -m pip --version >/dev/null 2>&1 || python3 -m venv "$venv" # also where an earlier try was cut off
"$venv/bin/python" -m pip install --quiet --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation -e .
