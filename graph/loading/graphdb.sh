#!/bin/sh
# GraphDB 10 and newer: sh graphdb.sh REPOSITORY   (GraphDB is stopped; the repository exists)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
importrdf preload -f -i "$1" "$here"/part-*.n*[qz]
