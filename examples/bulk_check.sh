#!/bin/sh
# Check a staff list through the API of organisations, with curl alone.
#
#   GAUGE_URL=https://gauge.example.org GAUGE_API_KEY=cgk_… ./bulk_check.sh staff.csv > results.csv
#
# The key goes to curl in a file of its own, since arguments are seen by everybody on the machine.
set -eu
umask 077

[ $# -eq 1 ] || { echo "usage: GAUGE_URL=… GAUGE_API_KEY=cgk_… $0 staff.csv > results.csv" >&2; exit 2; }
file=$1
url=${GAUGE_URL:-http://127.0.0.1:8000}/api/v1/bulk/jobs
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

# --retry waits as Retry-After says at 429 and 503
ask() { curl --config "$work/key" --silent --show-error --retry 8 "$@"; }
# the text of one member of a JSON object
member() { sed -n "s/.*\"$1\": *\"\\([^\"]*\\)\".*/\\1/p" "$2"; }

status=$(ask --output "$work/job" --write-out '%{http_code}' \
  --header "Content-Type: $type" \
  --header "Idempotency-Key: $(cksum < "$file" | tr ' ' -)-$(date +%Y-%m-%d)" \
  --upload-file "$file" --request POST "$url")
[ "$status" = 202 ] || { echo "$status: $(member detail "$work/job")" >&2; exit 1; }
id=$(member id "$work/job")

while :; do
  ask --fail --output "$work/job" "$url/$id"
  status=$(member status "$work/job")
  echo "$status" >&2
  case $status in
    done) break ;;
    failed | cancelled) echo "$(member detail "$work/job")" >&2; exit 1 ;;
  esac
  sleep 2
done

ask --fail --header 'Accept: text/csv' "$url/$id/results"
