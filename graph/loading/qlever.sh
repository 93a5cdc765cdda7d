#!/bin/sh
# QLever: sh qlever.sh NAME   writes a Qleverfile beside the parts, builds the index with the
# qlever command (pip install qlever) and starts the server.
set -eu
cd "$(dirname "$0")"
cat >Qleverfile <<CONFIG
[data]
NAME = $1
DESCRIPTION = Government work reports by policygraph
FORMAT = nq
[index]
INPUT_FILES = part-*.n*[qz]
CAT_INPUT_FILES = find . -name 'part-*.n*[qz]' | sort | xargs gzip -cdf
PARALLEL_PARSING = true
ULIMIT = 65535
STXXL_MEMORY = 10G
[server]
PORT = 7019
ACCESS_TOKEN = \${data:NAME}_token
[runtime]
SYSTEM = docker
CONFIG
qlever index
qlever start
