#!/bin/sh
# Check a staff list through the API of organisations, with curl alone.
#
#   GAUGE_URL=https://gauge.example.org GAUGE_API_KEY=cgk_… ./bulk_check.sh staff.csv > results.csv
#
# The key goes to curl in a file of its own, since arguments are seen by everybody on the machine.
# Run again with the same file on the same day, it finds the same job; where that one failed, was
# cancelled or its results are destroyed, it says so and sends the list again. --again sends it
# again in any case, to be checked with the data of now.
set -eu
umask 077

usage() {
  echo "usage: GAUGE_URL=… GAUGE_API_KEY=cgk_… $0 [--again] staff.csv > results.csv" >&2
  exit 2
}
again=
if [ "${1:-}" = --again ]; then
  again=-$(date +%s)
  shift
fi
[ $# -eq 1 ] || usage
file=$1
base=${GAUGE_URL:-http://127.0.0.1:8000}
url=$base/api/v1/bulk/jobs
: "${GAUGE_API_KEY:?is not set}"
case $file in
  *.csv) type=text/csv ;;
  *.jsonl) type=application/jsonl ;;
  *.xlsx) type=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ;;
  *) echo "the list is neither .csv, .xlsx nor .jsonl" >&2; exit 2 ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
printf 'header = "Authorization: Bearer %s"\n' "$GAUGE_API_KEY" > "$work/key"

curl --silent --output "$work/health" --connect-timeout 5 --max-time 30 "$base/healthz" || {
  echo "$base does not answer: is GAUGE_URL right, and does the service run?" >&2
  exit 1
}
# --retry waits as Retry-After says at 429 and 503, ten minutes at most; prints the status
ask() {
  curl --config "$work/key" --silent --show-error --connect-timeout 5 \
    --retry 8 --retry-max-time 600 \
    --write-out '%{http_code}' "$@"
}
# the text of one member of a JSON object
member() { sed -n "s/.*\"$1\": *\"\\([^\"]*\\)\".*/\\1/p" "$2"; }
# end with what the problem details in a file say
refuse() {
  echo "$1: $(member detail "$2")" >&2
  exit 1
}
# wait until the job of $id has ended; leaves its $status
wait_for_end() {
  while :; do
    code=$(ask --output "$work/job" "$url/$id")
    [ "$code" = 200 ] || refuse "$code" "$work/job"
    status=$(member status "$work/job")
    echo "$status" >&2
    case $status in done | failed | cancelled) return ;; esac
    sleep 2
  done
}

list=$(cksum < "$file" | tr ' ' -)-$(date +%Y-%m-%d)$again
key=$list
while :; do
  code=$(ask --output "$work/job" --header "Content-Type: $type" \
    --header "Idempotency-Key: $key" --upload-file "$file" --request POST "$url")
  [ "$code" = 202 ] || refuse "$code" "$work/job"
  id=$(member id "$work/job")
  found=$(member status "$work/job")
  echo "job $id" >&2
  wait_for_end
  why="$status: $(member detail "$work/job")"
  if [ "$status" = done ]; then
    remarks=$(sed -n 's/.*"remarks": *\[\([^]]*\)\].*/\1/p' "$work/job" | tr -d '"' | sed 's/, */, /g')
    [ -z "$remarks" ] || echo "noticed in the list: $remarks" >&2
    # to a file first, so that no part of a list is taken for the whole of it
    code=$(ask --output "$work/results" --header 'Accept: text/csv' "$url/$id/results")
    [ "$code" != 200 ] || break
    [ "$code" = 410 ] || refuse "$code" "$work/results"
    why="$code: $(member detail "$work/results")"
  fi
  # a job that was sent in just now ends here; an earlier one that brought nothing is replaced
  case $found in queued | running) echo "$why" >&2; exit 1 ;; esac
  echo "an earlier job of this list ($id) brings no results, $why Sending the list again." >&2
  key=$list-after-$id
done
cat "$work/results"
