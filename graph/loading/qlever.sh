#!/bin/sh
# QLever: sh qlever.sh NAME   writes a Qleverfile beside the parts, builds the index with the
# qlever command (pip install qlever) and starts the server.
set -eu
cd "$(dirname "$0")"
cat >Qleverfile <<CONFIG
[data]
NAME = $1
[index]
INPUT_FILES = part-*.nq*
CAT_INPUT_FILES = gzip -cdf \${INPUT_FILES}
FORMAT = nq
[server]
PORT = 7019
ACCESS_TOKEN = \${data:NAME}_token
[runtime]
SYSTEM = docker
CONFIG
qlever index
qlever start
