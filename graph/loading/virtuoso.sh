#!/bin/sh
# Virtuoso: sh virtuoso.sh HOST:PORT [ISQL]   as POLICYGRAPH_USER with POLICYGRAPH_PASSWORD
# Broken off, the same command goes on: what is loaded whole is not loaded again.
# The folder must be among DirsAllowed in virtuoso.ini, by the path the server sees.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
named=$(printf %s "$here" | sed "s/'/''/g")
ours="left(ll_file, length('$named/')) = '$named/'"
said=$("${2:-isql-vt}" "$1" "$POLICYGRAPH_USER" "$POLICYGRAPH_PASSWORD" ERRORS=STDOUT BANNER=OFF VERBOSE=OFF PROMPT=OFF <<SQL
delete from DB.DBA.LOAD_LIST where $ours and (ll_state <> 2 or ll_error is not null);
ld_dir('$named', '*.nq', 'urn:policygraph:unnamed');
ld_dir('$named', '*.nq.gz', 'urn:policygraph:unnamed');
rdf_loader_run();
checkpoint;
select concat('failed: ', ll_file, ': ', left(ll_error, 200)) from DB.DBA.LOAD_LIST where $ours and ll_error is not null;
select concat('loaded ', cast(sum(case when ll_state = 2 and ll_error is null then 1 else 0 end) as varchar), ' of ', cast(count(*) as varchar), ' parts') from DB.DBA.LOAD_LIST where $ours;
SQL
) || { printf '%s\n' "$said" >&2; exit 1; }
case $said in
  *'*** Error'* | *failed:*) whole= ;;
  *) whole=$(printf '%s\n' "$said" | grep -x 'loaded \([1-9][0-9]*\) of \1 parts *') || whole= ;;
esac
if [ -z "$whole" ]; then
  printf '%s\n' "$said" 'virtuoso.sh: not every part is loaded whole; mend what is told above, or wait for other loaders, and give the command again' >&2
  exit 1
fi
printf '%s\n' "$whole"
