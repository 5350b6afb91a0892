// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace fundtrail::tests {

/// The path of a program of this build.
[[nodiscard]] std::string programAt(std::string_view name);

/// A program that runs beside the test. It is killed when this goes.
class Process {
 public:
  /// Starts a command, its program named by its path, with no environment but `environment`.
  Process(std::vector<std::string> command, std::map<std::string, std::string> const& environment);
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;
  ~Process();

  /// The next line of its standard output, without the newline; empty where it ended.
  std::string readLine();

  [[nodiscard]] pid_t id() const { return child_; }

  /// Sends it a signal that does not end it.
  void signal(int number) const;
  /// SIGKILL, and its end.
  void kill();
  /// SIGTERM, and what it exits with; -1 if a signal ended it.
  int terminate();

 private:
  int end(int signal);

  pid_t child_ = -1;
  int out_ = -1;
};

}  // namespace fundtrail::tests
