#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# lint.sh format: every source is laid out as .clang-format says.
# lint.sh tidy [FILE…]: clang-tidy over the sources (all, or those named), with the compile commands of build/dev, which must be built.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

sources() { find api crypto ledger replay tests \( "$@" \) -type f -print0 | sort -z; }

case ${1-} in
  format) sources -name '*.h' -o -name '*.cc' | xargs -0 clang-format --dry-run -Werror ;;
  tidy)
    shift
    if (($#)); then printf '%s\0' "$@"; else sources -name '*.cc'; fi |
      xargs -0 -n 1 -P "$(nproc)" clang-tidy -p build/dev --quiet
    ;;
  *) echo "usage: cmake/lint.sh format | tidy [FILE…]" >&2 && exit 1 ;;
esac
