#!/bin/sh
# GraphDB: sh graphdb.sh REPOSITORY   (GraphDB is stopped meanwhile; the repository exists)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
importrdf preload --force --id "$1" "$here"/part-*.nq*
