#!/bin/sh
# QLever: sh qlever.sh NAME   writes the index NAME.* into the current folder
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cat_parts() { for part in "$here"/part-*.nq*; do case $part in *.gz) gunzip -c "$part" ;; *) cat "$part" ;; esac; done; }
cat_parts | qlever-index -i "$1" -F nq -f - 
