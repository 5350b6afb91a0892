// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/result.h"

// How fundtraild is told what to do: one TOML file, and variables of the environment over it. What each setting means,
// its unit and its bounds say the table of settings (settings.cc) and the file that is made from it
// (docs/fundtraild.toml); here stand the defaults.

namespace fundtrail::api::config {

struct Config {
  struct Server {
    std::string listen = "127.0.0.1:8443";
    std::string publicUrl;
    std::uint64_t threads = 4;
    std::uint64_t workers = 2;
    std::uint64_t connections = 1024;
    std::uint64_t connectionsPerAddress = 256;
    std::uint64_t headerBytes = 16 * 1024;
    std::uint64_t bodyBytes = 16 * 1024 * 1024;
    std::uint64_t bodiesBytes = 256 * 1024 * 1024;
    std::uint64_t streams = 500;
    std::uint64_t streamBytes = 256 * 1024;
    std::uint64_t leastBytesPerSecond = 4096;
    std::uint64_t patienceSeconds = 10;
    std::uint64_t idleSeconds = 60;
    std::uint64_t heartbeatSeconds = 15;
    std::uint64_t graceSeconds = 20;
    friend bool operator==(Server const&, Server const&) = default;
  };
  struct Tls {
    bool enabled = true;
    std::filesystem::path certificate;
    std::filesystem::path key;
    std::vector<std::string> names{"localhost", "127.0.0.1"};
    std::filesystem::path clientAuthorities;
    bool clientsMustShow = false;
    friend bool operator==(Tls const&, Tls const&) = default;
  };
  struct Access {
    std::uint64_t sessionSeconds = 3600;
    std::uint64_t requestsPerAddress = 200;
    std::uint64_t requestsPerPerson = 100;
    friend bool operator==(Access const&, Access const&) = default;
  };
  struct Ledger {
    std::filesystem::path directory;
    std::filesystem::path logPasswordFile;
    std::uint64_t checkThreads = 2;
    std::uint64_t queueBatches = 1024;
    friend bool operator==(Ledger const&, Ledger const&) = default;
  };
  struct Witnesses {
    std::filesystem::path policy;
    std::uint64_t everySeconds = 60;
    friend bool operator==(Witnesses const&, Witnesses const&) = default;
  };
  struct Log {
    std::string format = "text";
    std::string level = "info";
    friend bool operator==(Log const&, Log const&) = default;
  };
  struct Metrics {
    std::string access = "loopback";
    friend bool operator==(Metrics const&, Metrics const&) = default;
  };

  Server server{};
  Tls tls{};
  Access access{};
  Ledger ledger{};
  Witnesses witnesses{};
  Log log{};
  Metrics metrics{};
  friend bool operator==(Config const&, Config const&) = default;
};

/// Names and values, as the environment has them.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// The process's own.
[[nodiscard]] Environment processEnvironment();

/// The defaults, changed by a file's text. `file` is its name: errors say it with the line, and paths in it are of the
/// file's own folder. Error: badInput for what is no TOML, a key that there is not (with the one that was meant), a
/// value of another type or out of its bounds.
[[nodiscard]] crypto::Result<Config> parse(std::string_view text, std::filesystem::path const& file);

/// Changes what variables FUNDTRAIL_SECTION_KEY say. A list has commas between its items; paths are of the current
/// folder. Error: badInput as for a file, and for a variable that begins with a section's name and is no setting's.
[[nodiscard]] crypto::Result<void> applyEnvironment(Config& config, Environment const& environment);

/// What no single setting shows. Error: badInput that names the settings.
[[nodiscard]] crypto::Result<void> check(Config const& config);

enum class Comments : std::uint8_t {
  none,
  both,  // in Chinese and English, with unit and bounds
};

/// The configuration as a TOML file that parse() reads to the same.
[[nodiscard]] std::string format(Config const& config, Comments comments);

}  // namespace fundtrail::api::config
