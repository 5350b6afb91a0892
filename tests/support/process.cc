// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "crypto/ensure.h"

namespace fundtrail::tests {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

std::string programAt(std::string_view name) {
  std::string path(FUNDTRAIL_BIN_DIR "/");
  return path.append(name);
}

Process::Process(std::vector<std::string> command, std::map<std::string, std::string> const& environment) {
  std::vector<std::string> variables;
  for (auto const& [name, value] : environment) variables.push_back(name + "=" + value);
  auto const argv = pointers(command);
  auto const envp = pointers(variables);
  std::array<int, 2> pipe{};
  crypto::ensure(::pipe2(pipe.data(), O_CLOEXEC) == 0, "a pipe can be made");
  child_ = ::fork();
  crypto::ensure(child_ >= 0, "a process can be started");
  if (child_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves none behind
    ::dup2(pipe[1], STDOUT_FILENO);
    ::execve(argv.front(), argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(pipe[1]);
  out_ = pipe[0];
}

Process::Process(Process&& other) noexcept
    : child_(std::exchange(other.child_, -1)), out_(std::exchange(other.out_, -1)) {}

Process& Process::operator=(Process&& other) noexcept {
  std::swap(child_, other.child_);
  std::swap(out_, other.out_);
  return *this;
}

Process::~Process() {
  kill();
  if (out_ >= 0) ::close(out_);
}

std::string Process::readLine() {
  std::string line;
  char byte = 0;
  while (::read(out_, &byte, 1) == 1 && byte != '\n') line += byte;
  return line;
}

void Process::signal(int number) const {
  ::kill(child_, number);
}

void Process::kill() {
  end(SIGKILL);
}

int Process::terminate() {
  return end(SIGTERM);
}

int Process::end(int signal) {
  if (child_ < 0) return -1;
  ::kill(child_, signal);
  int status = 0;
  crypto::ensure(::waitpid(child_, &status, 0) == child_, "the program ends");
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace fundtrail::tests
