#!/bin/sh
# Oxigraph: sh oxigraph.sh FOLDER   (the server is stopped; it serves FOLDER afterwards)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for part in "$here"/part-*.n*[qz]; do
  case $part in
    *.gz) gunzip -c "$part" | oxigraph load --location "$1" --format nq ;;
    *) oxigraph load --location "$1" --file "$part" ;;
  esac
done
oxigraph optimize --location "$1"
