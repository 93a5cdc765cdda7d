#!/bin/sh
# Virtuoso: sh virtuoso.sh HOST:PORT USER PASSWORD [ISQL]
# The folder must be among DirsAllowed in virtuoso.ini, by the path the server sees.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"${4:-isql-vt}" "$1" "$2" "$3" ERRORS=STDOUT BANNER=OFF VERBOSE=OFF <<SQL
ld_dir('$here', '*.nq', 'urn:policygraph:unnamed');
ld_dir('$here', '*.nq.gz', 'urn:policygraph:unnamed');
rdf_loader_run();
checkpoint;
select count(*) from DB.DBA.LOAD_LIST where ll_error is not null;
SQL
