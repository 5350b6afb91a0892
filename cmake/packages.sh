# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What run and test share: the Debian packages that the project builds with, their installation, and the lock on build/.

build_packages=(
  build-essential cmake ninja-build ccache mold pkg-config
  capnproto libcapnp-dev libssl-dev libboost1.81-dev libfmt-dev libcli11-dev liblz4-dev libxxhash-dev libqrencode-dev libcurl4-openssl-dev
  librocksdb-dev libgflags-dev libsnappy-dev zlib1g-dev libbz2-dev libzstd-dev # what RocksDB's CMake package asks for
  libpugixml-dev libxlsxwriter-dev libtomlplusplus-dev libspdlog-dev prometheus-cpp-dev
  libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev
)
# Programs that only tests run: they read what the audit exports.
test_packages=(hledger ledger python3-jsonschema groff-base)
lint_packages=(clang-format clang-tidy)

fail() { # MESSAGE: one line on stderr, and the end
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# require_packages PACKAGE…: installs those that are missing; on a system without apt, names them all and stops.
require_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    fail "this system has no apt-get; install what these Debian 12 packages hold, then run cmake --preset release: $*"
  fi
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "as root, run: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  "${apt[@]}" update || fail "apt-get update failed; see its message above"
  "${apt[@]}" install --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install them; the names are those of Debian 12"
}

# lock_build: one run or test at a time in this checkout; the lock ends with the process.
lock_build() {
  mkdir -p build
  exec {build_lock}>build/.lock
  flock --nonblock "$build_lock" || fail "another ./run or ./test is at work in build/; wait until it ends"
}
