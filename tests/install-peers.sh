#!/bin/sh
# Installs what the interoperability tests talk to: xmllint, python-zeep, PHP's soap extension, Metro (when a JDK is
# there), gSOAP (when a C compiler is there), and node-soap (when npm is there).
# May be run again and again, and without a network: it says what it could not install, and the tests that need it
# say "skipped". What is not Debian's goes below target/peers.
set -u
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
peers=$root/target/peers
missing=""

say() { printf '%s\n' "$*"; }
lacks() { missing="$missing $1"; say "could not install $1: $2"; }

mkdir -p "$peers" || exit 0

if command -v xmllint >/dev/null 2>&1; then
    say "xmllint: $(command -v xmllint)"
elif command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # A stale package list is the usual reason for a first failure.
    apt-get install -y -qq libxml2-utils >/dev/null 2>&1 ||
        { apt-get update -qq >/dev/null 2>&1; apt-get install -y -qq libxml2-utils >/dev/null 2>&1; } ||
        lacks xmllint "apt-get install libxml2-utils failed"
else
    lacks xmllint "install libxml2-utils by hand (needs root and apt-get)"
fi

if command -v php >/dev/null 2>&1 && php -m | grep -qx soap; then
    say "php: $(command -v php)"
elif command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get install -y -qq php-cli php-soap >/dev/null 2>&1 ||
        { apt-get update -qq >/dev/null 2>&1; apt-get install -y -qq php-cli php-soap >/dev/null 2>&1; } ||
        lacks php "apt-get install php-cli php-soap failed (optional)"
else
    lacks php "install php-cli and php-soap by hand (optional; needs root and apt-get)"
fi

if [ -e /usr/share/java/jaxws-rt.jar ]; then
    say "metro: /usr/share/java/jaxws-rt.jar"
elif ! command -v javac >/dev/null 2>&1; then
    lacks metro "there is no JDK (optional)"
elif command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get install -y -qq --no-install-recommends libjaxws-java >/dev/null 2>&1 ||
        { apt-get update -qq >/dev/null 2>&1; apt-get install -y -qq --no-install-recommends libjaxws-java >/dev/null 2>&1; } ||
        lacks metro "apt-get install libjaxws-java failed (optional)"
else
    lacks metro "install libjaxws-java by hand (optional; needs root and apt-get)"
fi

if [ -e /usr/include/stdsoap2.h ] && command -v soapcpp2 >/dev/null 2>&1; then
    say "gsoap: $(command -v soapcpp2)"
elif ! command -v cc >/dev/null 2>&1; then
    lacks gsoap "there is no C compiler (optional)"
elif command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get install -y -qq --no-install-recommends gsoap libgsoap-dev >/dev/null 2>&1 ||
        { apt-get update -qq >/dev/null 2>&1; apt-get install -y -qq --no-install-recommends gsoap libgsoap-dev >/dev/null 2>&1; } ||
        lacks gsoap "apt-get install gsoap libgsoap-dev failed (optional)"
else
    lacks gsoap "install gsoap and libgsoap-dev by hand (optional; needs root and apt-get)"
fi

python=""
for candidate in python3 python; do
    if command -v "$candidate" >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    lacks zeep "there is no python"
elif [ ! -x "$peers/bin/python" ] && ! "$python" -m venv "$peers" >/dev/null 2>&1; then
    lacks zeep "python -m venv failed"
elif "$peers/bin/python" -c 'import zeep, lxml' 2>/dev/null; then
    say "zeep: $("$peers/bin/python" -c 'import zeep; print(zeep.__version__)')"
elif ! "$peers/bin/python" -m pip install --quiet --retries 1 --timeout 15 --disable-pip-version-check 'zeep>=4.3,<5' lxml; then
    lacks zeep "pip could not reach its index or failed to build"
fi

if [ -d "$peers/node_modules/soap" ]; then
    say "node-soap: $peers/node_modules/soap"
elif ! command -v npm >/dev/null 2>&1; then
    lacks node-soap "there is no npm (optional)"
elif ! npm install --prefix "$peers" --fetch-retries 0 --fetch-timeout 15000 --no-audit --no-fund --silent soap@1 >/dev/null 2>&1; then
    lacks node-soap "npm install failed (optional)"
fi

if [ -n "$missing" ]; then
    say "missing:$missing (tests that need them are skipped)"
else
    say "all peers are there"
fi
exit 0
