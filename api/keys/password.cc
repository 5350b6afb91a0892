// SPDX-License-Identifier: Apache-2.0
#include "api/keys/password.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "ledger/files/files.h"
#include "ledger/schema/names.h"

namespace fundtrail::api::keys {

namespace files = ledger::files;
using ledger::commandline::Text;
using ledger::schema::Language;

namespace {

using crypto::ErrorKind;

constexpr std::size_t kMostPasswordFile = 4096;
constexpr char const* kVariable = "FUNDTRAIL_PASSWORD";
constexpr Text kEmpty{"口令不能为空：请给出口令", "the password is empty: give one"};

/// The controlling terminal, echoing nothing as long as this lives.
class SilentTerminal {
 public:
  SilentTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
    auto silent = before_;
    // Byte by byte and without signals, so that an interrupted prompt still restores the echo.
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
    silent.c_cc[VMIN] = 1;
    silent.c_cc[VTIME] = 0;
    ready_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
  }
  SilentTerminal(SilentTerminal const&) = delete;
  SilentTerminal& operator=(SilentTerminal const&) = delete;
  ~SilentTerminal() {
    if (ready_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  [[nodiscard]] bool ready() const { return ready_; }

  /// A line; nothing if the user gave up.
  std::optional<Secret> ask(std::string_view prompt) {
    constexpr char kInterrupt = '\x03';
    constexpr char kEndOfInput = '\x04';
    constexpr char kErase = '\x7f';
    constexpr char kBackspace = '\b';
    write(prompt);
    std::string line;
    line.reserve(kMostPasswordFile);  // so that growing leaves no copies behind
    char byte = 0;
    while (true) {
      auto const got = ::read(descriptor_, &byte, 1);
      if (got < 0 && errno == EINTR) continue;
      bool const stopped = got <= 0 || byte == kInterrupt || byte == kEndOfInput;
      if (stopped || byte == '\n' || byte == '\r') {
        write("\n");
        Secret secret(std::move(line));
        if (stopped) return std::nullopt;
        return secret;
      }
      if (byte == kErase || byte == kBackspace) {
        eraseCharacter(line);
      } else {
        line.push_back(byte);
      }
    }
  }

 private:
  static void eraseCharacter(std::string& line) {
    auto const continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
    while (!line.empty() && continues(line.back())) line.pop_back();
    if (!line.empty()) line.pop_back();
  }

  void write(std::string_view text) const {
    if (::write(descriptor_, text.data(), text.size()) < 0) return;  // the prompt is a courtesy
  }

  int descriptor_;
  termios before_{};
  bool ready_ = false;
};

crypto::Error noTerminal(Session const& session) {
  return session.error(ErrorKind::badInput,
                       {"没有终端可输入口令：请设置 FUNDTRAIL_PASSWORD 或使用 --password-file",
                        "no terminal to ask for the password: set FUNDTRAIL_PASSWORD or give --password-file"});
}

crypto::Error givenUp(Session const& session) {
  return session.error(ErrorKind::badInput,
                       {"已取消输入口令：请重新运行", "no password was entered: run the command again"});
}

crypto::Result<Secret> nonEmpty(Session const& session, Secret secret) {
  if (secret.view().empty()) return session.error(ErrorKind::badInput, kEmpty);
  return secret;
}

std::string prompt(Session const& session, std::string_view of) {
  bool const endsInLatin = !of.empty() && static_cast<unsigned char>(of.back()) < 0x80;
  return session.text({"{}{}的口令：", "Password of {}{}: "}, of,
                      session.language == Language::zh && endsInLatin ? " " : "");
}

}  // namespace

void Secret::wipe() {
  ::explicit_bzero(text_.data(), text_.size());
}

crypto::Result<std::optional<Secret>> givenPassword(Session const& session, PasswordSource const& source) {
  if (source.file) {
    auto contents = files::readFile(*source.file, kMostPasswordFile);
    if (!contents) return contents.error();
    Secret const whole(*std::move(contents));
    auto secret = nonEmpty(session, Secret(std::string(whole.view().substr(0, whole.view().find_first_of("\r\n")))));
    if (!secret) return secret.error();
    return std::optional<Secret>(*std::move(secret));
  }
  if (auto const* const variable = std::getenv(kVariable)) {
    auto secret = nonEmpty(session, Secret(variable));
    if (!secret) return secret.error();
    return std::optional<Secret>(*std::move(secret));
  }
  return std::optional<Secret>();
}

crypto::Error wrongPassword(Session const& session, PasswordSource const& source, std::string_view of) {
  if (source.file) {
    return session.error(
        ErrorKind::badInput,
        {"{} 的口令不对：它取自 {}，请核对该文件首行", "wrong password for {}: it is the first line of {}"}, of,
        source.file->string());
  }
  if (std::getenv(kVariable) != nullptr) {
    return session.error(ErrorKind::badInput,
                         {"{} 的口令不对：它取自环境变量 {}，请更正或清除该变量",
                          "wrong password for {}: it is that of the environment's {}, correct or unset it"},
                         of, kVariable);
  }
  return session.error(ErrorKind::badInput, {"{} 的口令不对：请重新运行并输入", "wrong password for {}: run it again"},
                       of);
}

crypto::Result<Secret> askPassword(Session const& session, PasswordSource const& source, std::string_view of) {
  auto given = givenPassword(session, source);
  if (!given) return given.error();
  if (*given) return **std::move(given);
  SilentTerminal terminal;
  if (!terminal.ready()) return noTerminal(session);
  auto typed = terminal.ask(prompt(session, of));
  if (!typed) return givenUp(session);
  return nonEmpty(session, *std::move(typed));
}

crypto::Result<Secret> askNewPassword(Session const& session, PasswordSource const& source, std::string_view of) {
  auto given = givenPassword(session, source);
  if (!given) return given.error();
  if (*given) return **std::move(given);
  SilentTerminal terminal;
  if (!terminal.ready()) return noTerminal(session);
  auto first = terminal.ask(prompt(session, of));
  if (!first) return givenUp(session);
  if (first->view().empty()) return session.error(ErrorKind::badInput, kEmpty);
  auto const second = terminal.ask(session.text({"再输入一次：", "The same again: "}));
  if (!second) return givenUp(session);
  if (first->view() != second->view()) {
    return session.error(ErrorKind::badInput,
                         {"两次输入的口令不同：请重新运行", "the two passwords differ: run it again"});
  }
  return *std::move(first);
}

}  // namespace fundtrail::api::keys
