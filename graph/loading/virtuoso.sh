#!/bin/sh
# Virtuoso: sh virtuoso.sh HOST:PORT [ISQL]   as POLICYGRAPH_USER with POLICYGRAPH_PASSWORD
# Broken off, the same command goes on: what is loaded whole is not loaded again.
# The folder must be among DirsAllowed in virtuoso.ini, by the path the server sees.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"${2:-isql-vt}" "$1" "$POLICYGRAPH_USER" "$POLICYGRAPH_PASSWORD" ERRORS=STDOUT BANNER=OFF VERBOSE=OFF <<SQL
ld_dir('$here', '*.nq', 'urn:policygraph:unnamed');
ld_dir('$here', '*.nq.gz', 'urn:policygraph:unnamed');
update DB.DBA.LOAD_LIST set ll_state = 0, ll_error = null where ll_file like '$here/%' and (ll_state = 1 or ll_error is not null);
rdf_loader_run();
checkpoint;
select count(*) from DB.DBA.LOAD_LIST where ll_error is not null;
SQL
