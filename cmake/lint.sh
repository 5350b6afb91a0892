#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lint.sh format          every source is laid out as .clang-format says
# lint.sh tidy            clang-tidy over every source, with the compile commands of build/dev, which must be built
# lint.sh tidy-changed    clang-tidy over the sources that differ from origin/main or, standing on it, from the commit before
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

sources() { find api crypto ledger replay tests -type f \( "$@" \) | sort; }

changed() { # the .cc files that changed, or whose header did
  local base
  base=$(git merge-base HEAD origin/main 2>/dev/null) || base=
  [[ -n $base && $base != $(git rev-parse HEAD) ]] || base=$(git rev-parse --verify --quiet HEAD~1) || return 0
  { git diff --name-only --diff-filter=d "$base" -- '*.cc' '*.h' && git ls-files --others --exclude-standard -- '*.cc' '*.h'; } |
    sed 's/\.h$/.cc/' | sort -u | while IFS= read -r file; do [[ ! -f $file ]] || echo "$file"; done
}

tidy() { xargs --no-run-if-empty --delimiter '\n' -n 1 -P "$(nproc)" clang-tidy -p build/dev --quiet; }

case ${1-} in
  format) sources -name '*.h' -o -name '*.cc' | xargs --delimiter '\n' clang-format --dry-run -Werror ;;
  tidy) sources -name '*.cc' | tidy ;;
  tidy-changed) changed | tidy ;;
  *) echo "usage: cmake/lint.sh format | tidy | tidy-changed" >&2 && exit 1 ;;
esac
