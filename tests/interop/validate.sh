#!/bin/sh
# validate.sh SCHEMA.xsd DOCUMENT.xml …: xmllint --schema without a network; its messages on stderr, its exit status.
set -eu
if [ $# -lt 2 ]; then
    echo "usage: validate.sh SCHEMA.xsd DOCUMENT.xml ..." >&2
    exit 64
fi
schema=$1
shift
exec xmllint --nonet --noout --schema "$schema" -- "$@"
