#!/bin/sh
# Apache Jena TDB2 (for Fuseki): sh jena.sh FOLDER   (Fuseki is stopped meanwhile)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tdb2.tdbloader --loader=phased --loc "$1" "$here"/part-*.n*[qz]
