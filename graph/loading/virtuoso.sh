#!/bin/sh
# Virtuoso: sh virtuoso.sh HOST:PORT [ISQL]   as POLICYGRAPH_USER with POLICYGRAPH_PASSWORD
# The folder must be among DirsAllowed in virtuoso.ini, by the path the server sees.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"${2:-isql-vt}" "$1" "$POLICYGRAPH_USER" "$POLICYGRAPH_PASSWORD" ERRORS=STDOUT BANNER=OFF VERBOSE=OFF <<SQL
ld_dir('$here', '*.nq', 'urn:policygraph:unnamed');
ld_dir('$here', '*.nq.gz', 'urn:policygraph:unnamed');
rdf_loader_run();
checkpoint;
select count(*) from DB.DBA.LOAD_LIST where ll_error is not null;
SQL
