// SPDX-License-Identifier: Apache-2.0
// Private to the program: keeps the file of --resume while a replay runs.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "crypto/result.h"
#include "replay/resume.h"

namespace fundtrail::replay {

/// One thread.
class ResumeKeeper {
 public:
  /// Reads the file, if there is one. Errors: those of readResume(); unsupported where this program was linked without
  /// a build identifier.
  [[nodiscard]] static crypto::Result<ResumeKeeper> open(std::filesystem::path file);

  /// What earlier runs came to.
  [[nodiscard]] std::optional<Resume> const& before() const { return before_; }

  /// How far this run has come. It is written now and then, so that a run that is killed is not lost; what keeps it
  /// from being written, keep() says.
  void reached(VerifiedBeginning const& beginning);

  /// Writes how far it came. Error: as for writing the file.
  [[nodiscard]] crypto::Result<void> keep();

 private:
  using Clock = std::chrono::steady_clock;

  ResumeKeeper(std::filesystem::path file, std::string program, std::optional<Resume> before)
      : file_(std::move(file)), program_(std::move(program)), before_(std::move(before)) {}

  std::filesystem::path file_;
  std::string program_;
  std::optional<Resume> before_;
  std::optional<VerifiedBeginning> reached_;
  Clock::time_point written_ = Clock::now();
};

}  // namespace fundtrail::replay
