#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# For each rule of ledger/domain/rules.cc: plays every row of tests/scenarios with that one rule switched off, and demands that
# a row which names the rule is then admitted. Prints the first such row. Exit code 0 only if the loss of every rule is noticed;
# of those that stand behind another (stands_behind.h), only if the other refuses their rows.
# Builds in build/mutants, without sanitizers; edits no source (scenario_mutant.cc says how).
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.."

build=build/mutants
report=$build/scenarios.log

scenarios() { # PROGRAM ARGUMENT…: every row of every table of refusals
  "$@" --gtest_filter='*.EachUnlawfulStepIsRefusedByItsRuleAndLeavesNoTrace/*' --gtest_brief=1 >"$report" 2>&1
}

# The first row that names RULE and whose failure says TEXT, as file:line; nothing if there is none.
row_of() { # RULE TEXT
  local row
  awk -v text="$2" '
    / Failure$/ { said = 0 }
    index($0, text) { said = 1 }
    said && match($0, / [A-Za-z0-9_-]+\.md:[0-9]+: /) { print substr($0, RSTART + 1, RLENGTH - 3); said = 0 }' "$report" |
    while IFS=: read -r file line; do
      if sed -n "${line}p" "tests/scenarios/$file" | grep -qF "| $1 |"; then echo "tests/scenarios/$file:$line" && break; fi
    done
}

without() { # RULE [OTHER, behind which it stands]: prints the row that noticed its loss; fails if none did
  local row other=${2-}
  # In a shell of its own, which reports on the report and not on the terminal that the program was stopped.
  if (scenarios "$build/bin/scenario_mutant" "$1") 2>/dev/null; then echo "UNNOTICED: every row is refused as before" && return 1; fi
  row=$(row_of "$1" "is admitted")
  if [[ -n $other ]]; then
    [[ -z $row ]] || { echo "$row, so it no longer stands behind $other: take it out of stands_behind.h" && return 1; }
    row=$(row_of "$1" "\"$other\"")
    [[ -n $row ]] || { echo "UNNOTICED: $other does not refuse its rows" && return 1; }
    echo "$row stands behind $other, which refuses it too"
    return
  fi
  [[ -n $row ]] || { echo "UNNOTICED: no row that names it is admitted" && return 1; }
  echo "$row"
}

cmake --preset dev -B "$build" --log-level=WARNING -DFUNDTRAIL_SANITIZE= >/dev/null
cmake --build "$build" --target scenario_test scenario_mutant
scenarios "$build/bin/scenario_test" || { cat "$report" && echo "mutants.sh: make scenario_test pass first" >&2 && exit 1; }
mapfile -t rules < <("$build/bin/scenario_mutant")
((${#rules[@]})) || { echo "mutants.sh: scenario_mutant names no rule" >&2 && exit 1; }

unnoticed=0
for row in "${rules[@]}"; do
  read -r rule other <<<"$row"
  start=$(date +%s%N)
  noticed=$(without "$rule" ${other:+"$other"}) || unnoticed=$((unnoticed + 1))
  printf '%-4s %5d ms  %s\n' "$rule" $((($(date +%s%N) - start) / 1000000)) "$noticed"
done
printf '%d rules, %d unnoticed\n' "${#rules[@]}" "$unnoticed"
exit $((unnoticed > 0))
