#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Simulates 4,000 enterprises from each of the seeds 1 to 20 (or as many as the second argument says), proves each ledger
# from its log, and prints the verdict of each. Ends with 1 where one is not proven. Usage, from the root:
#   tests/replay/clean_seeds.sh build/ci/bin [SEEDS [ENTERPRISES]]
set -eu
bin=$1
seeds=${2:-20}
enterprises=${3:-4000}
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
bad=0
seed=1
while [ "$seed" -le "$seeds" ]; do
  FUNDTRAIL_PASSWORD=simulated "$bin/fundtrail" simulate --seed "$seed" --enterprises "$enterprises" \
    --ledger "$directory/$seed" >/dev/null
  # Whatever is found ends the replay with another code than 0; the report says it in words.
  "$bin/fundtrail-replay" verify --log "$directory/$seed" --format json >"$directory/report.json" || true
  verdict=$(grep -o '"verdict":"[a-z]*"' "$directory/report.json" | head -n 1)
  events=$(grep -o '"events":[0-9]*' "$directory/report.json" | head -n 1)
  echo "seed $seed $verdict $events"
  [ "$verdict" = '"verdict":"proven"' ] || bad=1
  rm -rf "${directory:?}/$seed"
  seed=$((seed + 1))
done
exit $bad
